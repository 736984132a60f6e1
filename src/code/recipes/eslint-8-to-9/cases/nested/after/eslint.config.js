import { defineConfig, globalIgnores } from "eslint/config";
import react from "eslint-plugin-react";
import oldConfig from "./tools/.eslintrc.cjs";
import globals from "globals";
import { includeIgnoreFile } from "@eslint/compat";
import path from "node:path";
import { fileURLToPath } from "node:url";
import js from "@eslint/js";
import { FlatCompat } from "@eslint/eslintrc";

const __filename = fileURLToPath(import.meta.url);
const __dirname = path.dirname(__filename);
const compat = new FlatCompat({
  baseDirectory: __dirname,
  recommendedConfig: js.configs.recommended,
  allConfig: js.configs.all,
});
const compatIn = (folder) =>
  new FlatCompat({
    baseDirectory: path.join(__dirname, folder),
    recommendedConfig: js.configs.recommended,
    allConfig: js.configs.all,
  });
const gitignorePath = path.resolve(__dirname, ".gitignore");

export default defineConfig([
  includeIgnoreFile(gitignorePath),
  globalIgnores(["eslint.config.js"]),
  {
    files: ["**/*.ts"],
  },
  {
    ignores: ["tools/**"],
    extends: compat.extends("airbnb", "plugin:react/recommended"),
    plugins: {
      react,
    },
    languageOptions: {
      ecmaVersion: 2020,
      sourceType: "module",
    },
    rules: {
      semi: "error",
    },
  },
  {
    files: ["tools/**"],
    extends: compatIn("tools").config(oldConfig),
  },
  {
    files: ["web/**"],
    // In the browser.
    languageOptions: {
      globals: {
        ...globals.browser,
      },
    },
    rules: {
      semi: "off",
    },
  },
  {
    files: ["web/widgets/**"],
    rules: {
      "no-alert": "warn",
    },
  },
  {
    files: ["web/spec.js"],
    languageOptions: {
      globals: {
        ...globals.mocha,
        ...globals.node,
      },
    },
  },
]);
