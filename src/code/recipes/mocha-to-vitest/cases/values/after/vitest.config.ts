import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.spec.ts"],
    pool: "forks",
    isolate: false,
    fileParallelism: false,
    sequence: { hooks: "list" },
    setupFiles: ["./test/setup.ts"],
    testTimeout: 4000,
    hookTimeout: 4000,
    allowOnly: false,
  },
});
