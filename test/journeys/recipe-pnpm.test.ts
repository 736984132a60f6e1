import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { stateOfTree } from '../support/git-tree.ts';
import { document } from '../support/godwit.ts';
import { commandsOf, wordsOf } from '../support/page-commands.ts';
import { planned, ran, upgradeTree } from '../support/upgrade-tree.ts';

const examples = resolve(import.meta.dirname, '../../examples');

it('npm-parcels: the commands of its page change its package manager, and are taken back', async () => {
  const example = join(examples, 'npm-parcels');
  const commands = commandsOf(await readFile(join(example, 'README.md'), 'utf8'));
  expect(commandsOf(await readFile(resolve(examples, '../docs/npm-to-pnpm.md'), 'utf8'))).toEqual(commands);
  const [plan = '', rehearse = '', apply = ''] = commands;
  const tree = await upgradeTree({ from: example });
  try {
    const before = stateOfTree(tree);
    const { plan: made } = document(await tree.run(...wordsOf(plan).slice(1), '--json'), planned);
    expect(made.findings).toEqual([]);
    const rehearsed = document(await tree.run(...wordsOf(rehearse).slice(1), '--json'), z.object({ ok: z.boolean() }));
    expect(rehearsed.ok).toBe(true);
    expect(document(await tree.run(...wordsOf(apply).slice(1), '--json'), ran).state).toBe('done');
    expect(await readFile(join(tree.root, 'pnpm-lock.yaml'), 'utf8')).toContain('ms@2.1.2');
    expect(tree.git('ls-files')).not.toContain('package-lock.json');
    expect((await tree.run('verify', '--json')).exit).toBe(0);
    const back = document(await tree.run('rollback', '--json'), ran);
    expect(back.restored).toEqual({ schema: true, data: true, exceptions: [] });
    expect(stateOfTree(tree)).toEqual(before);
    expect(document(await tree.run('apply', made.id, '--json'), ran).state).toBe('done');
  } finally {
    await tree.remove();
  }
});
