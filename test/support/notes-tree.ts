import { chmod, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { inside } from './godwit-inside.ts';
import { copyOf, type UpgradeTree, upgradeTree } from './upgrade-tree.ts';

type Notes = {
  readonly files: Readonly<Record<string, string>>;
  readonly executable?: string;
  /** What a symbolic link says, and where it stands. */
  readonly link?: readonly [to: string, path: string];
};

/** Four small applications without dependencies, with one test each: what a page's commands and the command line are tried on. */
const notes = {
  'commonjs-to-esm.md': {
    files: {
      'package.json': JSON.stringify({
        name: 'notes',
        private: true,
        bin: './bin/notes',
        scripts: { test: 'node --test' },
      }),
      '.gitignore': 'node_modules\n',
      'bin/notes': "#!/usr/bin/env node\nconst { twice } = require('../src');\nconsole.log(twice());\n",
      'src/text.js': "exports.text = () => 'text';\n",
      'src/old.js': 'with ({ a: 1 }) exports.a = a;\n',
      'src/index.js':
        "'use strict';\n\nconst { text } = require('./text');\nconst old = require('./old');\n\nexports.twice = () => text() + text() + old.a;\n",
      'test/index.test.js':
        "const { test } = require('node:test');\nconst { twice } = require('../src');\ntest('twice', () => { if (twice() !== 'texttext1') throw new Error(twice()); });\n",
    },
    executable: 'bin/notes',
  },
  'rename-symbol.md': {
    files: {
      'package.json': JSON.stringify({
        name: 'notes',
        version: '1.0.0',
        type: 'module',
        exports: './src/index.js',
        scripts: { test: 'node --test' },
      }),
      'src/users.js': 'export function getUser(id) {\r\n  return { id };\r\n}\r\n',
      'src/index.js': "export { getUser } from './users.js';\n",
      'src/greet.js':
        "import { getUser } from './users.js';\nexport const tools = { getUser };\nexport const greet = (id) => `Hello ${getUser(id).id}, says getUser`;\n",
      'src/Page.vue': "<script setup>\nimport { getUser } from './users.js';\ngetUser(1);\n</script>\n",
      'test/greet.test.js':
        "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { greet, tools } from '../src/greet.js';\ntest('greet', () => { assert.equal(greet(1), 'Hello 1, says getUser'); assert.equal(tools.getUser(2).id, 2); });\n",
      'README.md': 'Call getUser, and all is well.\n',
    },
  },
  'cycles.md': {
    files: {
      'package.json': JSON.stringify({
        name: 'notes',
        version: '1.0.0',
        private: true,
        type: 'module',
        scripts: { test: 'node --test' },
      }),
      'src/users.js':
        "import { notesOf } from './notes.js';\r\n\r\nconst prefix = 'user ';\r\n\r\n/** As it is shown. */\r\nexport function nameOf(id) {\r\n  return prefix + id;\r\n}\r\n\r\nexport function show(id) {\r\n  return nameOf(id) + ': ' + notesOf(id);\r\n}\r\n\r\nexport function count(id) {\r\n  return notesOf(id).length;\r\n}\r\n\r\nexport function isEmpty(id) {\r\n  return notesOf(id) === '';\r\n}\r\n",
      'src/notes.js':
        "import { nameOf } from './users.js';\n\nexport function notesOf(id) {\n  return 'notes of ' + nameOf(id);\n}\n",
      'src/even.js': "import { odd } from './odd.js';\n\nexport const even = (n) => n === 0 || odd(n - 1);\n",
      'src/odd.js': "import { even } from './even.js';\n\nexport const odd = (n) => n !== 0 && even(n - 1);\n",
      'src/text.js':
        "const dash = '-';\n\n/** For addresses. */\nexport const slug = (text) => words(text).join(dash);\n\nexport function words(text) {\n  return text.split(' ');\n}\n\nexport const shout = (text) => text.toUpperCase();\n",
      'test/all.test.js':
        "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { nameOf, show } from '../src/users.js';\nimport { even } from '../src/even.js';\nimport { shout, slug } from '../src/text.js';\ntest('show', () => { assert.equal(show(1), 'user 1: notes of user 1'); assert.equal(nameOf(2), 'user 2'); });\ntest('even', () => { assert.equal(even(4), true); });\ntest('slug', () => { assert.equal(shout(slug('a b')), 'A-B'); });\n",
    },
  },
  'moves.md': {
    files: {
      'package.json': JSON.stringify({ name: 'notes', private: true, scripts: { test: 'node --test' } }),
      '.gitignore': 'node_modules\nbuilt\n',
      'src/text.js': "exports.text = () => 'text';\n",
      'src/tool.js': '#!/usr/bin/env node\nconsole.log(1);\n',
      'src/tiny.js': "exports.tiny = require('./text');\n",
      'src/index.js': "const { text } = require('./text');\r\nexports.twice = () => text() + text();\r\n",
      'src/pixel.bin': '\u0000\u00ff',
      'test/index.test.js':
        "const { test } = require('node:test');\nconst { twice } = require('../src');\ntest('twice', () => { if (twice() !== 'texttext') throw new Error(twice()); });\n",
      'README.md': 'The text stands in src/text.js.\n',
    },
    executable: 'src/tool.js',
    link: ['index.js', 'src/link.js'],
  },
} as const satisfies Readonly<Record<string, Notes>>;

export type NotesOf = keyof typeof notes;

/** The application that the commands of this page are run on, installed and committed. */
export async function notesTree(page: NotesOf): Promise<UpgradeTree> {
  const { files, executable, link }: Notes = notes[page];
  const tree = await upgradeTree({ files });
  if (executable !== undefined) await chmod(join(tree.root, executable), 0o755);
  if (link !== undefined) await symlink(link[0], join(tree.root, link[1]));
  if (tree.git('status', '--porcelain') === '') return tree;
  tree.git('add', '--all');
  tree.git('commit', '--quiet', '--message=more');
  return tree;
}

/** Installs the application once for a file of tests; what it answers makes a copy, in which godwit runs in this process. */
export function copiesOfNotes(page: NotesOf): () => Promise<UpgradeTree> {
  const trees: UpgradeTree[] = [];
  beforeAll(async () => {
    trees.push(await notesTree(page));
  });
  afterAll(async () => {
    for (const tree of trees) await tree.remove();
  });
  return async () => {
    const [installed] = trees;
    if (installed === undefined) throw new Error(`the tree of ${page} is not installed yet`);
    const tree = inside(await copyOf(installed), {});
    trees.push(tree);
    return tree;
  };
}
