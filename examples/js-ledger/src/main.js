import { readFile } from 'node:fs/promises';
import { Ledger } from './ledger.js';
import { money } from './money.js';

const [, , path] = process.argv;
const text = path === undefined ? 'rent -900\nwages 2100' : await readFile(path, 'utf8');
const ledger = Ledger.read(text);
for (const entry of ledger.entries) console.log(entry.name.padEnd(12), money(entry.amount));
console.log('balance'.padEnd(12), money(ledger.balance(), { sign: true }));
