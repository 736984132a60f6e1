import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { gateMeanings } from './gate-meanings.ts';

it('every finding of the gate and of installs is explained, and nothing else', () => {
  const named = ['gate', 'install', 'upgrade', 'plan-parts'].flatMap((folder) => {
    const home = join(import.meta.dirname, '..', folder);
    const files = readdirSync(home).filter((name) => /(?<!\.test|-meanings)\.ts$/.test(name));
    return files.flatMap((name) =>
      [...readFileSync(join(home, name), 'utf8').matchAll(/'((?:gate|install)\/[a-z-]+)'/g)].map(([, rule]) => rule),
    );
  });
  expect([...new Set(named)].sort()).toEqual(Object.keys(gateMeanings).sort());
});
