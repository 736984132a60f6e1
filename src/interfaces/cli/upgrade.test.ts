import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { document, errorSchema } from '../../../test/support/godwit.ts';
import { inside } from '../../../test/support/godwit-inside.ts';
import { copyOf, idsFiles, planOn, type UpgradeTree, upgradeTree } from '../../../test/support/upgrade-tree.ts';

/** One major before. */
const files = { ...idsFiles, 'package.json': (idsFiles['package.json'] ?? '').replace('^3.4.0', '^7.0.3') };

const trees: UpgradeTree[] = [];
afterEach(async () => {
  for (const tree of trees.splice(0)) await tree.remove();
});

describe('what stands in the way of an upgrade is said, and nothing is touched', () => {
  let installed: UpgradeTree;
  beforeAll(async () => {
    installed = await upgradeTree({ files });
  });
  afterAll(() => installed.remove());

  async function copied(): Promise<UpgradeTree> {
    const tree = inside(await copyOf(installed), {});
    trees.push(tree);
    return tree;
  }

  const cases: Readonly<
    Record<
      string,
      { readonly args?: string; readonly code: string; readonly make: (tree: UpgradeTree) => Promise<void> | void }
    >
  > = {
    'a dirty tree': { code: 'dirty-tree', make: (tree) => writeFile(join(tree.root, 'ids.js'), 'changed') },
    'a merge that is not finished': {
      code: 'dirty-tree',
      make: async (tree) => {
        tree.git('switch', '--quiet', '--create', 'other');
        await writeFile(join(tree.root, 'other.md'), '');
        tree.git('add', 'other.md');
        tree.git('commit', '--quiet', '--message=other');
        tree.git('switch', '--quiet', 'main');
        tree.git('merge', '--quiet', '--no-ff', '--no-commit', 'other');
        tree.git('restore', '--staged', '--worktree', 'other.md');
      },
    },
    'no lock file': {
      code: 'bad-input',
      make: (tree) => {
        tree.git('rm', '--quiet', '--cached', 'package-lock.json');
        tree.git('commit', '--quiet', '--message=no lock');
      },
    },
    'no repository': { code: 'no-repository', make: (tree) => rm(join(tree.root, '.git'), { recursive: true }) },
    'a package that is not there': { args: 'left-pad@2', code: 'bad-input', make: () => undefined },
    'a version that was never published': { args: 'uuid@999', code: 'bad-input', make: () => undefined },
    'a text that is no wish': { args: 'uuid@', code: 'bad-input', make: () => undefined },
    'a package.json that is broken': {
      code: 'bad-input',
      make: async (tree) => {
        await writeFile(join(tree.root, 'package.json'), '{ "name": ');
        tree.git('commit', '--quiet', '--all', '--message=broken');
      },
    },
  };
  for (const [name, { args = 'uuid@8', code, make }] of Object.entries(cases)) {
    it(name, async () => {
      const tree = await copied();
      await make(tree);
      const answer = await tree.run('plan', '--upgrade', args, '--json');
      expect(document(answer, errorSchema).error.code).toBe(code);
      expect(answer.exit).toBe(1);
    });
  }

  it('nothing to do is no error', async () => {
    const tree = await copied();
    const answer = await tree.run('plan', '--upgrade', 'uuid@7', '--json');
    expect(answer.exit).toBe(0);
    expect(JSON.parse(answer.stdout)).toEqual({ plan: null, dir: null });
  });

  it('a commit that came after the plan is drift', async () => {
    const tree = await copied();
    await planOn(tree, 'uuid@8');
    tree.git('commit', '--quiet', '--allow-empty', '--message=nothing');
    await writeFile(join(tree.root, 'more.js'), '');
    tree.git('add', 'more.js');
    tree.git('commit', '--quiet', '--message=more');
    expect((await tree.run('apply', '--json')).exit).toBe(4);
    expect(tree.git('rev-parse', '--abbrev-ref', 'HEAD').trim()).toBe('main');
  });
});
