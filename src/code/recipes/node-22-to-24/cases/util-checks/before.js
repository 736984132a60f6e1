'use strict';
const util = require('util');
const { isString, inspect, isNullOrUndefined: absent } = require('node:util');

function kindOf(value) {
  if (util.isArray(value)) return 'list';
  if (isString(value)) return 'text';
  if (absent(value)) return 'nothing';
  if (!util.isFunction(value.run)) return inspect(value);
  if (util.isError(value) && value.code) return 'error';
  if (!util.isError(value.cause)) return 'bare';
  return util.isDate(value.at) && util.isRegExp(value.of) ? 'dated' : 'other';
}

const lists = [[1], 2].filter(util.isArray);
module.exports = { kindOf, lists };
