import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  envPrefix: "REACT_APP_",
  server: {
    host: true,
    port: Number(process.env.PORT || 3000),
    open: true,
    proxy: {
      "^/api(?=[/?]|$)": {
        target: "http://localhost:5000",
        changeOrigin: true,
        rewrite: (path) => path.replace(/^\/api\/?/, "/"),
      },
      "^/auth(?=[/?]|$)": {
        target: "http://localhost:5000",
        changeOrigin: true,
        rewrite: (path) => path.replace(/^\/auth\/?/, "/"),
      },
    },
  },
  build: {
    outDir: "build",
    assetsDir: "static",
    sourcemap: true,
  },
});
