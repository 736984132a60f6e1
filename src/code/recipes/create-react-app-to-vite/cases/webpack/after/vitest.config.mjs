import { defineConfig, mergeConfig } from "vitest/config";
import viteConfig from "./vite.config.mjs";

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      globals: true,
      sequence: { hooks: "list" },
      dir: "./src",
      setupFiles: ["./src/setupFetch.js"],
      environment: "jsdom",
      environmentOptions: {
        jsdom: { url: "http://localhost/" },
      },
      mockReset: true,
    },
  }),
);
