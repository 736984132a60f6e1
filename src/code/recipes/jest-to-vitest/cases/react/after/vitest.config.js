import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [react()],
  define: {
    __DEV__: 'true',
  },
  resolve: {
    alias: [
      {
        find: /^.*\.(png|svg)$/,
        replacement: `${import.meta.dirname}/__mocks__/file.js`,
      },
      { find: /^lodash-es$/, replacement: 'lodash' },
    ],
  },
  test: {
    globals: true,
    sequence: { hooks: 'list' },
    environment: 'jsdom',
    environmentOptions: {
      jsdom: { url: 'https://a.test' },
    },
    css: { modules: { classNameStrategy: 'non-scoped' } },
    exclude: ['**/node_modules/**', '**/e2e/**'],
    mockReset: true,
    testTimeout: 1000,
    hookTimeout: 1000,
    coverage: {
      thresholds: {
        lines: 80,
        './src/': { lines: 90 },
      },
    },
  },
})
