'use strict';

const _ = require('lodash');
const other = require('other');

/** @param {string[]} rows */
function report(rows, options) {
  const names = _.sortBy(rows, 'name');
  const lines = [];
  _.each(names, function (name) {
    lines.push(_.trim(name));
  });
  _.each(names, (name) => other.add(name));
  if (Array.isArray(rows)) return _.map(rows, (row) => row);
  if (_.isUndefined(options) || _.isObject(options)) return _.map(rows, 'id');
  return _.compact(lines).concat(_.last(lines), _.get(options, 'a'), _.get(options, 'a.b'), _.get(options, ['a', 'b', 0]));
}

let kept = [1, 2];
kept = [3];
let changed = [1, 2];
changed = other.list();
module.exports = { report, kept: _.includes(kept, 1), changed: _.includes(changed, 1), all: other.filter(_.isArray) };

function grown(rows) {
  let found = [];
  let other = [];
  for (const row of rows) {
    found = found.concat(row);
    other = other.concat(row);
    if (row.isLast) other = other.join();
  }
  return [_.last(found), _.last(other)];
}
