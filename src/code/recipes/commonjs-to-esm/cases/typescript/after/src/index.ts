#!/usr/bin/env node
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import fs, { readFileSync } from 'fs';
import * as path from 'path';
import cjs, { seen } from 'cjs';
import goModule, { named } from 'compiled';
import legacy from './legacy.js';
import settings from './settings.json' with { type: 'json' };
import settings2 from './settings.json' with { type: 'json' };
import type { Money } from './money.js';
import { add } from './util/index.js';

const require = createRequire(import.meta.url);
const { hidden } = cjs;
const go = goModule.default;
const { name } = settings2;
const isMain = process.argv[1] !== undefined && createRequire(import.meta.url).resolve(process.argv[1]) === fileURLToPath(import.meta.url);
export * from './money.js';

type Later = import('./money.js').Money;

export const file = path.join(import.meta.dirname, 'a.txt');
const fs2 = require('fs');

export async function run(money: Money): Promise<Later> {
  const { add: later } = await import('./util/index.js');
  go(cjs, hidden, seen, named, legacy(), settings.name, name, fs.existsSync(file), readFileSync(import.meta.filename), fs2);
  return later(money, add(money, money));
}

if (isMain) void run({ cents: 1 });
