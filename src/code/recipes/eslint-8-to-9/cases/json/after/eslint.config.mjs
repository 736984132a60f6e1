import { defineConfig, globalIgnores } from "eslint/config";
import globals from "globals";
import js from "@eslint/js";

export default defineConfig([
  globalIgnores(["**/build/", "legacy"]),
  {
    // Comments are allowed here.
    extends: [js.configs.recommended],
    languageOptions: {
      globals: {
        ...globals.browser,
      },
      ecmaVersion: 2021,
      sourceType: "script",
    },
    rules: {
      eqeqeq: "error", // always
      "no-unused-vars": ["error", { caughtErrors: "none" }],
    },
  },
  {
    files: ["**/*.test.js"],
    ignores: ["fixtures/*.test.js"],
    languageOptions: {
      globals: {
        ...globals.jest,
      },
    },
    rules: {
      eqeqeq: "off",
    },
  },
]);
