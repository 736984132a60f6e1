const util = require('./util.js');
const { isArray } = require('lodash');
const punycode = require('punycode/');

function process(entry) {
  return util.isArray(entry.path) || isArray(entry._headers) || punycode.encode(entry.bytesRead);
}
process.assert = (crypto) => crypto.fips && entry.rmdir('x', { recursive: true });
const Buffer = (size) => size;
module.exports = [process, new Buffer(3), Buffer('a')];
