import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { document, errorSchema } from '../support/godwit.ts';
import { idsFiles, planOn, ran, type UpgradeTree, upgradeTree } from '../support/upgrade-tree.ts';

const trees: UpgradeTree[] = [];
afterEach(async () => {
  for (const tree of trees.splice(0)) await tree.remove();
});

async function treeOf(files: Readonly<Record<string, string>> = idsFiles): Promise<UpgradeTree> {
  const tree = await upgradeTree({ files });
  trees.push(tree);
  return tree;
}

describe('an upgrade that is stopped', () => {
  it('is killed, and goes on where it stopped', async () => {
    const calm = await treeOf();
    await planOn(calm, 'uuid@8');
    await calm.run('apply');
    const end = calm.git('ls-tree', '-r', 'HEAD');
    const tree = await treeOf();
    await planOn(tree, 'uuid@8');
    for (const moment of ['prepare-branch', 'uuid 3 → 7', 'hop-1-uuid-7-versions', 'uuid 7 → 8', 'recipe']) {
      const { child, says, ended } = tree.start('apply');
      await says(moment);
      child.kill('SIGKILL');
      await ended;
      await mkdir(join(tree.root, '.git/godwit/lease'), { recursive: true });
      await rm(join(tree.root, '.git/godwit/lease'), { recursive: true });
    }
    expect(document(await tree.run('apply', '--json'), ran).state).toBe('done');
    expect(tree.git('ls-tree', '-r', 'HEAD')).toBe(end);
  });

  it('waits for a person where the gate shows something, and keeps what was edited by hand on the way back', async () => {
    const tree = await treeOf({
      ...idsFiles,
      // No recipe reaches a specifier that is put together at run time.
      'ids.js': "const version = 'v4';\nconst make = require('uuid/' + version);\nexports.id = () => make();\n",
    });
    await planOn(tree, 'uuid@8');
    expect(document(await tree.run('apply', '--json'), ran)).toMatchObject({
      state: 'waiting',
      gate: { id: 'gate-hop-2-uuid-8' },
    });
    const still = await tree.run('apply', '--json');
    expect(still.exit).toBe(3);
    expect(document(still, errorSchema).error.why).toContain('ids.test.js');
    await writeFile(join(tree.root, 'ids.js'), "exports.id = () => require('uuid').v4();\n");
    expect(document(await tree.run('apply', '--json'), ran).state).toBe('done');
    expect(tree.git('log', '-1', '--format=%s').trim()).toBe('Edit by hand for uuid 7 → 8');
    const byHand = tree.git('rev-parse', 'HEAD').trim();
    const back = document(await tree.run('rollback', '--json'), ran);
    expect(back.restored).toEqual({ schema: true, data: true, exceptions: [] });
    expect(back.steps.map(({ detail }) => detail).join('\n')).toContain(
      `what was edited by hand is kept (ids.js): \`git cherry-pick ${byHand.slice(0, 10)}\` brings it back`,
    );
    expect(tree.git('for-each-ref', '--format=%(objectname)')).toContain(byHand);
  });

  it('a hook that refuses is heard, and the run goes on when it is content', async () => {
    const tree = await treeOf();
    await planOn(tree, 'uuid@8');
    const hook = join(tree.root, '.git/hooks/commit-msg');
    await writeFile(hook, '#!/bin/sh\necho "this message has no ticket" >&2\nexit 1\n', { mode: 0o755 });
    const refused = await tree.run('apply', '--json');
    expect(document(refused, errorSchema).error).toMatchObject({
      code: 'command-failed',
      why: expect.stringContaining('no ticket'),
    });
    await rm(hook);
    expect(document(await tree.run('apply', '--json'), ran).state).toBe('done');
  });
});
