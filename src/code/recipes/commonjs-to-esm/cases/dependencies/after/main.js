import { createRequire } from 'node:module';

import { one, two as second } from 'named';

const require = createRequire(import.meta.url);
import opaque from 'opaque';
const { three } = opaque;
import get from 'paths/lib/get.js';
import settings from './settings.json' with { type: 'json' };
const missing = require('not-there');

console.log(one, second, three, get(), settings.a, missing, import.meta.dirname, import.meta.filename);
