import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { treeMeanings } from './finding-meanings.ts';

it('every finding about a working tree is explained, and nothing else', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((name) => /(?<!\.test|-meanings)\.ts$/.test(name));
  const named = sources.flatMap((name) => [
    ...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(
      /'((?:tree|package|api|recipe|move|rename|cycle|layout|structure)\/[a-z-]+)'/g,
    ),
  ]);
  expect([...new Set(named.map((match) => match[1]))].sort()).toEqual(Object.keys(treeMeanings).sort());
});
