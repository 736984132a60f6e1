import { expect, it } from 'vitest';
import { linesOf, predicted } from '../../../test/support/predicted.ts';

const settings = (module: string): string =>
  JSON.stringify({
    compilerOptions: { module, target: 'es2022', strict: true, esModuleInterop: true, skipLibCheck: true, types: [] },
  });

const oldTypes = `
export interface Options { name?: string; deep?: boolean; level?: 'low' | 'high' }
export declare class Client {
  constructor(options?: Options);
  send(text: string | number): string;
  close(): void;
  readonly size: number;
}
/** @deprecated Use connect instead. */
export declare function open(options?: Options): Client;
export declare function connect(options?: Options): Client;
export declare function find(id: string): Client;
export declare function stay(id: string): string;
export declare const version: string;
`;
const newTypes = `
export interface Options { name?: string; level?: 'low'; retries?: number }
export declare class Client {
  constructor(options: Options);
  send(text: string): string;
  readonly size: number;
}
export declare function connect(options?: Options): Client;
export declare function find(id: string): Client | undefined;
export declare function stay(id: string | number): string;
`;
const library = {
  'lib@1.0.0': {
    'package.json': '{ "main": "index.js", "types": "index.d.ts", "engines": { "node": ">=14" } }',
    'index.js': '',
    'index.d.ts': oldTypes,
  },
  'lib@2.0.0': {
    'package.json':
      '{ "main": "index.js", "types": "index.d.ts", "engines": { "node": ">=20" }, "peerDependencies": { "other": "^1" } }',
    'index.js': '',
    'index.d.ts': newTypes,
    'CHANGELOG.md':
      '# 2.0.0\n- `Client.close` was removed, clients close themselves\n- `open` is now `connect`\n# 1.0.0\n- close added\n',
  },
};

const app = `import { Client, connect, find, open, type Options, stay, version } from 'lib';
const options: Options = { name: 'x', deep: true };
const client = new Client();
client.send('text');
client.send(1);
client.close();
const other = open(options);
find('a').send('b');
find('a');
stay('a');
export const all = [connect({ level: 'high' }), connect({ level: 'low' }), client.size, other, version];
`;
const script = `const { open, connect } = require('lib');
const lib = require('lib');
lib.connect().close();
connect().send('x');
`;

it('predicts what breaks, and nothing else, in TypeScript and JavaScript, without node_modules', async () => {
  const prediction = await predicted({
    packages: library,
    tree: { 'tsconfig.json': settings('preserve'), 'src/app.ts': app, 'tool.cjs': script },
    upgrades: [['lib', '1.0.0', '2.0.0']],
  });
  expect(prediction.unknown).toEqual([]);
  expect(prediction.reading).toEqual({
    documents: [
      {
        package: 'lib',
        from: '1.0.0',
        to: '2.0.0',
        path: 'CHANGELOG.md',
        lines: 3,
        quotes: [
          { path: 'CHANGELOG.md', line: 2, text: '`Client.close` was removed, clients close themselves' },
          { path: 'CHANGELOG.md', line: 3, text: '`open` is now `connect`' },
        ],
      },
    ],
    unread: [],
  });
  expect(linesOf(prediction)).toEqual([
    'src/app.ts:1 api/removed version',
    'src/app.ts:1 api/renamed open',
    'src/app.ts:11 api/member-type-changed Options.level',
    'src/app.ts:2 api/option-removed Options.deep',
    'src/app.ts:3 api/parameter-required Client',
    'src/app.ts:5 api/parameter-narrowed Client.send',
    'src/app.ts:6 api/member-removed Client.close',
    'src/app.ts:8 api/return-widened find',
    'tool.cjs:1 api/renamed open',
    'tool.cjs:3 api/member-removed Client.close',
  ]);
  const close = prediction.findings.find(({ symbol, file }) => symbol === 'Client.close' && file === 'src/app.ts');
  expect(close).toMatchObject({
    severity: 'error',
    package: 'lib',
    from: '1.0.0',
    to: '2.0.0',
    column: 8,
    endLine: 6,
    endColumn: 13,
    before: 'close(): void',
    evidence:
      "CHANGELOG.md:2: `Client.close` was removed, clients close themselves\nTS2339: Property 'close' does not exist on type 'Client'.",
  });
  const renamed = prediction.findings.filter(({ rule }) => rule === 'api/renamed').map(({ edit }) => edit);
  expect(renamed).toEqual([
    { offset: app.indexOf('open'), length: 4, before: 'open', text: 'connect as open' },
    { offset: script.indexOf('open'), length: 4, before: 'open', text: 'connect: open' },
  ]);
  expect(prediction.facts.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
    'package/engine-raised: lib@2.0.0 wants Node >=20; before it was >=14.',
    'package/peer-added: lib@2.0.0 wants other ^1 beside it; before it did not.',
  ]);
});

it('without the compiler, tells what the comparison of the packages alone expects', async () => {
  const prediction = await predicted({
    packages: library,
    tree: { 'tsconfig.json': settings('preserve'), 'src/app.ts': app },
    upgrades: [['lib', '1.0.0', '2.0.0']],
    change: { compile: 'none' },
  });
  expect(linesOf(prediction)).toEqual(
    expect.arrayContaining([
      'src/app.ts:1 api/renamed open',
      'src/app.ts:2 api/option-removed Options.deep',
      'src/app.ts:6 api/member-removed Client.close',
    ]),
  );
});
