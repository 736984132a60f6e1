import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { stateOfTree } from '../support/git-tree.ts';
import { document } from '../support/godwit.ts';
import { commandsOf, wordsOf } from '../support/page-commands.ts';
import { planned, ran, upgradeTree } from '../support/upgrade-tree.ts';

const examples = resolve(import.meta.dirname, '../../examples');

it.each([
  ['jest-basket', 'jest-to-vitest.md', '9 passed, 1 skipped (9 passed, 1 skipped before)'],
  ['mocha-till', 'mocha-to-vitest.md', '9 passed, 2 skipped (9 passed, 2 skipped before)'],
])('%s: the commands of its page change the runner of its tests, and are taken back', async (name, guide, tests) => {
  const example = join(examples, name);
  const page = await readFile(join(example, 'README.md'), 'utf8');
  const commands = commandsOf(page);
  expect(commandsOf(await readFile(resolve(examples, '../docs', guide), 'utf8'))).toEqual(commands);
  const [plan = '', rehearse = '', apply = ''] = commands;
  const tree = await upgradeTree({ from: example });
  try {
    const before = stateOfTree(tree);
    const { plan: made } = document(await tree.run(...wordsOf(plan).slice(1), '--json'), planned);
    expect(made.findings).toEqual([]);
    const rehearsed = document(await tree.run(...wordsOf(rehearse).slice(1), '--json'), z.object({ ok: z.boolean() }));
    expect(rehearsed.ok).toBe(true);
    expect(document(await tree.run(...wordsOf(apply).slice(1), '--json'), ran).state).toBe('done');
    const verified = await tree.run('verify', '--json');
    expect(verified.exit).toBe(0);
    expect(verified.stdout).toContain(tests);
    const back = document(await tree.run('rollback', '--json'), ran);
    expect(back.restored).toEqual({ schema: true, data: true, exceptions: [] });
    expect(stateOfTree(tree)).toEqual(before);
    expect(document(await tree.run('apply', made.id, '--json'), ran).state).toBe('done');
  } finally {
    await tree.remove();
  }
});

it('js-ledger: the commands of its page make TypeScript of it, and are taken back', async () => {
  const example = join(examples, 'js-ledger');
  const commands = commandsOf(await readFile(join(example, 'README.md'), 'utf8'));
  expect(commandsOf(await readFile(resolve(examples, '../docs/javascript-to-typescript.md'), 'utf8'))).toEqual(
    commands,
  );
  const [plan = '', rehearse = '', apply = ''] = commands;
  const tree = await upgradeTree({ from: example });
  try {
    const before = stateOfTree(tree);
    const { plan: made } = document(await tree.run(...wordsOf(plan).slice(1), '--json'), planned);
    const said = (made.findings ?? []).map(({ file, message }) => `${file} ${message}`);
    expect(said.filter((one) => one.includes('stays JavaScript'))).toEqual([
      expect.stringMatching(/^src\/report\.js .*TS2362/),
    ]);
    expect(said.filter((one) => / any: /.test(one))).toEqual([expect.stringMatching(/^src\/money\.ts /)]);
    const rehearsed = document(await tree.run(...wordsOf(rehearse).slice(1), '--json'), z.object({ ok: z.boolean() }));
    expect(rehearsed.ok).toBe(true);
    expect(document(await tree.run(...wordsOf(apply).slice(1), '--json'), ran).state).toBe('done');
    const verified = await tree.run('verify', '--json');
    expect(verified.exit).toBe(0);
    expect(verified.stdout).toContain('3 passed (3 passed before)');
    const back = document(await tree.run('rollback', '--json'), ran);
    expect(back.restored).toEqual({ schema: true, data: true, exceptions: [] });
    expect(stateOfTree(tree)).toEqual(before);
    expect(document(await tree.run('apply', made.id, '--json'), ran).state).toBe('done');
  } finally {
    await tree.remove();
  }
});
