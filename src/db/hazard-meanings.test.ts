import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hazardMeanings } from './hazard-meanings.ts';

it('every hazard that a plan can name is explained, and nothing else', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((name) => /(?<!\.test)\.ts$/.test(name) && !name.endsWith('hazard-meanings.ts'));
  const named = sources.flatMap((name) => [
    ...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(/['`](hazard\/[a-z-]+)['`]/g),
  ]);
  expect([...new Set(named.map((match) => match[1]))].sort()).toEqual(Object.keys(hazardMeanings).sort());
});
