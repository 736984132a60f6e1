'use strict';

const { test } = require('node:test');
const { RuleTester } = require('eslint');
const rule = require('../rules/plain-errors.js');

const tester = new RuleTester({ parserOptions: { ecmaVersion: 2022 } });

test('plain-errors', () => {
  tester.run('plain-errors', rule, {
    valid: ["throw new Error('no request')", { code: 'throw problem', parserOptions: { sourceType: 'module' } }],
    invalid: [
      { code: 'throw new Error()', errors: [{ messageId: 'silent' }] },
      { code: 'function fail() { const Error = String; return new Error("x"); }', errors: [{ messageId: 'shadowed' }] },
    ],
  });
});
