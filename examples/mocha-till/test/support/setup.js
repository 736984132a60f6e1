'use strict';

process.env.CURRENCY = 'EUR';
global.expect = require('chai').expect;
