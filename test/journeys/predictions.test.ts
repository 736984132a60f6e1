import { expect, it } from 'vitest';
import * as z from 'zod';
import { findingSchema } from '#core/finding';
import { document } from '../support/godwit.ts';
import { planOn, upgradeTree } from '../support/upgrade-tree.ts';

const rehearsed = z.object({ ok: z.boolean(), findings: z.array(findingSchema) });

const files = {
  'package.json': JSON.stringify({
    name: 'ids',
    private: true,
    type: 'module',
    dependencies: { uuid: '8.3.2' },
    devDependencies: { '@types/uuid': '8.3.4' },
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: { module: 'preserve', target: 'es2022', strict: true, noEmit: true, types: [] },
  }),
  // In uuid 11 these give back another kind of bytes, and take a narrower one.
  'ids.ts':
    "import { v4 } from 'uuid';\nexport const bytes: number[] = v4({}, [0], 0);\nexport const text: string = v4();\n",
};

it('a rehearsal holds the predictions against the compiler, with the versions that were really installed', async () => {
  const tree = await upgradeTree({ files });
  try {
    const { plan } = await planOn(tree, 'uuid@11');
    const { ok, findings } = document(await tree.run('rehearse', '--json'), rehearsed);
    expect(ok).toBe(true);
    const told = findings.filter(({ rule }) => rule.startsWith('api/'));
    expect(told.map(({ rule }) => rule)).toContain('api/confirmed');
    expect(told.filter(({ rule }) => rule === 'api/not-confirmed' || rule === 'api/not-predicted')).toEqual([]);
    expect((plan.findings ?? []).filter(({ rule }) => rule.startsWith('api/')).length).toBeGreaterThan(0);
    expect((await tree.run('rehearse')).stdout).toMatch(/the compiler confirms \d+ of \d+ predictions/);
  } finally {
    await tree.remove();
  }
});
