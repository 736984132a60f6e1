const { defineConfig } = require("eslint/config");
const typescriptEslint = require("@typescript-eslint/eslint-plugin");
const prettierConfig = require("eslint-config-prettier");
const tsParser = require("@typescript-eslint/parser");
const js = require("@eslint/js");

const path = require('path');

module.exports = defineConfig([
  {
    languageOptions: {
      sourceType: "script",
    },
  },
  {
    languageOptions: {
      parser: tsParser,
      parserOptions: {
        project: path.join(__dirname, 'tsconfig.json'),
      },
    },
    extends: [
      js.configs.recommended,
      typescriptEslint.configs["flat/recommended"],
      prettierConfig,
    ],
    rules: {
      // Computed values stay as they are.
      "max-len": ["error", process.env.CI ? 100 : 120],
    },
  },
]);
