import { expect, it } from 'vitest';
import type { Finding } from '#core/finding';
import { predicted } from '../../../test/support/predicted.ts';

const settings = JSON.stringify({
  compilerOptions: {
    module: 'esnext',
    moduleResolution: 'bundler',
    target: 'es2022',
    strict: true,
    skipLibCheck: true,
    types: [],
  },
});

function typed(old: string, now: string) {
  const files = (types: string, more: string) => ({
    'package.json': `{ "main": "index.js", "types": "index.d.ts"${more} }`,
    'index.js': '',
    'index.d.ts': types,
  });
  return { 'lib@1.0.0': files(old, ''), 'lib@2.0.0': files(now, '') };
}

async function told(packages: ReturnType<typeof typed>, tree: Readonly<Record<string, string>>) {
  const { findings } = await predicted({ packages, tree, upgrades: [['lib', '1.0.0', '2.0.0']] });
  return findings.map((finding) => `${placeOf(finding)} ${finding.message}`).sort();
}

function placeOf({ line, column }: Finding): string {
  return `${line}:${column}`;
}

it('names an option by its own name, of types with a name and without', async () => {
  const old = `
export type Common = { onIssue: (text: string) => void; path: string } | undefined;
export type Text = string & { brand?: true };
export declare function parse(text: string, options?: Partial<NonNullable<Common>>): Text;
export declare function text(options?: { need?: string; message?: string } & { force?: true }): Text;
`;
  const now = `
export type Text = string & { brand?: true };
export declare function parse(text: string, options?: { path?: string }): Text;
export declare function text(options?: string | { message?: string }): Text;
export declare function text<Value extends string>(options?: string | { message?: string }): Value;
`;
  const app = `import { parse, text } from 'lib';
export const a = parse('x', { onIssue: () => {} });
export const b = text({ need: 'b' });
export const c = text({ message: 'c' });
`;
  expect(await told(typed(old, now), { 'tsconfig.json': settings, 'app.ts': app })).toEqual([
    '2:31 lib@2.0.0 does not take the option Common.onIssue any more.',
    '3:25 lib@2.0.0 does not take the option text.need any more.',
  ]);
});

it('lays a callback that is not taken to what it is given to, and not to what stands in it', async () => {
  const old = `
export interface Issue { message: string; path: string }
export type Effects = { kind: 'effects' };
export declare class Schema { refine(check: (value: string) => boolean, issue?: Partial<Issue> | ((value: string) => Partial<Issue>)): Effects }
`;
  const now = `
export interface Issue { message: string; path: string }
export declare class Schema { refine(check: (value: string) => boolean, issue?: Partial<Issue>): Schema }
`;
  const app = `import { type Effects, Schema } from 'lib';
export const made: Effects = new Schema().refine((value) => value !== '',
  (value) => ({ message: value }));
`;
  expect(await told(typed(old, now), { 'tsconfig.json': settings, 'app.ts': app })).toEqual([
    '1:15 lib@2.0.0 does not export Effects any more.',
    '3:3 Schema.refine does not take this argument any more in lib@2.0.0.',
  ]);
});

it('tells a value that is only a type, and a type that is only a value, as what they are', async () => {
  const old = `
declare namespace paint { interface Paint { bold(text: string): string } }
declare const paint: paint.Paint & { Color: 'red' | 'blue' };
export = paint;
`;
  const now = `
interface PaintInstance { bold(text: string): string }
declare const paint: PaintInstance;
export default paint;
export type Color = 'red' | 'blue';
export declare const Paint: new () => PaintInstance;
`;
  const app = `import paint, { Color, Paint } from 'lib';
export const color: typeof Color = 'red';
export const mine: Paint = paint;
`;
  const { findings } = await predicted({
    packages: typed(old, now),
    tree: { 'tsconfig.json': settings.replace('{"module"', '{"esModuleInterop":true,"module"'), 'app.ts': app },
    upgrades: [['lib', '1.0.0', '2.0.0']],
  });
  expect(findings.map((finding) => `${placeOf(finding)} ${finding.message} ${finding.cure}`).sort()).toEqual([
    '2:28 paint.Color cannot be used as a value like this in lib@2.0.0. It is a type itself now: write it without `typeof`.',
    expect.stringMatching(/^3:20 paint\.Paint is no type any more in lib@2\.0\.0\./),
  ]);
});

it('says of JavaScript what the default export of an ES module does not have either, beside that it is one', async () => {
  const old = `
declare namespace paint { interface Paint { red(text: string): string; keyword(name: string): Paint } }
declare const paint: paint.Paint & { stderr: paint.Paint };
export = paint;
`;
  const now = `
interface PaintInstance { red(text: string): string }
declare const paint: PaintInstance;
export default paint;
`;
  const packages = typed(old, now);
  const manifest =
    '{ "type": "module", "types": "index.d.ts", "exports": { "types": "./index.d.ts", "default": "./index.js" } }';
  const script = `const paint = require('lib');
const { red, keyword } = paint;
exports.all = [
  paint.red('a'),
  paint.keyword('b'),
  paint.stderr.red('c'), red, keyword,
];
`;
  const esm = { ...packages, 'lib@2.0.0': { ...packages['lib@2.0.0'], 'package.json': manifest } };
  expect(await told(esm, { 'app.js': script })).toEqual([
    '1:7 lib@2.0.0 is an ES module, and this is run as require().',
    '2:14 paint.Paint.keyword is gone in lib@2.0.0.',
    '2:9 lib@2.0.0 is an ES module: the module itself is not paint any more, its default export is.',
    '4:9 lib@2.0.0 is an ES module: the module itself is not paint any more, its default export is.',
    '5:9 paint.Paint.keyword is gone in lib@2.0.0.',
    '6:9 paint.stderr is gone in lib@2.0.0.',
  ]);
});

it('says what makes a package an ES module where it called itself one before', async () => {
  const packages = typed('export declare const a: 1;', 'export declare const a: 1;');
  const manifest = (entry: string) => `{ "type": "module", "types": "index.d.ts", "exports": { ".": ${entry} } }`;
  const { facts } = await predicted({
    packages: {
      'lib@1.0.0': {
        ...packages['lib@1.0.0'],
        'package.json': manifest('{ "import": "./index.js", "require": "./index.cjs" }'),
        'index.cjs': '',
      },
      'lib@2.0.0': { ...packages['lib@2.0.0'], 'package.json': manifest('"./index.js"') },
    },
    tree: { 'app.ts': "import { a } from 'lib';\nexport const b = a;\n" },
    upgrades: [['lib', '1.0.0', '2.0.0']],
  });
  expect(facts).toMatchObject([
    {
      rule: 'package/esm-only',
      before: '"exports": {"import":"./index.js","require":"./index.cjs"}',
      after: '"exports": "./index.js"',
    },
  ]);
});
