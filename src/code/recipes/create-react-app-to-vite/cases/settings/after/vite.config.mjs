import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv } from "vite";

const env = loadEnv(process.env.NODE_ENV ?? "development", import.meta.dirname, "");

export default defineConfig({
  base: (env.PUBLIC_URL || "./").replace(/\/?$/, "/"),
  plugins: [react({ jsxRuntime: "classic" })],
  envPrefix: "REACT_APP_",
  assetsInclude: ["**/*.md"],
  server: {
    host: true,
    port: Number(env.PORT || 3000),
    open: true,
  },
  build: {
    outDir: env.BUILD_PATH || "build",
    assetsDir: "static",
    sourcemap: env.GENERATE_SOURCEMAP !== "false",
    assetsInlineLimit: (path, content) =>
      /\.(avif|bmp|gif|jpe?g|png)$/.test(path) && content.length <= 10_000,
  },
});
