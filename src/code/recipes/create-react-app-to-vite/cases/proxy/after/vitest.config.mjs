import { defineConfig, mergeConfig } from "vitest/config";
import viteConfig from "./vite.config.mjs";

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      globals: true,
      sequence: { hooks: "list" },
      snapshotFormat: { escapeString: true, printBasicPrototype: true },
      dir: "./src",
      environment: "jsdom",
      environmentOptions: {
        jsdom: { url: "http://localhost/" },
      },
      mockReset: true,
    },
  }),
);
