#!/usr/bin/env node
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import settings from '../settings.json' assert { type: 'json' };
import reporting from '../src/report.js';
import serving from '../src/server.js';
import storing from '../src/store.js';
import walking from '../src/walk.js';

const [verb, from = '.', to = './kept'] = process.argv.slice(2);

if (verb === 'keep') {
  mkdirSync(to, { recursive: true });
  storing.emptyList(to);
  const rows = [];
  for (const path of walking.walk(from, settings.ignore)) {
    const { read } = await storing.pack(join(from, path), join(to, `${path}.gz`));
    rows.push([path, read, storing.hashOf(join(from, path))]);
  }
  console.log(reporting.report(rows, { title: 'kept' }));
} else if (verb === 'serve') {
  const { port = settings.port } = process.env;
  serving.serve(resolve(from), reporting.line).listen(Number(port));
} else {
  console.error('archive keep FROM TO | serve FOLDER');
  process.exitCode = 2;
}
