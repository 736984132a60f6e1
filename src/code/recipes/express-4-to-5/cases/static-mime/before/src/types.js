'use strict';

const { join } = require('path');
const express = require('express');

exports.typeOf = (file) => express.static.mime.lookup(join('/', file));
exports.extensionOf = (type) => express.static.mime.extension(type);
exports.charsetOf = (type) => express.static.mime.charsets.lookup(type);
express.static.mime.define({ 'text/x-recipe': ['recipe'] });
