'use strict';

const { access, F_OK, readdirSync } = require('node:fs');
const { join, relative } = require('node:path');

/**
 * Every file below a folder, by its path from there, sorted.
 * @param {string} folder
 * @param {readonly string[]} ignore names of folders that are passed over
 * @returns {string[]}
 */
function walk(folder, ignore = []) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.path, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !path.split('/').some((part) => ignore.includes(part)))
    .sort();
}

/**
 * @param {string} path
 * @returns {Promise<boolean>}
 */
function isThere(path) {
  return new Promise((resolve) => access(path, F_OK, (fault) => resolve(fault === null)));
}

module.exports = { walk, isThere };
