import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { makeGitTree } from '../../test/support/git-tree.ts';
import { document, errorSchema } from '../../test/support/godwit.ts';
import { runInside } from '../../test/support/godwit-inside.ts';

const config = (imports: object): string => JSON.stringify({ tree: { imports } });
const answer = z.object({
  findings: z.array(z.object({ rule: z.string(), file: z.string(), line: z.number(), message: z.string() })),
  summary: z.object({ since: z.string().optional(), known: z.number() }),
});

const files = {
  'package.json': '{ "name": "ring", "type": "module" }\n',
  'src/app/a.js': "import { b } from '../core/b.js';\nexport const a = () => b();\n",
  'src/core/b.js': 'export const b = () => 1;\n',
  'src/core/c.js': "import { d } from './d.js';\nexport const c = () => d();\n",
  'src/core/d.js': "import { c } from './c.js';\nexport const d = () => c();\n",
};
const ring = "import { a } from '../app/a.js';\nexport const b = () => a();\n";

it('a new cycle and a new import against the layers are refused by file and line; known ones are told', async () => {
  const rules = config({ cycles: 'no-more', layers: ['src/app/**', 'src/core/**'] });
  const tree = await makeGitTree({ ...files, 'godwit.config.json': rules });
  const inspect = (...args: readonly string[]) =>
    runInside(['inspect', '--imports', ...args], { cwd: tree.root, env: {} });
  try {
    const none = document(await inspect('--since', 'HEAD', '--json'), answer);
    expect(none.findings.map(({ rule }) => rule)).toEqual(['structure/cycle-known']);
    const first = document(await inspect('--json'), answer);
    expect(first.findings.map(({ rule, file }) => `${rule} ${file}`)).toEqual(['structure/cycle-new src/core/c.js']);
    expect(first.summary).toMatchObject({ known: 0 });
    const unknown = document(await inspect('--since', 'HEAD~3', '--json'), errorSchema).error;
    expect(unknown.what).toContain('HEAD~3');
    expect(unknown.why).not.toContain('shallow');
    await writeFile(join(tree.root, 'src/core/b.js'), ring);
    const uncommitted = await inspect('--json');
    expect(uncommitted.exit).toBe(2);
    tree.git('commit', '--quiet', '--all', '--message=ring');
    for (const ran of [uncommitted, await inspect('--json'), await inspect('--since', 'main~1', '--json')]) {
      expect(ran.exit).toBe(2);
      const { findings, summary } = document(ran, answer);
      expect(summary.known).toBe(1);
      expect(findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`)).toEqual([
        'structure/cycle-new src/app/a.js:1',
        'structure/layer-new src/core/b.js:1',
        'structure/cycle-known src/core/c.js:1',
      ]);
    }
    const sarif = await inspect('--format', 'sarif');
    expect([sarif.exit, JSON.parse(sarif.stdout).version]).toEqual([2, '2.1.0']);
    expect((await inspect('--since', 'HEAD')).exit).toBe(0);
  } finally {
    await tree.remove();
  }
});

it('where there may be no cycle, those that are known are refused too; without rules nothing is looked at', async () => {
  const tree = await makeGitTree({ ...files, 'godwit.config.json': config({ cycles: 'none' }) });
  const inspect = (...args: readonly string[]) => runInside(['inspect', ...args], { cwd: tree.root, env: {} });
  try {
    expect((await inspect('--imports', '--since', 'HEAD')).exit).toBe(2);
    expect(document(await inspect('--since', 'HEAD', '--json'), errorSchema).error.what).toContain('--imports');
    await writeFile(join(tree.root, 'godwit.config.json'), '{}');
    expect(document(await inspect('--imports', '--json'), errorSchema).error.why).toContain('tree.imports.layers');
  } finally {
    await tree.remove();
  }
});
