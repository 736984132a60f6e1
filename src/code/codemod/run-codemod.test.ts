import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryTree } from '../engine/memory-tree.ts';
import { runProcess } from '../process/run-process.ts';
import { readCodemodPackage } from './codemod-package.ts';
import type { CodemodOptions } from './codemod-work.ts';
import { runCodemod } from './run-codemod.ts';

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'godwit-codemod-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

type Files = Readonly<Record<string, string>>;

function write(folder: string, files: Files): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, folder, path)), { recursive: true });
    writeFileSync(join(home, folder, path), text);
  }
  return join(home, folder);
}

let count = 0;

/** Runs a workflow, given as YAML, on a tree. */
async function run(
  workflow: string,
  given: {
    readonly files?: Files;
    readonly tree?: Files;
    readonly options?: Partial<CodemodOptions>;
    readonly manifest?: string;
  } = {},
) {
  count += 1;
  const { files = {}, tree = { 'a.ts': 'old(1);\n' }, options = {}, manifest = '' } = given;
  const folder = write(`pack-${count}`, {
    'codemod.yaml': `name: "@t/p"\n${manifest}`,
    'workflow.yaml': workflow,
    'package.json': '{"type":"module"}',
    ...files,
  });
  const root = write(`tree-${count}`, tree);
  return runCodemod(await readCodemodPackage(folder), memoryTree(tree), {
    root,
    params: {},
    grants: { files: false, run: false, network: false },
    confirmed: new Set(),
    skip: new Set(),
    openScratch: undefined,
    runProcess,
    env: { PATH: process.env.PATH },
    limits: { fileMs: 20_000, programMs: 20_000, memoryMb: 256 },
    signal: new AbortController().signal,
    ...options,
  });
}

const renaming =
  "export default (root, { params }) => root.root().commitEdits(root.root().findAll('old').map((node) => node.replace(params.to ?? 'fresh')));";

/** A node that runs rename.js on everything. */
function renameNode(id: string, more = ''): string {
  return `  - id: ${id}\n${more}    steps:\n      - name: rename\n        js-ast-grep: { js_file: rename.js, language: typescript }\n`;
}

describe('runCodemod', () => {
  it('runs transforms on what a step selects, each on what the one before has done', async () => {
    const workflow = `nodes:
  - id: second
    depends_on: [first]
    steps:
      - name: upper
        js-ast-grep: { js_file: upper.js, language: typescript, include: ["src/**"] }
${renameNode('first')}`;
    const tree = { 'src/a.ts': '\uFEFFold(1);\r\n', 'b.ts': 'old(2);', 'c.css': 'old {}' };
    const upper = 'export default (root) => root.source().toUpperCase();';
    const { changes, faults } = await run(workflow, { files: { 'rename.js': renaming, 'upper.js': upper }, tree });
    expect(faults).toEqual([]);
    expect(changes).toEqual([
      { path: 'b.ts', before: 'old(2);', after: 'fresh(2);' },
      { path: 'src/a.ts', before: '\uFEFFold(1);\r\n', after: '\uFEFFFRESH(1);\r\n' },
    ]);
  });

  it('names a file on which a transform fails or that it breaks, and goes on', async () => {
    const script =
      "export default (root) => { if (root.source() === '1') throw new Error('no one'); return root.source() === '2' ? 'f(' : 'done'; };";
    const workflow = 'nodes: [{ id: n, steps: [{ name: s, js-ast-grep: { js_file: s.js, language: typescript } }] }]';
    const { changes, faults } = await run(workflow, {
      files: { 's.js': script },
      tree: { '1.ts': '1', '2.ts': '2', '3.ts': '3' },
    });
    expect(changes.map(({ path }) => path)).toEqual(['3.ts']);
    expect(faults.map(({ file, message }) => [file, message])).toEqual([
      ['1.ts', 's failed on 1.ts: no one'],
      ['2.ts', 's failed on 2.ts: What it made of the file does not parse.'],
    ]);
  });

  it.each([
    ['.git/hooks/post-commit', 'It belongs to git.'],
    ['node_modules/uuid/x.js', 'It is of an installed package.'],
    ['godwit.config.js', 'It is the configuration of godwit.'],
  ])('lets a transform write nothing to %s, nor anything beside it', async (path, why) => {
    const script = `import { writeFileSync } from 'node:fs';
export default () => { writeFileSync('beside.ts', ''); writeFileSync(${JSON.stringify(path)}, 'x'); return 'done'; };`;
    const workflow = 'nodes: [{ id: n, steps: [{ name: s, js-ast-grep: { js_file: s.js, language: typescript } }] }]';
    const { changes, faults } = await run(workflow, { files: { 's.js': script } });
    expect(changes).toEqual([]);
    expect(faults.map(({ message }) => message)).toEqual([`s failed on a.ts: ${path} cannot be changed: ${why}`]);
  });

  it('gives parameters in their types, and refuses those that it does not have', async () => {
    const workflow = `params: { schema: { to: { type: string, default: newer }, on: { type: boolean, default: false } } }
nodes:
  - id: n
    steps:
      - { name: rename, if: params.on, js-ast-grep: { js_file: rename.js, language: typescript } }`;
    const files = { 'rename.js': renaming };
    expect((await run(workflow, { files })).changes).toEqual([]);
    expect((await run(workflow, { files, options: { params: { on: 'true' } } })).changes[0]?.after).toBe('newer(1);\n');
    await expect(run(workflow, { files, options: { params: { onn: 'true' } } })).rejects.toMatchObject({
      code: 'bad-input',
    });
    await expect(run(workflow, { files, options: { params: { on: 'yes' } } })).rejects.toMatchObject({
      code: 'bad-input',
    });
  });

  it('runs a node once for each value of its matrix, from the workflow or from the state', async () => {
    const workflow = `nodes:
  - id: scan
    steps: [{ name: scan, js-ast-grep: { js_file: scan.js, language: typescript } }]
  - id: n
    depends_on: [scan]
    strategy: { type: matrix, from_state: shards }
    steps: [{ name: mark, js-ast-grep: { js_file: mark.js, language: typescript, include: ["\${{ matrix.file }}"] } }]`;
    const files = {
      'scan.js':
        "import { getState, setState } from 'codemod:workflow';\nexport default (root) => { const file = root.relativeFilename(); if (file !== 'c.ts') setState('shards', [...(getState('shards') ?? []), { file, team: file[0] }]); return null; };",
      'mark.js': "export default (root, { matrixValues }) => '// ' + matrixValues.team;",
    };
    const { changes } = await run(workflow, { files, tree: { 'a.ts': '', 'b.ts': '', 'c.ts': '' } });
    expect(changes.map(({ path, after }) => [path, after])).toEqual([
      ['a.ts', '// a'],
      ['b.ts', '// b'],
    ]);
  });

  it('stops at a gate, and goes on when a person has opened it', async () => {
    const workflow = `nodes:
${renameNode('first', '    trigger: { type: manual }\n    name: Look first\n')}${renameNode('after', '    depends_on: [first]\n')}`;
    const closed = await run(workflow, { files: { 'rename.js': renaming } });
    expect(closed.changes).toEqual([]);
    expect(closed.gates).toEqual([{ id: 'first', name: 'Look first', description: undefined, holds: ['after'] }]);
    const open = await run(workflow, { files: { 'rename.js': renaming }, options: { confirmed: new Set(['first']) } });
    expect([open.changes.length, open.gates]).toEqual([1, []]);
  });

  it('leaves out what it does not do, and says what a person has to', async () => {
    const workflow = `nodes:
  - id: n
    steps:
      - { name: fix the rest, ai: { prompt: "Fix every remaining call." } }
      - { name: skill, install-skill: { package: "@t/skill" } }
      - { name: box, shard: { output_state: s } }`;
    const { unresolved, faults } = await run(workflow);
    expect(faults).toEqual([]);
    expect(unresolved.map(({ rule, message }) => [rule, message.split(' of ')[0]])).toEqual([
      ['recipe/refused', 'fix the rest'],
      ['recipe/refused', 'skill'],
      ['recipe/refused', 'box'],
    ]);
    expect(unresolved[0]?.cure).toContain('Fix every remaining call.');
  });

  it('asks for what a package wants before anything runs', async () => {
    const workflow = `nodes:
${renameNode('n')}  - id: shell
    steps: [{ name: format, run: npx prettier . }]`;
    const files = { 'rename.js': renaming };
    await expect(run(workflow, { files })).rejects.toMatchObject({
      code: 'approval-required',
      explanation: { why: 'shell: format (run).' },
    });
    await expect(
      run(workflow, { files, manifest: 'capabilities: [fetch]\n', options: { skip: new Set(['shell']) } }),
    ).rejects.toThrow(/network/);
    expect((await run(workflow, { files, options: { skip: new Set(['shell']) } })).changes).toHaveLength(1);
  });

  it('runs packages within packages, which stand beside it or below a path', async () => {
    const inner = {
      'codemod.yaml': 'name: "@t/inner"\n',
      'workflow.yaml': `params: { schema: { to: { type: string } } }\nnodes:\n${renameNode('n')}`,
      'rename.js': renaming,
      'package.json': '{"type":"module"}',
    };
    write('inner', inner);
    const workflow =
      'nodes: [{ id: n, steps: [{ name: inner, codemod: { source: "@t/inner@1.0.0", args: ["--param", "to=inner"] } }] }]';
    expect((await run(workflow)).changes[0]?.after).toBe('inner(1);\n');
    const missing = await run(workflow.replace('@t/inner', '@t/elsewhere'));
    expect(missing.faults[0]?.message).toContain('neither installed nor beside');
  });
});

describe('rules in YAML', () => {
  const rules = `id: rename
language: TypeScript
rule: { pattern: "old($$$ARGS)" }
fix: |-
  fresh(
    $$$ARGS,
  )
---
id: left
language: TypeScript
severity: warning
message: There is more of it.
note: Look at it.
rule: { pattern: older }`;
  const workflow = 'nodes: [{ id: n, steps: [{ name: r, ast-grep: { config_file: rules.yml } }] }]';

  it('change the text, and list what they only find', async () => {
    const tree = { 'a.ts': 'if (x) {\n  old(1, {\n    a: 2,\n  });\n}\nolder;\n' };
    const { changes, unresolved } = await run(workflow, { files: { 'rules.yml': rules }, tree });
    expect(changes[0]?.after).toBe('if (x) {\n  fresh(\n    1, {\n      a: 2,\n    },\n  );\n}\nolder;\n');
    expect(unresolved).toEqual([
      {
        rule: 'recipe/@t/p/left',
        severity: 'warning',
        message: 'There is more of it.',
        cure: 'Look at it.',
        file: 'a.ts',
        line: 8,
        column: 1,
      },
    ]);
  });

  it.each([
    ['TypeScript', 'a.ts', 'old(1);\nconst a = old(2) + 3;\nx = 4;\n', 'old($A) + 3', '((('],
    ['python', 'a.py', 'old(1)\na = old(2) + 3\n', 'old($A) + 3', '((('],
  ])('in %s leave a place as it is where their result does not parse', async (language, path, text, pattern, fix) => {
    const broken = `id: k\nlanguage: ${language}\nrule: { pattern: "${pattern}" }\nfix: "${fix}"\n`;
    const good = `---\nid: g\nlanguage: ${language}\nrule: { pattern: "old(1)" }\nfix: "fresh(1)"\n`;
    const { changes, faults } = await run(workflow, { files: { 'rules.yml': broken + good }, tree: { [path]: text } });
    expect(changes[0]?.after).toBe(text.replace('old(1)', 'fresh(1)'));
    const message = `The rule k failed on ${path}: What it made of line 2 does not parse.`;
    expect(faults).toEqual([expect.objectContaining({ message, line: 2, file: path })]);
  });

  it('say what they find within what they changed', async () => {
    const nested = 'id: k\nlanguage: TypeScript\nrule: { pattern: "old($A)" }\nfix: "fresh($A)"\n';
    const { changes, notes } = await run(workflow, {
      files: { 'rules.yml': nested },
      tree: { 'a.ts': 'old(old(1));\n' },
    });
    expect(changes[0]?.after).toBe('fresh(old(1));\n');
    expect(notes.join()).toContain('a.ts: there is 1 match of the rule k within others');
  });

  it('in a language that nobody knows are a fault, whatever files there are', async () => {
    const { faults } = await run(workflow, { files: { 'rules.yml': 'id: k\nlanguage: klingon\nrule: { kind: x }\n' } });
    expect(faults[0]?.message).toContain('The rule k is for the language klingon, which is not known here.');
  });

  it('that godwit cannot apply are a fault of their node', async () => {
    const { faults } = await run(workflow, { files: { 'rules.yml': `${rules}\nrewriters: []` } });
    expect(faults[0]?.message).toContain('rewriters');
  });
});

it.each([
  ['no workflow', 'workflow: missing.yaml', 'nodes: []', /missing.yaml/],
  ['no nodes', '', 'nodes: []', /nodes/],
  [
    'nodes in a circle',
    '',
    'nodes: [{ id: a, depends_on: [b], steps: [] }, { id: b, depends_on: [a], steps: [] }]',
    /a → b → a/,
  ],
  ['a node that is not there', '', 'nodes: [{ id: a, depends_on: [b], steps: [] }]', /depends on b/],
  ['a step that does nothing', '', 'nodes: [{ id: a, steps: [{ name: x }] }]', /a step does one of/],
  ['no YAML', '', 'nodes: [', /not YAML/],
  ['a path that leads out', 'workflow: ../../w.yaml', 'nodes: []', /leads out/],
])('refuses a package with %s', async (_, manifest, workflow, why) => {
  await expect(run(workflow, { manifest: `${manifest}\n` })).rejects.toThrow(why);
});
