import { expect, it } from 'vitest';
import * as imports from './support/house/imports.ts';
import { dependenciesAreExplained, lockIsComplete } from './support/house/packages.ts';
import { idsAreFileNames, shelvesAreComplete } from './support/house/shelves.ts';
import * as style from './support/house/style.ts';
import { type Breach, parseHouse, type Rule } from './support/house.ts';

type Files = Readonly<Record<string, string>>;

/** Deliberate breaches: each must be reported at its line, and the same files put right must not. */
function breach(title: string, rule: Rule, bad: Files, expected: readonly string[], good: Files): void {
  it(`reports ${title}`, () => {
    expect(places(rule(parseHouse(bad)))).toEqual(expected);
    expect(places(rule(parseHouse(good)))).toEqual([]);
  });
}

function places(breaches: readonly Breach[]): readonly string[] {
  return breaches.map(({ file, line }) => `${file}:${line}`);
}

const plan = 'src/core/plan.ts';
const operation = { 'src/db/operation.ts': 'export type Operation = { readonly id: string };' };
const addColumn = { 'src/db/operations/add-column.ts': "export const addColumn = { id: 'add-column' };" };
const driver = {
  'src/db/driver.ts': 'export interface Driver { readonly name: string }',
  'src/db/drivers/postgres/spelling/index.ts': 'export const one = 1;',
};

breach('an upward import', imports.importsPointOneWay, { [plan]: "import '#app/verb';" }, [`${plan}:1`], {
  'src/app/verb.ts': "import '#core/plan';",
});

breach(
  'a sideways import, of a type and in a function',
  imports.importsPointOneWay,
  { 'src/db/plan.ts': "import type { Run } from '#run/apply';\nexport const late = () => import('#report/format');" },
  ['src/db/plan.ts:1', 'src/db/plan.ts:2'],
  { 'src/app/apply.ts': "import type { Run } from '#run/apply';\nexport type Late = import('#report/format').Format;" },
);

breach(
  'a folder that the house does not have',
  imports.importsPointOneWay,
  { 'src/etc/a.ts': "import '#core/plan';" },
  ['src/etc/a.ts:1'],
  { 'src/index.ts': "export * from '#core/plan';" },
);

breach(
  'a compiler that is imported',
  imports.compilerIsRequired,
  { 'src/code/a.ts': "import type one from 'typescript';\nimport ts from 'typescript';" },
  ['src/code/a.ts:2'],
  { 'src/code/a.ts': "import ts from './typescript.cts';" },
);

breach(
  'a working tree written past its stage',
  imports.treesAreOnlyRead,
  { 'src/code/a.ts': "import { readFile, writeFile } from 'node:fs/promises';\nimport * as fs from 'node:fs';" },
  ['src/code/a.ts:1', 'src/code/a.ts:2'],
  {
    'src/code/a.ts': "import { readFile } from 'node:fs/promises';",
    'src/code/tree/tree.ts': "import { writeFile } from 'node:fs/promises';",
  },
);

breach(
  'a wall walked through unseen',
  imports.importsShowWalls,
  { 'src/db/a.ts': "import '../core/plan.ts';\nimport '#db/b';\nimport './b';" },
  ['src/db/a.ts:1', 'src/db/a.ts:2', 'src/db/a.ts:3'],
  {
    'src/db/sql/a.ts': "import '#core/plan';\nimport '../b.ts';",
    'src/db/a.test.ts': "import '../../test/support/x.ts';",
  },
);

breach('an undeclared package', imports.importsAreDeclared(['@a/b']), { [plan]: "import 'pg';" }, [`${plan}:1`], {
  [plan]: "import '@a/b/deep';\nimport 'node:crypto';",
});

breach(
  'a cycle, once',
  imports.noImportCycles,
  {
    'src/db/a.ts': "import './b.ts';",
    'src/db/b.ts': "import type { C } from './c.ts';",
    'src/db/c.ts': "\nexport * from './a.ts';",
  },
  ['src/db/c.ts:2'],
  { 'src/db/a.ts': "import './b.ts';\nimport './c.ts';", 'src/db/b.ts': "import './c.ts';", 'src/db/c.ts': '' },
);

breach(
  'a clock, chance, the process and files in a pure place',
  imports.middleIsPure,
  {
    [plan]: "import 'pg';\nexport const at = () => new Date();",
    'src/db/operations/a.ts': "import 'node:fs';\nexport const n = Date.now() + Math.random();",
    'src/report/text.ts': 'export const text = (width = process.stdout.columns) => console.log(width);',
  },
  [`${plan}:1`, `${plan}:2`, 'src/db/operations/a.ts:1', 'src/db/operations/a.ts:2', 'src/db/operations/a.ts:2'].concat(
    ['src/report/text.ts:1', 'src/report/text.ts:1'],
  ),
  {
    [plan]: "import { createHash } from 'node:crypto';\nexport const at = (iso: string) => new Date(iso);",
    'src/db/operations/a.ts': 'export const a = (performance: { now: () => number }) => performance.now();',
    'src/report/text.ts': 'export const text = (run: { process: string }) => run.process;',
    'src/run/apply.ts': 'export const now = () => Date.now();',
    'src/core/plan.test.ts': "import 'node:fs';",
  },
);

breach(
  'a plug that is not on its shelf, or imported and not listed',
  shelvesAreComplete,
  {
    ...operation,
    ...addColumn,
    ...driver,
    'src/db/operations/index.ts': "import { addColumn } from './add-column.ts';\nexport const operations = [];",
    'src/db/drivers/index.ts': 'export const drivers = [];',
    'src/db/drivers/postgres/index.ts': "export const postgres = { name: 'postgres' };",
  },
  ['src/db/operations/index.ts:1', 'src/db/drivers/index.ts:1'],
  {
    ...operation,
    ...addColumn,
    ...driver,
    'src/db/operations/index.ts':
      "import { addColumn } from './add-column.ts';\nexport const operations = [addColumn];",
    'src/db/drivers/index.ts': "export const drivers = { postgres: () => import('./postgres/index.ts') };",
    'src/db/drivers/postgres/index.ts': "export const postgres = { name: 'postgres' };",
  },
);

breach('a shelf without an index', shelvesAreComplete, { ...operation, ...addColumn }, ['src/db/operation.ts:1'], {
  ...operation,
});

breach(
  'an id that is not the file name, and none at all',
  idsAreFileNames,
  {
    ...operation,
    'src/db/operations/add-column.ts': "export const addColumn = {\n  id: 'add-colum',\n};",
    'src/db/operations/drop-column.ts': 'export const dropColumn = 1;',
    'src/db/operations/pg/vacuum.ts': "export const vacuum = { id: 'vacuum' };",
  },
  ['src/db/operations/add-column.ts:2', 'src/db/operations/drop-column.ts:1', 'src/db/operations/pg/vacuum.ts:1'],
  {
    ...operation,
    ...addColumn,
    ...driver,
    'src/db/drivers/postgres/index.ts': "export const postgres: Driver = makeDriver({ name: 'postgres' });",
    'src/db/operations/pg/vacuum.ts': "export const vacuum = { id: 'pg/vacuum' } satisfies Operation;",
  },
);

const lines = (count: number) => '\n'.repeat(count);
const body = (count: number) => `/** Does. */\nexport function a() {${lines(count - 1)}}`;
breach('a function of 61 lines', style.functionsAreShort, { 'bench/a.ts': body(61) }, ['bench/a.ts:2'], {
  'bench/a.ts': body(60),
  'src/db/a.test.ts': body(90),
});
breach('a file of 301 lines', style.filesAreShort, { [plan]: lines(301) }, [`${plan}:301`], {
  [plan]: lines(300),
  'src/core/plan.test.ts': lines(400),
});
breach(
  'a cast, a `!`, `any` and an enum',
  style.typesAreHonest,
  { [plan]: 'const a = b as string;\nconst c = d!;\nlet e!: number;\ntype F = any;\nenum G {}' },
  [1, 2, 3, 4, 5].map((line) => `${plan}:${line}`),
  {
    [plan]:
      "import { a as b } from './a.ts';\nconst c = [1] as const;\nconst d = !b;\nconst e = { any: 1 } satisfies F;",
  },
);
breach(
  'a default export',
  style.exportsAreNamed,
  { [plan]: 'export default 1;', 'src/a.ts': 'export { a as default };' },
  [`${plan}:1`, 'src/a.ts:1'],
  { [plan]: 'export function a(b: 1 | 2) { switch (b) { default: return b; } }' },
);
breach('a note of unfinished work', style.nothingIsLeftOpen, { [plan]: `\n// ${'TO'}${'DO'}: later` }, [`${plan}:2`], {
  [plan]: '// todos are data here',
});
breach(
  'a test held back',
  style.everyTestRuns,
  { 'test/a.test.ts': "it.skip('a', b);\ndescribe.only('c', d);" },
  ['test/a.test.ts:1', 'test/a.test.ts:2'],
  { 'test/a.test.ts': "it.each([1])('a', b);\nconst c = rows.skip;" },
);
breach('a name in camel case', style.namesAreKebabCase, { 'src/db/dropColumn.ts': '' }, ['src/db/dropColumn.ts:1'], {
  'src/db/drop-column.test.ts': '',
});

it('reports a dependency without a line', () => {
  const page = '| `pg` | the client |\nA word on `zod`.';
  expect(dependenciesAreExplained(['pg', 'zod'], page).map(({ message }) => message.split(' ')[0])).toEqual(['zod']);
});

it('reports a platform missing from the lock, and an address', () => {
  const lock = {
    packages: {
      '': { dependencies: { a: '1' } },
      'node_modules/a': { dependencies: { b: '1', c: '1' }, optionalDependencies: { 'a-darwin': '1' } },
      'node_modules/a/node_modules/b': {},
      'node_modules/c': { resolved: 'https://example.org/c.tgz' },
    },
  };
  const named = lockIsComplete(JSON.stringify(lock)).map(({ message }) => message.split(/[, ]/)[0]);
  expect(named).toEqual(['a-darwin', 'node_modules/c']);
});

it('reports a path or host of one machine', () => {
  const folder = ['', 'ro'.concat('ot'), 'x'].join('/');
  const host = ['https://regis', 'try.npm', 'js.org'].join('');
  const page = { 'README.md': `see docs/root/x\ncd ${folder}\nfrom ${host}` };
  expect(places(style.nothingNamesAMachine(page))).toEqual(['README.md:2', 'README.md:3']);
});
