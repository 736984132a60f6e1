import { defineConfig, globalIgnores } from "eslint/config";

export default defineConfig([
  globalIgnores(["eslint.config.mjs"]),
  {
    linterOptions: {
      reportUnusedDisableDirectives: "off",
    },
  },
  {
    languageOptions: {
      sourceType: "script",
    },
    rules: {
      eqeqeq: "error",
    },
  },
]);
