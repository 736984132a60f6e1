import { defineConfig } from "eslint/config";
import noFooRule from "./lint/no-foo.js";

const rulesdir = {
  rules: {
    "no-foo": noFooRule,
  },
};

export default defineConfig([
  {
    plugins: {
      rulesdir,
    },
    languageOptions: {
      sourceType: "script",
    },
    rules: {
      "rulesdir/no-foo": "error",
    },
  },
]);
