import { expect, it } from 'vitest';
import { compareLintConfigs } from './compare-lint-configs.ts';
import type { LintConfig, LintConfigs } from './lint-config-schema.ts';
import { sampled } from './lint-configs.ts';

const config: LintConfig = {
  parser: 'espree',
  sourceType: 'module',
  ecmaVersion: 2022,
  parserOptions: {},
  globals: { process: 'readonly' },
  plugins: ['promise'],
  rules: {
    eqeqeq: [2],
    'no-unused-vars': [2, { argsIgnorePattern: '^_' }],
    'no-new-symbol': [2],
    'promise/no-nesting': [1],
  },
  settings: {},
  noInlineConfig: false,
};
const old: LintConfigs = {
  in: '.',
  version: '8.57.1',
  configs: [config],
  files: [
    { file: 'a.js', config: 0 },
    { file: 'b.js', config: -1 },
  ],
  defaults: {},
  plugins: { promise: '6.6.0' },
};

function check(change: Partial<LintConfig>, other: Partial<LintConfigs> = {}): readonly string[] {
  const now = { ...old, version: '9.39.0', configs: [{ ...config, ...change }], ...other };
  return compareLintConfigs([old], [now]).findings.map(
    ({ severity, message }) => `${severity}: ${message.replace(/^.*?: /, '')}`,
  );
}

it('takes the same configuration for the same, with what ESLint 9 merges into it', () => {
  const rules = {
    ...config.rules,
    eqeqeq: [2, 'always'],
    'no-unused-vars': [2, { argsIgnorePattern: '^_', caughtErrors: 'none' }],
  };
  expect(check({ rules, ecmaVersion: 9999 }, { defaults: { eqeqeq: ['always'] } })).toEqual([]);
});

it('stops where a rule, a parser or a file is lost, and tells what presets changed', () => {
  const { eqeqeq, 'no-new-symbol': _, ...rules } = config.rules;
  expect(eqeqeq).toEqual([2]);
  expect(check({ rules: { ...rules, 'no-empty-static-block': [2], 'no-unused-vars': [2] } })).toEqual([
    'error: the rule eqeqeq is off and was [2].',
    'error: the rule no-unused-vars is [2] and was [2,{"argsIgnorePattern":"^_"}].',
    'advice: the rule no-new-symbol is off and was [2].',
    'advice: the rule no-empty-static-block is [2] and was off.',
  ]);
  expect(check({ parser: 'babel/eslint-parser', ecmaVersion: 2015, noInlineConfig: true })).toEqual([
    'error: the parser is babel/eslint-parser and was espree.',
    'error: ecmaVersion is 2015 and was 2022.',
    'error: noInlineConfig is true and was false.',
  ]);
  expect(
    check(
      {},
      {
        files: [
          { file: 'a.js', config: -1 },
          { file: 'b.js', config: 0 },
        ],
      },
    ),
  ).toEqual(['error: it was linted and is ignored.', 'error: it was ignored and is linted.']);
});

it('tells what a plugin of another version brings, and stops where all globals are gone', () => {
  const { 'promise/no-nesting': _, ...rules } = config.rules;
  expect(check({ rules }, { plugins: { promise: '7.0.0' } })).toEqual([
    'advice: the rule promise/no-nesting is off and was [1].',
  ]);
  expect(check({ rules })).toEqual(['warning: the rule promise/no-nesting is off and was [1].']);
  expect(check({ globals: {} })).toEqual(['error: it no longer knows the globals process.']);
  expect(check({ globals: { process: 'readonly', fetch: 'readonly' } })).toEqual([
    'advice: it knows more globals fetch.',
  ]);
});

it('knows rules of --rulesdir by the name that they have in a plugin', () => {
  const own = { ...old, configs: [{ ...config, rules: { 'no-foo': [2] } }] };
  const now = { ...own, version: '9.0.0', configs: [{ ...config, rules: { 'rulesdir/no-foo': [2] } }] };
  expect(compareLintConfigs([own], [now]).findings).toEqual([]);
});

it('compares nothing where ESLint stays at its major', () => {
  expect(compareLintConfigs([old], [{ ...old, configs: [{ ...config, rules: {} }] }])).toEqual({
    findings: [],
    words: '',
  });
  expect(compareLintConfigs(undefined, [old])).toEqual({ findings: [], words: '' });
});

it('samples the first files of each folder and ending', () => {
  const sources = ['a.ts', 'b.ts', 'c.ts', 'a.test.ts', 'eslint.config.js', 'lib/x.js', 'packages/a/y.ts'];
  expect(sampled(sources, '.')).toEqual(['a.test.ts', 'a.ts', 'b.ts', 'lib/x.js', 'packages/a/y.ts']);
  expect(sampled(sources, 'packages/a')).toEqual(['y.ts']);
});
