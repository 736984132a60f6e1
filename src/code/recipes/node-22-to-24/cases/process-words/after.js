#!/usr/bin/env node
'use strict';
const assert = require('node:assert');
const { join } = require('node:path');

assert(process.argv.length > 1, 'no arguments');
if (require.main === module) console.log(join('a', 'b'));
