import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    environment: 'jsdom',
    globals: true,
    setupFiles: ['src/test/setup.ts'],
    // One file after the other: on a small machine jsdom alone keeps both cores busy.
    fileParallelism: false,
    testTimeout: 30_000,
  },
});
