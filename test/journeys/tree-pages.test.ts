import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stateOfTree } from '../support/git-tree.ts';
import { document } from '../support/godwit.ts';
import { copiesOfNotes, type NotesOf } from '../support/notes-tree.ts';
import { commandsOf, wordsOf } from '../support/page-commands.ts';
import { thereAndBack } from '../support/there-and-back.ts';
import { planned } from '../support/upgrade-tree.ts';

const docs = resolve(import.meta.dirname, '../../docs');

/** What comes before its example: that has a journey of its own. */
const pages: readonly NotesOf[] = ['commonjs-to-esm.md', 'rename-symbol.md', 'cycles.md', 'moves.md'];

for (const name of pages) {
  describe(`docs/${name}`, () => {
    const copied = copiesOfNotes(name);
    it('its commands run in their order', async () => {
      const tree = await copied();
      const before = stateOfTree(tree);
      const page = await readFile(join(docs, name), 'utf8');
      for (const line of commandsOf(page.split('\n## An example')[0] ?? '')) {
        const answer = await tree.run(...wordsOf(line).slice(1));
        expect([line, answer.exit, answer.stderr]).toEqual([line, 0, answer.stderr]);
      }
      expect(stateOfTree(tree)).toEqual(before);
    });
  });
}

describe('a rename', () => {
  const copied = copiesOfNotes('rename-symbol.md');
  it('a rename is applied through the gate, taken back byte for byte, and applied again', async () => {
    const tree = await copied();
    const wish = ['--rename-symbol', 'src/users.js#getUser=findUser'] as const;
    await writeFile(join(tree.root, 'mine.txt'), 'not tracked\r\n');
    const { plan, dir } = document(await tree.run('plan', ...wish, '--json'), planned);
    expect(plan.phases.map(({ id }) => id)).toEqual(['prepare', 'rename', 'gate-rename', 'finish']);
    expect(plan.findings?.map(({ rule, file, line }) => `${rule} ${file}:${line}`).sort()).toEqual([
      'rename/component src/Page.vue:2',
      'rename/component src/Page.vue:3',
      'rename/mention README.md:1',
      'rename/mention src/greet.js:3',
      'rename/mention test/greet.test.js:4',
    ]);
    expect(plan.risks.map(({ rule, object }) => `${rule} ${object}`)).toContain('rename/published notes');
    const page = await readFile(join(dir, 'PLAN.md'), 'utf8');
    expect(page).toContain('+export const tools = { getUser: findUser };');
    expect(page).toContain("`godwit plan --rename-symbol 'src/users.js#getUser=findUser'`");
    await thereAndBack(tree, plan.id, () => {
      expect(tree.git('show', 'HEAD:src/users.js')).toBe('export function findUser(id) {\r\n  return { id };\r\n}\r\n');
      expect(tree.git('diff', '--name-only', 'main', 'HEAD').trim().split('\n')).toEqual([
        'src/greet.js',
        'src/index.js',
        'src/users.js',
      ]);
    });
  });
});

describe('a cut and a split', () => {
  const copied = copiesOfNotes('cycles.md');
  it('cycles are cut through the gate, taken back byte for byte, and cut again; what has no cut is named', async () => {
    const tree = await copied();
    await writeFile(join(tree.root, 'mine.txt'), 'not tracked\r\n');
    const { plan, dir } = document(await tree.run('plan', '--break-cycles', 'all', '--json'), planned);
    expect(plan.phases.map(({ id }) => id)).toEqual(['prepare', 'layout', 'gate-layout', 'finish']);
    expect(plan.findings?.map(({ rule, file, line }) => `${rule} ${file}:${line}`).sort()).toEqual([
      'cycle/left src/even.js:1',
      'cycle/left src/odd.js:1',
    ]);
    const page = await readFile(join(dir, 'PLAN.md'), 'utf8');
    expect(page).toContain('2 declarations move (prefix, nameOf of src/users.js to src/name-of.js)');
    expect(page).toContain('odd (src/odd.js:3) and even (src/even.js:3) need each other when they run');
    expect(page).toContain('`godwit plan --break-cycles all`');
    await thereAndBack(tree, plan.id, () => {
      expect(tree.git('show', 'HEAD:src/name-of.js')).toBe(
        "const prefix = 'user ';\r\n\r\n/** As it is shown. */\r\nexport function nameOf(id) {\r\n  return prefix + id;\r\n}\r\n",
      );
      expect(tree.git('show', 'HEAD:src/notes.js')).toContain("import { nameOf } from './name-of.js';\n\nexport");
      expect(tree.git('diff', '--name-only', 'main', 'HEAD').trim().split('\n')).toEqual([
        'src/name-of.js',
        'src/notes.js',
        'src/users.js',
        'test/all.test.js',
      ]);
    });
  });

  it('a module is split through the gate, put together byte for byte, and split again', async () => {
    const tree = await copied();
    const wish = ['--split', 'src/text.js#slug,words=src/slug.js'] as const;
    const { plan, dir } = document(await tree.run('plan', ...wish, '--json'), planned);
    expect(plan.findings ?? []).toEqual([]);
    const page = await readFile(join(dir, 'PLAN.md'), 'utf8');
    expect(page).toContain('holds slug, words of src/text.js, with dash, which only they need');
    expect(page).toContain("`godwit plan --split 'src/text.js#slug,words=src/slug.js'`");
    await thereAndBack(tree, plan.id, () => {
      expect(tree.git('show', 'HEAD:src/text.js')).toBe('export const shout = (text) => text.toUpperCase();\n');
      expect(tree.git('show', 'HEAD:test/all.test.js')).toContain(
        "import { shout } from '../src/text.js';\nimport { slug } from '../src/slug.js';\n",
      );
    });
  });
});
