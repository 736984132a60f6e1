'use strict';

const _ = require('lodash');
const other = require('other');

/** @param {string[]} rows */
function report(rows, options) {
  const names = _.sortBy(rows, 'name');
  const lines = [];
  names.forEach(function (name) {
    lines.push(_.trim(name));
  });
  _.each(names, (name) => other.add(name));
  if (Array.isArray(rows)) return rows.map((row) => row);
  if (options === undefined || Object(options) === options) return _.map(rows, 'id');
  return lines.filter(Boolean).concat(lines.at(-1), options?.a, _.get(options, 'a.b'), options?.a?.b?.[0]);
}

let kept = [1, 2];
kept = [3];
let changed = [1, 2];
changed = other.list();
module.exports = { report, kept: kept.includes(1), changed: _.includes(changed, 1), all: other.filter(Array.isArray) };

function grown(rows) {
  let found = [];
  let other = [];
  for (const row of rows) {
    found = found.concat(row);
    other = other.concat(row);
    if (row.isLast) other = other.join();
  }
  return [found.at(-1), _.last(other)];
}
