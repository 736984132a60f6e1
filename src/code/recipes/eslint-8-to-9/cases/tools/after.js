const { ESLint, Linter } = require('eslint');
const { RuleTester } = require('eslint');

const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: { languageOptions: { ecmaVersion: 2020 }, rules: {} }, extensions: ['.ts'] });
const tester = new RuleTester({ languageOptions: { parser: require("@typescript-eslint/parser") } });
tester.run('rule', rule, {
  valid: [{ code: 'a' }],
  invalid: [{ code: 'b', errors: 1, languageOptions: { ecmaVersion: 6, parserOptions: { ecmaFeatures: { jsx: true } } } }],
});
new Linter().verify('a', {});
