import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/*.{js,cjs,mjs}"],
    pool: "forks",
    isolate: false,
    fileParallelism: false,
    sequence: { hooks: "list" },
  },
});
