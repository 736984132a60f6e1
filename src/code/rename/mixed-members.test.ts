import { describe, expect, it } from 'vitest';
import type { Files } from '../../../test/support/move-files.ts';
import { studyRenameOf } from '../../../test/support/rename-files.ts';

const tsconfig = JSON.stringify({
  compilerOptions: { module: 'preserve', target: 'es2022', lib: ['es2022'], types: [], strict: true, jsx: 'preserve' },
});
const opts =
  'export interface Opts { verbose?: boolean; level?: number }\nexport function run(o: Opts = {}) { return o.verbose; }\n';
const wish = 'a.ts#Opts.verbose=loud';

async function refused(sources: Files, ...wishes: readonly string[]): Promise<readonly string[]> {
  const { obstacles } = await studyRenameOf({ 'tsconfig.json': tsconfig, ...sources }, wishes);
  return obstacles.map(({ file, line, why }) => `${file}:${line} ${why}`);
}

describe('an object that is taken as the type by its structure is refused, with where it is declared and where it is taken', () => {
  const uses: Readonly<Record<string, readonly [text: string, declared: number, taken: number]>> = {
    'a variable': ['const p = { verbose: true, level: 1 };\nrun(p);', 2, 3],
    'a shorthand': ['const [verbose, level] = [true, 1];\nconst p = { verbose, level };\nrun(p);', 3, 4],
    'a spread': ['const base = { verbose: true };\nexport const o: Opts = { ...base, level: 3 };', 2, 3],
    'a spread into an argument': ['const base = { verbose: true };\nrun({ level: 3, ...base });', 2, 3],
    'Object.assign': ['run(Object.assign({ level: 3 }, { verbose: true }));', 2, 2],
    'Object.assign to one': ['const o: Opts = {};\nObject.assign(o, { verbose: true });', 3, 3],
    'what a function returns': ['function mk() { return { verbose: true, level: 4 }; }\nrun(mk());', 2, 3],
    'a function that is passed': [
      'function mk() { return { verbose: true, level: 4 }; }\nfunction take(f: () => Opts) { return f(); }\ntake(mk);',
      2,
      4,
    ],
    'elements of an array': ['[1].map((level) => ({ level, verbose: true })).map(run);', 2, 2],
    'an array': ['const all = [{ level: 1, verbose: true }];\nexport const many: readonly Opts[] = all;', 2, 3],
    'a set': ['const all = new Set([{ level: 1, verbose: true }]);\nexport const many: Iterable<Opts> = all;', 2, 3],
    'a map': [
      'const all = new Map([[1, { level: 1, verbose: true }]]);\nexport const many: Iterable<[number, Opts]> = all;',
      2,
      3,
    ],
    'a promise': [
      'const one = Promise.resolve({ level: 1, verbose: true });\nexport const o: Promise<Opts> = one;',
      2,
      3,
    ],
    'an async function': [
      'const p = { level: 1, verbose: true };\nexport async function f(): Promise<Opts> { return p; }',
      2,
      3,
    ],
    'a member': ['const p = { level: 1, verbose: true };\nexport const o: { a: Opts } = { a: p };', 2, 3],
    'a member of a variable': [
      'const p = { a: { level: 1, verbose: true } };\nexport const o: { a?: Opts } = p;',
      2,
      3,
    ],
    'a record': ['const p = { a: { level: 1, verbose: true } };\nexport const o: Record<string, Opts> = p;', 2, 3],
    'a cast': ['const p = { level: 1, verbose: true };\nexport const o = p as Opts;', 2, 3],
    satisfies: ['const p = { level: 1, verbose: true };\nexport const o = p satisfies Opts;', 2, 3],
    'an assignment': ['const p = { level: 1, verbose: true };\nlet o: Opts;\no = p;', 2, 4],
    'an assignment of parts': [
      'const p = { a: { level: 1, verbose: true } };\nlet o: Opts;\n({ a: o } = p);\nrun(o);',
      2,
      4,
    ],
    'a branch': [
      'declare const given: Opts;\nconst p = { level: 1, verbose: true };\nexport const o = given.level ? given : p;',
      3,
      4,
    ],
    'another value': [
      'declare const given: Opts | undefined;\nconst p = { level: 1, verbose: true };\nexport const o = given ?? p;',
      3,
      4,
    ],
    'an array of both': [
      'declare const given: Opts;\nconst p = { level: 1, verbose: true };\nexport const o = [given, p];',
      3,
      4,
    ],
    'several returns': [
      'declare const given: Opts;\nconst p = { level: 1, verbose: true };\nexport function f() { if (given.level) return given; return p; }',
      3,
      4,
    ],
    'arguments that are spread': [
      'const p = [{ level: 1, verbose: true }] as const;\nconst all = [...p];\ndeclare function many(...o: Opts[]): void;\nmany(...all);',
      2,
      5,
    ],
    'a default': ['const p = { level: 1, verbose: true };\nexport function f(o: Opts = p) { return o; }', 2, 3],
    'a class without implements': ['class P { verbose = true; level = 1; }\nrun(new P());', 2, 3],
    'a base of a class that implements it': [
      'class P { verbose = true; }\nexport class Q extends P implements Opts {}',
      2,
      3,
    ],
    'a constraint': [
      'function f<T extends { verbose?: boolean; level?: number }>(o: T) { return o.verbose; }\nexport const o = f<Opts>({ level: 1 });',
      2,
      3,
    ],
    'a constraint that is inferred': [
      'declare const given: Opts;\nfunction f<T extends { verbose?: boolean; level?: number }>(o: T) { return o.verbose; }\nexport const o = f(given);',
      3,
      4,
    ],
    'a constraint of a type': [
      'type F<T extends { verbose?: boolean; level?: number }> = { o: T };\nexport declare const o: F<Opts>;',
      2,
      3,
    ],
    'a reader': [
      'declare const given: Opts;\nfunction f(o: { verbose?: boolean; level?: number }) { return o.verbose; }\nf(given);',
      3,
      4,
    ],
    'a guard': [
      'export function is(o: { level: number; verbose?: boolean }): o is { level: 1 } & Opts { return o.level === 1; }',
      2,
      2,
    ],
    'a member of the new name': ['const p = { loud: true, level: 1 };\nrun(p);', 2, 3],
  };
  for (const [name, [text, declared, taken]] of Object.entries(uses)) {
    it(name, async () => {
      const files = {
        'a.ts': opts,
        'main.ts': `import { run, type Opts } from './a';\n${text}\nexport type O = Opts;\nrun();\n`,
      };
      const said = (await refused(files, wish)).join('\n');
      expect(said).toMatch(new RegExp(`^main\\.ts:${declared} \`(verbose|loud)\` `, 'm'));
      if (declared !== taken) expect(said).toContain(`main.ts:${taken}`);
    });
  }

  it('an attribute', async () => {
    const files = {
      'a.tsx':
        'declare namespace JSX { interface Element {} interface IntrinsicElements {} }\nexport interface Opts { verbose?: boolean; level?: number }\nexport const Box = (_: Opts) => 0 as unknown as JSX.Element;\nconst p = { verbose: true, level: 1 };\nexport const one = <Box {...p} />;\n',
    };
    expect((await refused(files, 'a.tsx#Opts.verbose=loud')).join('\n')).toMatch(/^a\.tsx:4 `verbose` /m);
  });

  it('a hook of a class', async () => {
    const files = {
      'a.ts':
        'export interface MaybeHook { onInit?(): string; on?: 1 }\nexport function boot(o: MaybeHook) { return o.onInit?.(); }\n',
      'main.ts':
        "import { boot } from './a';\nclass Thing { on = 1 as const; onInit() { return 'yes'; } }\nboot(new Thing());\n",
    };
    expect(await refused(files, 'a.ts#MaybeHook.onInit=onStart')).toEqual([
      'main.ts:2 `onInit` here would no longer be the one declared at a.ts:1, as which it is taken at main.ts:3',
    ]);
  });

  it('a member of a class by Object.assign', async () => {
    const files = {
      'a.ts':
        "export class Model { title = 't'; getTitle() { return this.title; } }\nObject.assign(new Model(), { title: 'new' });\n",
    };
    expect((await refused(files, 'a.ts#Model.title=caption')).join('\n')).toMatch(/^a\.ts:2 `title` /m);
  });

  it('in JavaScript', async () => {
    const files = {
      'tsconfig.json': '{ "files": [] }',
      'a.js':
        'export const opts = { verbose: false };\nconst patch = { verbose: true };\nObject.assign(opts, patch);\n',
    };
    expect((await refused(files, 'a.js#opts.verbose=loud')).join('\n')).toMatch(/^a\.js:2 `verbose` .* a\.js:3/m);
  });
});

describe('what is only alike is left alone', () => {
  const cases: Readonly<Record<string, string>> = {
    'an object of another type': 'const p = { verbose: true };\nexport const v = p.verbose;',
    'objects of the type': 'const o: Opts = { verbose: true };\nrun({ ...o, level: 2 });\nrun(o);\n[o].map(run);',
    'a part of the type':
      'const o: Partial<Opts> = { verbose: true };\nconst p: Pick<Opts, "level"> = o;\nrun(o);\nrun(p);\nrun({ ...p });',
    'a union with another type':
      'type Other = { kind: 1; verbose: string };\nfunction f(o: Opts | Other) { return o; }\nconst p: Other = { kind: 1, verbose: "" };\nf(p);',
    'errors and functions':
      'run({ level: Error.length });\nconst e: unknown = new Error();\nrun({ verbose: e instanceof Error });',
    'objects that are taken apart':
      'const o: Opts = {};\nconst { verbose } = o;\nlet other;\n({ verbose: other } = o);\nfunction f({ verbose: v } = o) { return v; }\nf(o);\n[verbose, other];',
    'what is awaited and taken apart':
      'export async function f(p: Promise<Opts>, o?: Opts) {\n  const { verbose } = await p;\n  const { verbose: v } = o ?? (await p);\n  const { verbose: w } = o ? o : (await p)!;\n  return [verbose, v, w];\n}',
    'an untyped value': 'run(JSON.parse("{}"));',
  };
  for (const [name, text] of Object.entries(cases)) {
    it(name, async () => {
      const files = {
        'a.ts': opts,
        'main.ts': `import { run, type Opts } from './a';\n${text}\nexport type O = Opts;\nrun();\n`,
      };
      expect(await refused(files, wish)).toEqual([]);
    });
  }
});

it('an object beside the type is renamed with it where both are wished', async () => {
  const files = {
    'tsconfig.json': tsconfig,
    'a.ts': opts,
    'main.ts': "import { run } from './a';\nconst p = { verbose: true, level: 1 };\nrun(p);\n",
  };
  const study = await studyRenameOf(files, [wish, 'main.ts#p.verbose=loud']);
  expect(study.obstacles).toEqual([]);
  expect(study.changed.get('main.ts')).toContain('const p = { loud: true, level: 1 };');
});

it('an export that a module is asked for when it is needed is renamed in its pattern', async () => {
  const files = {
    'tsconfig.json': tsconfig,
    'a.ts': 'export const users = [1];\n',
    'main.ts': "export async function f() {\n  const { users } = await import('./a');\n  return users;\n}\n",
  };
  const study = await studyRenameOf(files, ['a.ts#users=people']);
  expect(study.obstacles).toEqual([]);
  expect(study.changed.get('main.ts')).toContain('const { people: users } = await');
});
