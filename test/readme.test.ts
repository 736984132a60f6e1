import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { verbs } from '#app/verbs/index';
import { commands } from '#interfaces/cli/commands/index';
import { withDatabase } from './support/database.ts';
import { godwitOn } from './support/godwit.ts';
import { commandsOf, sectionOf, wordsOf } from './support/page-commands.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

it('the commands of the README run in their order, on a database of one’s own', async () => {
  const lines = commandsOf(sectionOf(readme, 'On your own database')).filter((line) => line.startsWith('godwit '));
  expect(lines.length).toBeGreaterThan(5);
  await withDatabase(async ({ url, query }) => {
    await query(`CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL);
      INSERT INTO users SELECT i, 'n' || i FROM generate_series(1, 1000) AS i`);
    const godwit = await godwitOn(url);
    for (const line of lines) {
      const ran = await godwit.run(...wordsOf(line).slice(1));
      expect([line, ran.exit, ran.stderr]).toEqual([line, 0, ran.stderr]);
    }
    expect(await query('SELECT count(name)::int4 AS rows FROM users')).toEqual([{ rows: 1000 }]);
    await godwit.remove();
  });
});

it('the commands of the guides are commands of godwit', () => {
  const known = [...verbs, ...commands].map(({ name }) => name);
  const pages = ['guide', 'safety', 'transformations', 'limits'].map((name) =>
    readFileSync(join(root, 'docs', `${name}.md`), 'utf8'),
  );
  const called = pages.flatMap(commandsOf).flatMap((line) => (line.startsWith('godwit ') ? [wordsOf(line)[1]] : []));
  for (const name of called) expect(known).toContain(name);
});

it('links within the documents lead somewhere', () => {
  const pages = ['README.md', 'docs/guide.md', 'docs/safety.md', 'docs/transformations.md', 'docs/limits.md'];
  for (const page of pages) {
    const text = readFileSync(join(root, page), 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
      if (!target.startsWith('http')) readFileSync(join(root, page, '..', target));
    }
  }
});
