'use strict';

const util = require('util');

/** @typedef {{ title?: string, columns?: number }} Options */

/** @type {Options} */
const defaults = { title: 'archive', columns: 2 };

/**
 * Anything as one line for people.
 * @param {unknown} value
 * @returns {string}
 */
function line(value) {
  if (util.isNullOrUndefined(value)) return '-';
  if (util.isArray(value)) return value.map(line).join(', ');
  if (util.isDate(value)) return value.toISOString().slice(0, 10);
  if (util.isString(value)) return value;
  return util.isNumber(value) || util.isBoolean(value) ? String(value) : util.inspect(value, { breakLength: Infinity });
}

/**
 * @param {readonly (readonly unknown[])[]} rows
 * @param {Options} [options]
 */
function report(rows, options) {
  const { title, columns } = util._extend(util._extend({}, defaults), options);
  return [title, ...rows.map((row) => row.slice(0, columns).map(line).join('  '))].join('\n');
}

/** @param {readonly (readonly unknown[])[]} rows */
function print(rows) {
  util.log(report(rows));
}

module.exports = { line, report, print };
