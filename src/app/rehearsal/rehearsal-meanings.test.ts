import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { rehearsalMeanings } from './rehearsal-meanings.ts';

it('every finding of a rehearsal is explained, and nothing else', () => {
  const source = resolve(import.meta.dirname, '../..');
  const folders = ['app/rehearsal', 'db', 'db/synthetic', 'db/watch'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(source, folder))
      .filter((name) => /(?<!\.test|-meanings)\.ts$/.test(name))
      .map((name) => join(source, folder, name)),
  );
  const named = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/'(rehearsal\/[a-z-]+)'/g)]);
  expect([...new Set(named.map((match) => match[1]))].sort()).toEqual(Object.keys(rehearsalMeanings).sort());
});
