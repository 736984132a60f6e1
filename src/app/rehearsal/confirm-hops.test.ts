import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ExecutionContext, Executor } from '#core/executor';
import type { Finding } from '#core/finding';
import { makeTree } from '../../../test/support/tree.ts';
import { confirmHops } from './confirm-hops.ts';

const types = 'node_modules/lib/index.d.ts';
const files = {
  'tsconfig.json':
    '{ "compilerOptions": { "module": "preserve", "noEmit": true, "strict": true, "types": [], "lib": ["es2022"] } }',
  'a.ts': "import { gone, kept, moody } from 'lib';\nexport const all = [gone(), kept(), moody()];\n",
  'b.ts': "import { kept } from 'lib';\nexport const size: number = kept();\n",
  'node_modules/lib/package.json': '{ "name": "lib", "version": "1.0.0", "types": "index.d.ts" }',
  [types]:
    'export declare function gone(): number; export declare function kept(): number; export declare function moody(): number;',
};
const after = 'export declare function kept(): number | string; export declare function moody(): number;';

const predicted = (file: string, line: number, rule: string): Finding => ({
  rule,
  severity: 'error',
  message: `${rule} was predicted.`,
  file,
  line,
  endLine: line,
  package: 'lib',
  from: '1.0.0',
  to: '2.0.0',
});
const context: ExecutionContext = {
  runId: 'r',
  deed: 'hop-1-versions#0',
  direction: 'forward',
  signal: new AbortController().signal,
  progress: () => undefined,
  pace: async () => ({ kind: 'go' }),
  exception: async () => undefined,
  wait: async () => undefined,
  now: () => 0,
};

it('tells, once the versions are installed, what the compiler thinks of the predictions', async () => {
  const tree = await makeTree(files);
  const installing: Executor = {
    kind: 'code/versions',
    execute: async () => {
      await writeFile(join(tree.root, types), after);
      return { ok: true, detail: 'installed' };
    },
  };
  try {
    const tracked = Object.keys(files).filter((file) => !file.startsWith('node_modules/'));
    const repository = {
      git: { root: tree.root },
      trackedFiles: async () => ({ files: tracked, others: [] }),
    };
    const confirmations = await confirmHops(
      {
        findings: [
          predicted('a.ts', 1, 'api/removed'),
          predicted('a.ts', 2, 'api/return-changed'),
          predicted('b.ts', 1, 'api/require-of-esm'),
          { ...predicted('b.ts', 2, 'api/removed'), to: '3.0.0' },
        ],
      },
      repository,
      { monotonicMs: () => 0 },
    );
    const watched = confirmations.watch(installing);
    const change = { name: 'lib', from: '1.0.0', to: '2.0.0', declared: [], why: 'asked for' };
    const action = { kind: 'code/versions', message: 'Upgrade lib 1 → 2', changes: [change], overrides: [] };
    expect(await watched.execute(action, context)).toMatchObject({ ok: true });
    await watched.execute(action, context);
    expect(confirmations.findings().map(({ rule, file, line }) => `${rule} ${file ?? ''}:${line ?? ''}`)).toEqual([
      'api/confirmed :',
      'api/not-confirmed a.ts:2',
      'api/not-predicted b.ts:2',
      'api/not-checkable :',
    ]);
    expect(confirmations.findings()[0]?.message).toBe(
      'With lib 1 → 2 installed, the compiler confirms 1 of 2 predictions and finds 1 new error that nothing predicted.',
    );
  } finally {
    await tree.remove();
  }
});
