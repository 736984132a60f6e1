import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stateOfTree } from '../../../test/support/git-tree.ts';
import { document, errorSchema } from '../../../test/support/godwit.ts';
import { copiesOfNotes } from '../../../test/support/notes-tree.ts';
import type { UpgradeTree } from '../../../test/support/upgrade-tree.ts';

const copied = copiesOfNotes('cycles.md');

describe('what stands in the way of a cut or a split is said, and nothing is touched', () => {
  const split = ['--split', 'src/text.js#slug,words=src/slug.js'] as const;
  const cases: Readonly<
    Record<string, readonly [args: readonly string[], code: string, make?: (tree: UpgradeTree) => Promise<unknown>]>
  > = {
    'a dirty tree': [[...split], 'dirty-tree', (tree) => writeFile(join(tree.root, 'src/odd.js'), 'changed')],
    'no form': [['--split', 'src/text.js'], 'bad-input'],
    'a declaration that is not there': [['--split', 'src/text.js#slugg=src/slug.js'], 'bad-input'],
    'a file that is there': [['--split', 'src/text.js#slug=src/odd.js'], 'name-taken'],
    'a split that would make a cycle': [['--split', 'src/users.js#nameOf,show=src/show.js'], 'unsafe-change'],
    'a cycle that nothing cuts': [['--break-cycles', 'src/odd.js'], 'unsafe-change'],
    'a module that is in no cycle': [['--break-cycles', 'src/text.js'], 'bad-input'],
    'a module that is not there': [['--break-cycles', 'src/none.js'], 'bad-input'],
    'two intents': [[...split, '--break-cycles', 'all'], 'bad-input'],
    'a cut and SQL': [['--break-cycles', 'all', '--from', 'change.sql'], 'bad-input'],
    'an old name with a cut': [['--break-cycles', 'all', '--keep-old-name'], 'bad-input'],
  };
  for (const [name, [args, code, make]] of Object.entries(cases)) {
    it(name, async () => {
      const tree = await copied();
      await make?.(tree);
      const before = stateOfTree(tree);
      const answer = await tree.run('plan', ...args, '--json');
      expect(document(answer, errorSchema).error.code).toBe(code);
      expect(stateOfTree(tree)).toEqual(before);
    });
  }
});
