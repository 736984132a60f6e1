import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\/(.*)$/, replacement: `${import.meta.dirname}/src/$1` },
    ],
  },
  test: {
    globals: true,
    sequence: { hooks: "list" },
    include: [
      "src/**/__tests__/**/*.?(c|m)[jt]s?(x)",
      "src/**/?(*.){test,spec}.?(c|m)[jt]s?(x)",
      "__tests__/**/*.?(c|m)[jt]s?(x)",
    ],
    setupFiles: ["./src/setup.ts"],
    clearMocks: true,
    coverage: {
      include: ["src/**/*.ts"],
      exclude: ["src/**/*.d.ts"],
      thresholds: {
        branches: 50,
      },
    },
  },
});
