#!/usr/bin/env node
'use strict';
const { join } = require('node:path');

process.assert(process.argv.length > 1, 'no arguments');
if (process.mainModule === module) console.log(join('a', 'b'));
