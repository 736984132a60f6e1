'use strict';
const { inspect } = require('node:util');

function kindOf(value) {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'text';
  if (value === null || value === undefined) return 'nothing';
  if (!(typeof value.run === 'function')) return inspect(value);
  if ((Error.isError(value) || value instanceof Error) && value.code) return 'error';
  if (!(Error.isError(value.cause) || value.cause instanceof Error)) return 'bare';
  return value.at instanceof Date && value.of instanceof RegExp ? 'dated' : 'other';
}

const lists = [[1], 2].filter(Array.isArray);
module.exports = { kindOf, lists };
