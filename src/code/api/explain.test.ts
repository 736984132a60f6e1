import { expect, it } from 'vitest';
import { linesOf, predicted } from '../../../test/support/predicted.ts';

const settings = (module: string, moduleResolution: string): string =>
  JSON.stringify({
    compilerOptions: {
      module,
      moduleResolution,
      target: 'es2022',
      strict: true,
      esModuleInterop: true,
      skipLibCheck: true,
      ignoreDeprecations: '6.0',
      types: [],
    },
  });
const asCommonJs = settings('commonjs', 'node10');
const asEsm = settings('esnext', 'bundler');

/** A module that was one callable thing with members, and is an ES module with a named export now. */
const tool = {
  'tool@1.0.0': {
    'package.json': '{ "main": "index.js", "types": "index.d.ts" }',
    'index.js': '',
    'index.d.ts':
      'declare const tool: { (text: string): string; sync(text: string): string; keyword(text: string): string };\nexport = tool;\n',
  },
  'tool@2.0.0': {
    'package.json':
      '{ "type": "module", "types": "index.d.ts", "exports": { "types": "./index.d.ts", "default": "./index.js" } }',
    'index.js': '',
    'index.d.ts':
      'export declare const tool: (text: string) => string;\nexport declare function toolSync(text: string): string;\n',
  },
};
/** One whose default export stays, with other members. */
const paint = {
  'paint@1.0.0': {
    'package.json': '{ "main": "index.js", "types": "index.d.ts" }',
    'index.js': '',
    'index.d.ts':
      'declare namespace paint { type Level = 1 | 2; interface Paint { (text: string): string; red(text: string): string; keyword(text: string): string; Instance: new () => Paint } }\ndeclare const paint: paint.Paint;\nexport = paint;\n',
  },
  'paint@2.0.0': {
    'package.json':
      '{ "type": "module", "types": "index.d.ts", "exports": { "types": "./index.d.ts", "default": "./index.js" } }',
    'index.js': '',
    'index.d.ts':
      'export interface PaintInstance { (text: string): string; red(text: string): string }\ndeclare const paint: PaintInstance;\nexport default paint;\n',
  },
};
const uses = {
  'tool.ts': "import tool from 'tool';\nexport const all = [tool('a'),\n  tool.sync('b'),\n  tool.keyword('c')];\n",
  'paint.ts':
    "import paint, {\n  Level,\n} from 'paint';\nexport const level: Level = 1;\nexport const all = [paint.red('a'),\n  paint.keyword('b'),\n  new paint.Instance()];\n",
};
const upgrades = [
  ['tool', '1.0.0', '2.0.0'],
  ['paint', '1.0.0', '2.0.0'],
] as const;

it('tells what is gone from an ES module beside that it is one, once for each import, as it does where nothing is required', async () => {
  const packages = { ...tool, ...paint };
  const required = await predicted({ packages, tree: { 'tsconfig.json': asCommonJs, ...uses }, upgrades });
  const imported = await predicted({ packages, tree: { 'tsconfig.json': asEsm, ...uses }, upgrades });
  const expected = [
    'paint.ts:2 api/removed paint.Level',
    'paint.ts:6 api/member-removed paint.Paint.keyword',
    'paint.ts:7 api/member-removed paint.Paint.Instance',
    'tool.ts:1 api/default-to-named tool',
    'tool.ts:3 api/moved tool.sync',
    'tool.ts:4 api/member-removed tool.keyword',
  ];
  expect(linesOf(imported)).toEqual(expected);
  expect(linesOf(required)).toEqual(
    [...expected, 'paint.ts:1 api/require-of-esm paint', 'tool.ts:1 api/require-of-esm tool'].sort(),
  );
  const edits = required.findings.flatMap(({ edit }) => edit ?? []);
  expect(edits.map(({ before, text }) => `${before} → ${text}`)).toEqual(['tool → { tool }']);
});

const typed = (name: string, version: string, types: string) => ({
  [`${name}@${version}`]: {
    'package.json': '{ "main": "index.js", "types": "index.d.ts" }',
    'index.js': '',
    'index.d.ts': types,
  },
});

it('lays a result that does not fit to the member that gives it, and not to what it is called on', async () => {
  const flow = (result: string, of: string): string =>
    `export declare class Flow<T> { pipe(): Flow<T>; last(): Promise<${result}>; }\n${of}export declare function of<T>(value: T): Flow<T>;\n`;
  const prediction = await predicted({
    packages: {
      ...typed('flow', '1.0.0', flow('T', 'export declare function of<T>(a: T, b: string): Flow<T>;\n')),
      ...typed('flow', '2.0.0', flow('T | undefined', 'export declare function of(value: null): Flow<null>;\n')),
    },
    tree: {
      'tsconfig.json': asEsm,
      'a.ts': "import { of } from 'flow';\nexport const last: Promise<number> = of(1).pipe().last();\n",
    },
    upgrades: [['flow', '1.0.0', '2.0.0']],
  });
  expect(prediction.findings).toMatchObject([
    { line: 2, symbol: 'Flow.last', before: 'last(): Promise<T>', after: 'last(): Promise<undefined | T>' },
  ]);
});

it('lays what is given where a module stands in its place to the import of it', async () => {
  const main =
    'export interface Words { hello: string }\nexport declare function say(options: { words?: Words }): string;\n';
  const words = (way: string) => ({
    'words.js': '',
    'words.d.ts': `import type { Words } from './index';\ndeclare const en: Words;\n${way}\n`,
  });
  const [old, now] = [
    typed('say', '1.0.0', main)['say@1.0.0'],
    typed('say', '2.0.0', `${main}export declare const other: 1;\n`)['say@2.0.0'],
  ];
  const prediction = await predicted({
    packages: {
      'say@1.0.0': { ...old, ...words('export default en;') },
      'say@2.0.0': { ...now, ...words('export { en };') },
    },
    tree: {
      'tsconfig.json': asCommonJs,
      'a.ts':
        "import { say } from 'say';\nimport english from 'say/words';\nexport const text = say({ words: english });\n",
    },
    upgrades: [['say', '1.0.0', '2.0.0']],
  });
  expect(linesOf(prediction)).toEqual(['a.ts:2 api/default-to-named en']);
  expect(prediction.findings[0]?.edit).toMatchObject({ before: 'english', text: '{ en as english }' });
});

it('calls nothing gone that is declared as before, and names no symbol that there is not', async () => {
  const server = (id: string): string =>
    `type Names<Path> = Path extends \`\${string}:id?\` ? { ${id}: string } : { id: string };\nexport interface Asked<P> { params: P; param(name: string${id === 'id' ? ', other?: string' : ''}): string }\nexport declare function get<Path extends string>(path: Path, answer: (asked: Asked<Names<Path>>) => void): void;\n`;
  const prediction = await predicted({
    packages: { ...typed('server', '1.0.0', server('id')), ...typed('server', '2.0.0', server("'id?'")) },
    tree: {
      'a.js':
        "const { get } = require('server');\nget('/:id?', (asked) => {\n  console.log([asked.params.id, asked.param('q')]);\n});\n",
    },
    upgrades: [['server', '1.0.0', '2.0.0']],
  });
  expect(prediction.findings).toMatchObject([
    {
      rule: 'api/type-changed',
      line: 3,
      symbol: 'Asked.params',
      before: '{ id: string; }',
      after: "{ 'id?': string; }",
    },
  ]);
});
