import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  envPrefix: 'REACT_APP_',
  server: {
    host: true,
    port: Number(process.env.PORT || 3000),
    open: true,
  },
  build: {
    outDir: 'build',
    assetsDir: 'static',
    sourcemap: true,
  },
})
