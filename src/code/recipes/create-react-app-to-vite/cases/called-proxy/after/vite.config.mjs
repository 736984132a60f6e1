import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv } from "vite";

const setupProxy = {
  name: "setup-proxy",
  apply: "serve",
  configureServer({ config, middlewares }) {
    Object.assign(process.env, loadEnv(config.mode, config.root, ""));
    createRequire(import.meta.url)("./src/setupProxy.js")(middlewares);
  },
};

/** Pages and files of the application: what react-scripts did not hand on to `proxy`. */
function isOwn({ method, url, headers }) {
  if (method !== "GET") return false;
  if (headers.accept?.includes("text/html")) return true;
  const { pathname } = new URL(url, "http://localhost");
  const path = decodeURI(pathname);
  if (/^\/(@|node_modules\/)/.test(path)) return true;
  return ["", "/public"].some(
    (folder) => path !== "/" && existsSync(`${import.meta.dirname}${folder}${path}`),
  );
}

export default defineConfig({
  plugins: [react(), setupProxy],
  envPrefix: "REACT_APP_",
  server: {
    host: true,
    port: Number(process.env.PORT || 3000),
    open: true,
    proxy: {
      "/": {
        target: "http://localhost:4000",
        changeOrigin: true,
        secure: false,
        ws: true,
        xfwd: true,
        bypass: (request) => (isOwn(request) ? request.url : undefined),
      },
    },
  },
  build: {
    outDir: "build",
    assetsDir: "static",
    sourcemap: true,
  },
});
