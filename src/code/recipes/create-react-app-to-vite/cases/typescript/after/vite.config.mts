import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import svgr from 'vite-plugin-svgr';

export default defineConfig({
  plugins: [
    react(),
    svgr({
      svgrOptions: { ref: true, titleProp: true },
    }),
  ],
  envPrefix: 'REACT_APP_',
  resolve: {
    alias: {
      icons: fileURLToPath(new URL('./src/icons', import.meta.url)),
    },
  },
  server: {
    host: true,
    port: Number(process.env.PORT || 3000),
    open: true,
  },
  build: {
    outDir: 'build',
    assetsDir: 'static',
    sourcemap: true,
    assetsInlineLimit: (path, content) =>
      /\.(avif|bmp|gif|jpe?g|png)$/.test(path) && content.length <= 10_000,
  },
});
