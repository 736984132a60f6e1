import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { stateOfTree } from '../support/git-tree.ts';
import { document } from '../support/godwit.ts';
import { commandsOf, wordsOf } from '../support/page-commands.ts';
import { inTurn } from '../support/turn.ts';
import { planned, ran, upgradeTree } from '../support/upgrade-tree.ts';

const examples = resolve(import.meta.dirname, '../../examples');

type Example = {
  readonly name: string;
  /** The page of the recipe, whose commands are those of the example. */
  readonly page: string;
  /** What `verify` says of its tests. */
  readonly tests: string;
  /** Findings of the plan about what people know or do, as `file message`. */
  readonly said: readonly RegExp[];
};

const rows: readonly Example[] = [
  {
    name: 'jest-basket',
    page: 'jest-to-vitest.md',
    tests: '9 passed, 1 skipped (9 passed, 1 skipped before)',
    said: [],
  },
  {
    name: 'mocha-till',
    page: 'mocha-to-vitest.md',
    tests: '9 passed, 2 skipped (9 passed, 2 skipped before)',
    said: [/^test\/till\.js Mocha runs this test before the suites above it/],
  },
  { name: 'lodash-stock', page: 'lodash-to-native.md', tests: '7 passed (7 passed before)', said: [] },
  {
    name: 'js-ledger',
    page: 'javascript-to-typescript.md',
    tests: '3 passed (3 passed before)',
    said: [/^src\/report\.js .*stays JavaScript.*TS2362/, /^src\/money\.ts .* any: /],
  },
  {
    name: 'commonjs-parcels',
    page: 'commonjs-to-esm.md',
    tests: '5 passed (5 passed before)',
    said: [/^scripts\/clean\.cjs .*stays CommonJS/],
  },
  { name: 'npm-parcels', page: 'npm-to-pnpm.md', tests: '1 passed (1 passed before)', said: [] },
  {
    name: 'pnpm-parcels',
    page: 'pnpm-to-npm.md',
    tests: '1 passed (1 passed before)',
    said: [/^README\.md It tells people of pnpm/],
  },
  { name: 'axios-rates', page: 'axios-to-fetch.md', tests: '6 passed (6 passed before)', said: [] },
  {
    name: 'loose-orchard',
    page: 'typescript-strict.md',
    tests: '3 passed (3 passed before)',
    said: [
      /^tsconfig\.json noImplicitAny is on\. 3 errors before, 3 mended by types, 0 left\./,
      /^tsconfig\.json strictNullChecks does not hold in 1 file and is kept for 2 files by tsconfig\.strict-null-checks\.json/,
      /^src\/prices\.ts strictNullChecks is off here: 1 error/,
    ],
  },
  {
    name: 'moment-diary',
    page: 'moment-to-dayjs.md',
    tests: '6 passed (6 passed before)',
    said: [/^src\/page\.js .*stays moment: Day\.js has other texts/],
  },
  // One line each.
];

/** Each in its turn is planned, applied, verified and taken back; one of three is rehearsed, which goes there, back and there again, and with SLOW=1 all. */
const isAll = process.env.SLOW === '1';
const lives = inTurn(rows, 4).map((row, index) => ({ ...row, isRehearsed: isAll || index % 3 === 0 }));

it.each(lives)('$name: the commands of its page change it, and are taken back', async (life) => {
  const { name, page, tests, said, isRehearsed } = life;
  const example = join(examples, name);
  const commands = commandsOf(await readFile(join(example, 'README.md'), 'utf8'));
  expect(commandsOf(await readFile(resolve(examples, '../docs', page), 'utf8'))).toEqual(commands);
  const [plan = '', rehearse = '', apply = ''] = commands;
  const isPnpm = existsSync(join(example, 'pnpm-lock.yaml'));
  const install = ['npx', '--yes', '--package', 'pnpm@10.34.9', '--', 'pnpm', 'install', '--frozen-lockfile'] as const;
  const tree = await upgradeTree({ from: example, ...(isPnpm ? { install } : {}) });
  try {
    const before = stateOfTree(tree);
    const { plan: made } = document(await tree.run(...wordsOf(plan).slice(1), '--json'), planned);
    const findings = (made.findings ?? []).map(({ file, message }) => `${file} ${message}`);
    for (const one of said) expect(findings).toContainEqual(expect.stringMatching(one));
    if (said.length === 0) expect(findings).toEqual([]);
    if (isRehearsed) {
      const rehearsal = document(
        await tree.run(...wordsOf(rehearse).slice(1), '--json'),
        z.object({ ok: z.boolean() }),
      );
      expect(rehearsal.ok).toBe(true);
    }
    expect(document(await tree.run(...wordsOf(apply).slice(1), '--json'), ran).state).toBe('done');
    const verified = await tree.run('verify', '--json');
    expect(verified.exit).toBe(0);
    expect(verified.stdout).toContain(tests);
    const back = document(await tree.run('rollback', '--json'), ran);
    expect(back.restored).toEqual({ schema: true, data: true, exceptions: [] });
    expect(stateOfTree(tree)).toEqual(before);
    if (isAll || !isRehearsed) expect(document(await tree.run('apply', made.id, '--json'), ran).state).toBe('done');
  } finally {
    await tree.remove();
  }
});
