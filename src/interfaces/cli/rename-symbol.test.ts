import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stateOfTree } from '../../../test/support/git-tree.ts';
import { document, errorSchema } from '../../../test/support/godwit.ts';
import { copiesOfNotes } from '../../../test/support/notes-tree.ts';
import type { UpgradeTree } from '../../../test/support/upgrade-tree.ts';

const copied = copiesOfNotes('rename-symbol.md');

const wish = ['--rename-symbol', 'src/users.js#getUser=findUser'] as const;

describe('what stands in the way of a rename is said, and nothing is touched', () => {
  const cases: Readonly<
    Record<string, readonly [args: readonly string[], code: string, make?: (tree: UpgradeTree) => Promise<unknown>]>
  > = {
    'a dirty tree': [[...wish], 'dirty-tree', (tree) => writeFile(join(tree.root, 'README.md'), 'changed')],
    'no form': [['--rename-symbol', 'src/users.js'], 'bad-input'],
    'a file that git does not track': [
      ['--rename-symbol', 'new.js#a=b'],
      'bad-input',
      (tree) => writeFile(join(tree.root, 'new.js'), 'export const a = 1;\n'),
    ],
    'a symbol that is not there': [['--rename-symbol', 'src/users.js#getUsr=findUser'], 'bad-input'],
    'a name that is taken': [['--rename-symbol', 'src/greet.js#greet=tools'], 'unsafe-change'],
    'two intents': [[...wish, '--upgrade', 'uuid@8'], 'bad-input'],
    'a rename and a move': [[...wish, '--move', 'src/users.js=src/people.js'], 'bad-input'],
    'an old name without a rename': [['--keep-old-name'], 'bad-input'],
    'an old name of JavaScript': [[...wish, '--keep-old-name'], 'not-built'],
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
