const { ESLint, Linter } = require('eslint');
const { FlatRuleTester } = require('eslint/use-at-your-own-risk');

const eslint = new ESLint({ useEslintrc: false, overrideConfig: { parserOptions: { ecmaVersion: 2020 }, rules: {} }, extensions: ['.ts'] });
const tester = new FlatRuleTester({ parser: require.resolve('@typescript-eslint/parser') });
tester.run('rule', rule, {
  valid: [{ code: 'a', env: { es6: true }, output: 'a' }],
  invalid: [{ code: 'b', output: 'b', errors: 1, parserOptions: { ecmaVersion: 6, ecmaFeatures: { jsx: true } } }],
});
new Linter().verify('a', {});
