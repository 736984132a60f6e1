'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const { join, dirname } = require('node:path');
const { pipeline } = require('node:stream/promises');
const zlib = require('node:zlib');
const { SlowBuffer } = require('node:buffer');

/** Read into, again and again: it lives as long as the program. */
const chunk = new SlowBuffer(16 * 1024);

/**
 * The hash of a file.
 * @param {string} path
 * @returns {string}
 */
function hashOf(path) {
  process.assert(path !== '', 'a file has a path');
  const hash = crypto.createHash(crypto.fips ? 'sha384' : 'sha256');
  const file = fs.openSync(path, 'r');
  try {
    for (let read = fs.readSync(file, chunk); read > 0; read = fs.readSync(file, chunk)) {
      hash.update(chunk.subarray(0, read));
    }
  } finally {
    fs.closeSync(file);
  }
  return hash.digest('hex');
}

/**
 * Packs a file, and says how much went in and came out.
 * @param {string} from
 * @param {string} to
 */
async function pack(from, to) {
  fs.mkdirSync(dirname(to), { recursive: true });
  const gzip = zlib.createGzip({ level: 9 });
  await pipeline(fs.createReadStream(from), gzip, fs.createWriteStream(to));
  return { read: gzip.bytesRead, written: fs.statSync(to).size };
}

/**
 * Empties the list of what was kept, and begins it anew.
 * @param {string} folder
 */
function emptyList(folder) {
  const list = fs.openSync(join(folder, 'list.txt'), 'a+');
  fs.truncateSync(list, 0);
  fs.writeSync(list, new Buffer('# kept\n', 'utf8'));
  fs.closeSync(list);
}

/** @param {string} folder */
function forget(folder) {
  fs.rmdirSync(folder, { recursive: true });
}

module.exports = { hashOf, pack, emptyList, forget };
