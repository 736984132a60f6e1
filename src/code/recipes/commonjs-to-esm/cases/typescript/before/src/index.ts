#!/usr/bin/env node
import fs, { readFileSync } from 'fs';
import * as path from 'path';
import cjs, { hidden, seen } from 'cjs';
import go, { named } from 'compiled';
import legacy = require('./legacy');
import settings from './settings.json';
import { name } from './settings.json';
import type { Money } from './money';
import { add } from './util';
export * from './money';

type Later = import('./money').Money;

export const file = path.join(__dirname, 'a.txt');
const fs2 = require('fs');

export async function run(money: Money): Promise<Later> {
  const { add: later } = await import('./util');
  go(cjs, hidden, seen, named, legacy(), settings.name, name, fs.existsSync(file), readFileSync(__filename), fs2);
  return later(money, add(money, money));
}

if (require.main === module) void run({ cents: 1 });
