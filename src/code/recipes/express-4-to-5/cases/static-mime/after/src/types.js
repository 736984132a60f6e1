'use strict';

const { join } = require('path');
const express = require('express');
const mime = require('mime-types');

exports.typeOf = (file) => mime.lookup(join('/', file));
exports.extensionOf = (type) => mime.extension(type);
exports.charsetOf = (type) => mime.charset(type);
mime.define({ 'text/x-recipe': ['recipe'] }) /* TODO: 'mime-types' has no define(); migrate manually */;
