'use strict';

const { one, two: second } = require('named');
const { three } = require('opaque');
const get = require('paths/lib/get');
const settings = require('./settings.json');
const missing = require('not-there');

console.log(one, second, three, get(), settings.a, missing, __dirname, __filename);
