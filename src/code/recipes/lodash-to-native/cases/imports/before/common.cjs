const isArray = require('lodash/isArray'),
  path = require('node:path');
const { isNull, isInteger, cloneDeep } = require('lodash');
const { isFinite } = require('lodash');
var head = require('lodash').head;

exports.a = isArray(path);
exports.b = isNull(path) && isInteger(path);
exports.c = cloneDeep(path);
exports.d = isFinite(path);
exports.e = head([path, path]);
