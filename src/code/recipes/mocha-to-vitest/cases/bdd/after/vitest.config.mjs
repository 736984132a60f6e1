import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globals: true,
    include: ["test/*.{js,cjs,mjs}"],
    exclude: ["**/node_modules/**", "test/cases.js"],
    pool: "forks",
    isolate: false,
    fileParallelism: false,
    sequence: { hooks: "list" },
  },
});
