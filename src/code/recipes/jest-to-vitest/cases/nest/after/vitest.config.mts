import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globals: true,
    sequence: { hooks: "list" },
    dir: "./src",
    snapshotFormat: { escapeString: true, printBasicPrototype: true },
    include: ["**/*.spec.ts"],
    coverage: {
      include: ["src/**/*.(t|j)s"],
      reportsDirectory: "./coverage",
    },
  },
});
