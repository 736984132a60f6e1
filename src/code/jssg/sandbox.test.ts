import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openSandbox, type Sandbox } from './sandbox.ts';

const opened: { readonly sandbox: Sandbox; readonly home: string }[] = [];
afterEach(() => {
  for (const { sandbox, home } of opened.splice(0)) {
    sandbox.close();
    rmSync(home, { recursive: true, force: true });
  }
});

type Given = {
  /** Files of the package; `t.ts` is the transform. */
  readonly pack: Readonly<Record<string, string>>;
  readonly tree?: Readonly<Record<string, string>>;
  readonly grants?: { readonly files?: boolean; readonly network?: boolean };
  readonly isWorkspace?: boolean;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
};

function open({ pack, tree = {}, grants = {}, isWorkspace = false, timeoutMs = 20_000, signal }: Given) {
  const home = mkdtempSync(join(tmpdir(), 'godwit-sandbox-'));
  const write = (folder: string, files: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries({ 'package.json': '{}', ...files })) {
      mkdirSync(dirname(join(home, folder, path)), { recursive: true });
      writeFileSync(join(home, folder, path), text);
    }
  };
  write('pack', pack);
  write('tree', tree);
  const target = join(home, 'tree');
  const sources = Object.keys(tree).filter((path) => /\.ts$/.test(path));
  const sandbox = openSandbox({
    start: {
      flavour: 'jssg',
      script: join(home, 'pack/t.ts'),
      packageFolder: join(home, 'pack'),
      targetFolder: target,
      language: 'typescript',
      params: { suffix: '!' },
      state: { before: 1 },
      semantic: isWorkspace
        ? { scope: 'workspace', root: target, files: sources.map((path) => join(target, path)) }
        : { scope: 'file' },
      grants: { files: false, run: false, network: false, ...grants },
      overlay: [],
      isTest: false,
      isDryRun: false,
    },
    timeoutMs,
    memoryMb: 256,
    env: { PATH: process.env.PATH },
    signal: signal ?? new AbortController().signal,
  });
  opened.push({ sandbox, home });
  const transform = (path: string, text: string) => sandbox.transform(join(target, path), text);
  return { sandbox, home, transform, at: (path: string) => join(target, path) };
}

/** A transform whose whole text is the answer of an expression. */
function answering(expression: string, imports = ''): string {
  return `${imports}\nexport default async function transform(root: any, options: any) {\n  return String(${expression});\n}\n`;
}

describe('a transform in its process', () => {
  it('is TypeScript with imports of its own, and sees the file, its parameters and the tree', async () => {
    const pack = {
      'package.json': '{"type":"module"}',
      'tsconfig.json': '{"compilerOptions":{"paths":{"~/*":["./lib/*"]}}}',
      't.ts': `import type { SgRoot } from 'codemod:ast-grep';
        import { parse } from 'codemod:ast-grep';
        import { readFileSync, existsSync } from 'node:fs';
        import { mark } from './helper';
        import { other } from '~/other';
        import legacy from './legacy.cjs';
        export default function transform(root: SgRoot, options: { params: Record<string, string> }): string {
          const kind = parse('css', 'a { b: c }').root().child(0)!.kind();
          return [mark, other, legacy.name, options.params.suffix, root.relativeFilename(), kind, root.root().find('f($A)')!.getMatch('A')!.text(),
            readFileSync('note.txt', 'utf8'), existsSync('/etc/hostname')].join(' ');
        }`,
      'helper.ts': "export const mark: string = 'mark';",
      'lib/other.ts': "export const other = 'other';",
      'legacy.cjs': "exports.name = require('node:path').basename(__filename);",
    };
    const { transform } = open({ pack, tree: { 'src/a.ts': '', 'note.txt': 'note' } });
    const answer = await transform('src/a.ts', 'f(1)');
    expect(answer).toMatchObject({ kind: 'done', text: 'mark other legacy.cjs ! src/a.ts rule_set 1 note false' });
  });

  it('has its modules anew for each file, and a state that stays', async () => {
    const imports = "import { getState, setState } from 'codemod:workflow'; let calls = 0;";
    const { transform, sandbox } = open({
      pack: {
        't.ts': `${imports}\nexport default () => { calls += 1; setState('all', (getState('all') ?? 0) + 1); return calls + ' ' + getState('all') + ' ' + getState('before'); };`,
      },
    });
    await transform('a.ts', '');
    expect(await transform('b.ts', '')).toMatchObject({ text: '1 2 1' });
    expect((await sandbox.finish()).state).toEqual({ before: 1, all: 2 });
  });

  it('changes other files, renames its own, and leaves the disk alone', async () => {
    const script = `import { writeFileSync, readFileSync, unlinkSync } from 'fs';
      export default (root) => { writeFileSync('new/b.txt', 'b'); unlinkSync('gone.txt'); root.rename('c.mts'); return readFileSync('new/b.txt', 'utf8'); };`;
    const { transform, at } = open({ pack: { 't.ts': script }, tree: { 'a.ts': 'a', 'gone.txt': '' } });
    expect(await transform('a.ts', 'a')).toEqual({
      kind: 'done',
      text: 'b',
      renamedTo: at('c.mts'),
      others: [
        [at('new/b.txt'), 'b'],
        [at('gone.txt'), null],
      ],
      warnings: [],
    });
  });

  it('is called only where its selector matches', async () => {
    const script =
      "export const getSelector = () => ({ rule: { pattern: 'f($A)' } });\nexport default (root, { matches }) => String(matches.length);";
    const { transform } = open({ pack: { 't.ts': script } });
    expect(await transform('a.ts', 'g(1)')).toMatchObject({ kind: 'done' });
    expect(await transform('a.ts', 'f(1); f(2)')).toMatchObject({ text: '2' });
  });
});

describe('names', () => {
  const script = `export default (root) => {
    const name = root.root().findAll('a').at(-1);
    const found = name.definition();
    const more = found?.node.definition();
    return JSON.stringify([found?.kind, found?.node.text(), more?.kind, more?.root.relativeFilename(), more?.node.kind()]);
  };`;
  const tree = { 'm.ts': 'const b = 1; export { b as a };', 'n.ts': "import { a } from './m'; a;" };

  it('are found in the file, and no further without a workspace', async () => {
    const { transform } = open({ pack: { 't.ts': script }, tree });
    expect(await transform('n.ts', tree['n.ts'])).toMatchObject({
      text: '["local","a","import","n.ts","import_specifier"]',
    });
  });

  it('are followed into other files of a workspace, and found there', async () => {
    const { transform } = open({ pack: { 't.ts': script }, tree, isWorkspace: true });
    expect(await transform('n.ts', tree['n.ts'])).toMatchObject({
      text: '["local","a","external","m.ts","identifier"]',
    });
    const renaming = `export default (root) => {
      const name = root.root().find({ rule: { kind: 'identifier', regex: '^f$', inside: { kind: 'function_declaration' } } });
      for (const { root: other, nodes } of name?.references() ?? []) {
        if (other.filename() !== root.filename()) other.write(other.root().commitEdits(nodes.map((node) => node.replace('g'))));
      }
      return null;
    };`;
    const files = { 'm.ts': 'export function f() {}', 'n.ts': "import { f } from './m'; f(); { const f = 1; f; }" };
    const second = open({ pack: { 't.ts': renaming }, tree: files, isWorkspace: true });
    expect(await second.transform('m.ts', files['m.ts'])).toMatchObject({
      others: [[second.at('n.ts'), "import { g } from './m'; g(); { const f = 1; f; }"]],
    });
  });
});

describe('the fence', () => {
  it.each([
    [
      'reads outside of the tree',
      "import { readFileSync } from 'node:fs';",
      "readFileSync('/etc/hostname', 'utf8')",
      /EACCES/,
    ],
    [
      'reads through a link that leads out',
      "import { readFileSync } from 'node:fs';",
      "readFileSync('link/hostname', 'utf8')",
      /EACCES/,
    ],
    ['writes outside of the tree', "import { writeFileSync } from 'node:fs';", "writeFileSync('../x', '')", /EACCES/],
    [
      'reads by Node’s own modules',
      '',
      "process.getBuiltinModule?.('fs').readFileSync('/etc/hostname') ?? process.binding('fs')",
      /restricted|denied|EACCES/i,
    ],
    ['starts a program', "import { execSync } from 'node:child_process';", "execSync('id')", /--allow-run/],
    [
      'starts a worker',
      "import { Worker } from 'node:worker_threads';",
      "new Worker('1', { eval: true })",
      /--allow-run/,
    ],
    ['fetches', '', "await fetch('http://127.0.0.1:1')", /--allow-network/],
    [
      'finds its way to the network without importing it',
      '',
      "await new Promise((done, no) => { const s = process.getBuiltinModule('node:net').connect(1, '127.0.0.1'); s.on('error', no).on('connect', done); })",
      /--allow-network/,
    ],
    [
      'asks names of servers',
      "import { createRequire } from 'node:module';",
      "await new Promise((done, no) => createRequire(import.meta.url)('node:dns').lookup('localhost', (error, at) => (error ? no(error) : done(at))))",
      /--allow-network/,
    ],
    ['imports what opens connections', "import net from 'node:net';", 'net', /--allow-network/],
    ['ends the process', '', 'process.exit(0)', /process.exit/],
    ['asks a language model', "import { generate } from 'codemod:llm';", 'generate', /language model/],
  ])('holds a transform that %s', async (_, imports, expression, why) => {
    const { transform, home } = open({ pack: { 't.ts': answering(expression, imports) }, tree: { 'a.ts': '' } });
    symlinkSync('/etc', join(home, 'tree/link'));
    const answer = await transform('a.ts', 'a');
    expect(answer.kind === 'failed' ? answer.why : answer).toMatch(why);
  });

  it('lets through what is granted', async () => {
    const { transform } = open({
      pack: {
        't.ts': answering(
          "readFileSync('/etc/passwd', 'utf8').length > 0",
          "import { readFileSync } from 'node:fs'; import 'node:net';",
        ),
      },
      grants: { files: true, network: true },
    });
    expect(await transform('a.ts', 'a')).toMatchObject({ text: 'true' });
  });
});

describe('what goes wrong', () => {
  it('is an answer, and the next file is done', async () => {
    const script =
      "export default (root) => { if (root.source() === 'loop') for (;;); if (root.source() === 'die') process.abort(); if (root.source() === 'throw') throw new Error('no'); return 1 > 0 ? 'done' : null; };";
    const { transform } = open({ pack: { 't.ts': script }, timeoutMs: 4_000 });
    expect(await transform('a.ts', 'throw')).toEqual({ kind: 'failed', why: 'no', isWhole: false });
    expect(await transform('a.ts', 'loop')).toMatchObject({
      kind: 'failed',
      why: expect.stringMatching(/longer than 4 s/),
      isWhole: false,
    });
    expect(await transform('a.ts', 'die')).toMatchObject({ kind: 'failed', isWhole: false });
    expect(await transform('a.ts', 'a')).toMatchObject({ text: 'done' });
  });

  it.each([
    ['no function', 'export const a = 1;', /exports no function/],
    ['a broken module', 'export default (', /./],
    ['a module that is not there', "import './missing'; export default () => null;", /missing/],
    ['another kind of answer', 'export default () => 5;', /returned a number/],
  ])('says so for %s', async (_, script, why) => {
    const { transform } = open({ pack: { 't.ts': script } });
    const answer = await transform('a.ts', 'a');
    expect(answer.kind === 'failed' ? answer.why : answer).toMatch(why);
  });

  it('stops at once when it is told to', async () => {
    const stop = new AbortController();
    const { transform } = open({ pack: { 't.ts': 'export default () => { for (;;); };' }, signal: stop.signal });
    const running = transform('a.ts', 'a');
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
  });
});
