import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { stateOfTree } from '../support/git-tree.ts';
import { document } from '../support/godwit.ts';
import { thereAndBack } from '../support/there-and-back.ts';
import { idsFiles, planOn, type UpgradeTree, upgradeTree } from '../support/upgrade-tree.ts';

const files = { ...idsFiles, 'package.json': (idsFiles['package.json'] ?? '').replace('^3.4.0', '^7.0.3') };
const rehearsal = z.object({ ok: z.boolean(), steps: z.array(z.object({ id: z.string(), ms: z.number() })) });

it('an upgrade by one major is planned, rehearsed, applied, verified, taken back byte for byte, and applied again', async () => {
  const tree = await upgradeTree({ files });
  try {
    await writeFile(join(tree.root, 'notes.txt'), 'mine, and not tracked\r\n');
    const before = stateOfTree(tree);
    const { plan } = await planOn(tree, 'uuid@8');
    expect(plan.phases.map(({ id }) => id)).toEqual(['prepare', 'hop-1-uuid-8', 'gate-hop-1-uuid-8', 'finish']);
    const rehearsed = document(await tree.run('rehearse', '--json'), rehearsal);
    expect(rehearsed.ok).toBe(true);
    expect(rehearsed.steps.length).toBeGreaterThan(5);
    expect(stateOfTree(tree)).toEqual(before);
    expect(await installedVersion(tree)).toBe('7.0.3');

    await thereAndBack(tree, plan.id, async () => {
      expect(tree.git('log', '--format=%s').trim().split('\n')).toEqual([
        'Apply the recipe uuid-3-to-8',
        'Upgrade uuid 7 → 8',
        'start',
      ]);
      expect(tree.git('show', 'HEAD:ids.js')).toBe(
        "const { v4: uuidv4 } = require('uuid');\r\nexports.id = () => uuidv4();\r\n",
      );
      expect(await installedVersion(tree)).toMatch(/^8\./);
    });
    expect((await tree.run('rollback')).exit).toBe(0);
    expect(await installedVersion(tree)).toBe('7.0.3');
  } finally {
    await tree.remove();
  }
});

async function installedVersion(tree: UpgradeTree): Promise<string> {
  return JSON.parse(await readFile(join(tree.root, 'node_modules/uuid/package.json'), 'utf8')).version;
}
