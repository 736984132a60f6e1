const path = require('node:path');
const { cloneDeep } = require('lodash');

exports.a = Array.isArray(path);
exports.b = path === null && Number.isInteger(path);
exports.c = cloneDeep(path);
exports.d = Number.isFinite(path);
exports.e = [path, path][0];
