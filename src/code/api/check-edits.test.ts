import { expect, it } from 'vitest';
import { predicted } from '../../../test/support/predicted.ts';

const manifest = (exports: string): string => JSON.stringify({ type: 'commonjs', exports: JSON.parse(exports) });
const old = {
  'package.json': manifest(
    '{ ".": { "types": "./index.d.ts", "default": "./index.js" }, "./one": { "types": "./one.d.ts", "default": "./one.js" }, "./run": { "types": "./run.d.ts", "default": "./run.js" } }',
  ),
  'index.js': '',
  'index.d.ts': `
export declare class Client {
  /** @deprecated Use fetchAll instead. */
  getAll(name: string): string[];
  fetchAll(name: string): string[];
}
/** @deprecated Use connect instead. */
export declare function open(url: string): Client;
export declare function connect(url: string): Client;
/** @deprecated Use makeStrict instead. */
export declare function make(size: string): Client;
`,
  'one.js': '',
  'one.d.ts': 'export declare function first(x: string): string;\nexport declare function rest(x: string): string;\n',
  'run.js': '',
  'run.d.ts': 'export default function run(x: string): string;\n',
};
const now = {
  'package.json': manifest(
    '{ ".": { "types": "./index.d.ts", "default": "./index.js" }, "./run": { "types": "./run.d.ts", "default": "./run.js" } }',
  ),
  'index.js': '',
  'index.d.ts': `
export declare class Client { fetchAll(name: string): string[] }
export declare function connect(url: string): Client;
export declare function makeStrict(size: number): Client;
export declare function first(x: string): string;
export declare function rest(x: string): string;
`,
  'run.js': '',
  'run.d.ts': 'export declare function run(x: string): string;\n',
};

const settings = JSON.stringify({
  compilerOptions: { module: 'preserve', target: 'es2022', strict: true, skipLibCheck: true, types: [] },
});

/** Files as all edits that are offered leave them. */
async function edited(tree: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
  const { findings } = await predicted({
    packages: { 'lib@1.0.0': old, 'lib@2.0.0': now },
    tree: { 'tsconfig.json': settings, ...tree },
    upgrades: [['lib', '1.0.0', '2.0.0']],
    change: { budgetMs: 1_000_000 },
  });
  return Object.fromEntries(
    Object.entries(tree).map(([file, text]) => {
      const edits = findings.flatMap((finding) =>
        finding.file === file && finding.edit !== undefined ? finding.edit : [],
      );
      const each = [...new Map(edits.map((edit) => [edit.offset, edit])).values()];
      const after = each
        .sort((one, other) => other.offset - one.offset)
        .reduce(
          (left, { offset, length, text: put }) => left.slice(0, offset) + put + left.slice(offset + length),
          text,
        );
      return [file, after];
    }),
  );
}

it('offers the edits that compile with the new version: names, members, paths, defaults, and as require() writes them', async () => {
  const after = await edited({
    'names.ts':
      "import { open, type Client } from 'lib';\nexport const all = (c: Client) => open('u').getAll('a').concat(c.getAll('b'), c.getAll('c'));\n",
    'space.ts': "import * as lib from 'lib';\nexport const client = lib.open('u');\n",
    'marked.ts': "\uFEFFimport { open as start } from 'lib';\r\nexport const client = start('u');\r\n",
    'paths.ts':
      "import { first, rest as others } from 'lib/one';\nimport run from 'lib/run';\nexport const all = [first('a'), others('b'), run('c')];\n",
    'again.ts': "export { open } from 'lib';\nexport type Opened = ReturnType<typeof import('lib').open>;\n",
    'script.cjs':
      "const { open, connect } = require('lib');\nconst { first } = require('lib/one');\nconst run = require('lib/run').default;\nrequire('lib').open('u');\nopen('u').getAll(first('a'));\nconnect(run('b'));\n",
  });
  expect(after).toEqual({
    'names.ts':
      "import { connect as open, type Client } from 'lib';\nexport const all = (c: Client) => open('u').fetchAll('a').concat(c.fetchAll('b'), c.fetchAll('c'));\n",
    'space.ts': "import * as lib from 'lib';\nexport const client = lib.connect('u');\n",
    'marked.ts': "\uFEFFimport { connect as start } from 'lib';\r\nexport const client = start('u');\r\n",
    'paths.ts':
      "import { first, rest as others } from 'lib';\nimport { run } from 'lib/run';\nexport const all = [first('a'), others('b'), run('c')];\n",
    'again.ts':
      "export { connect as open } from 'lib';\nexport type Opened = ReturnType<typeof import('lib').connect>;\n",
    'script.cjs':
      "const { connect: open, connect } = require('lib');\nconst { first } = require('lib');\nconst run = require('lib/run').run;\nrequire('lib').connect('u');\nopen('u').fetchAll(first('a'));\nconnect(run('b'));\n",
  });
});

it('does not offer what does not compile: the new name takes something else', async () => {
  const tree = { 'make.ts': "import { make, open } from 'lib';\nexport const all = [make('x'), open('u')];\n" };
  expect(await edited(tree)).toEqual({
    'make.ts': "import { make, connect as open } from 'lib';\nexport const all = [make('x'), open('u')];\n",
  });
});
