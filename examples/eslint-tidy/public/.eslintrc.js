'use strict';

// What runs in the browser is an old-fashioned script.
module.exports = {
  env: { browser: true, node: false },
  globals: { tidy: 'writable' },
  parserOptions: { ecmaVersion: 2018, sourceType: 'script' },
  rules: {
    'no-var': 'error',
    strict: ['error', 'function'],
  },
};
