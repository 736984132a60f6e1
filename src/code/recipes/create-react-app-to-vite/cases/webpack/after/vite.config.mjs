import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react({ babel: { plugins: ["babel-plugin-macros"] } })],
  envPrefix: "REACT_APP_",
  server: {
    host: true,
    port: Number(process.env.PORT || 3000),
    open: true,
  },
  build: {
    outDir: "build",
    assetsDir: "static",
    sourcemap: true,
    assetsInlineLimit: (path, content) =>
      /\.(avif|bmp|gif|jpe?g|png)$/.test(path) && content.length <= 10_000,
  },
});
