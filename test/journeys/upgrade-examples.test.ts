import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { stateOfTree } from '../support/git-tree.ts';
import { document } from '../support/godwit.ts';
import { commandsOf, sectionOf } from '../support/page-commands.ts';
import { inTurn } from '../support/turn.ts';
import { planOn, ran, upgradeTree } from '../support/upgrade-tree.ts';

/** The applications in examples/, and the wish that each was written for. */
const flagships = [
  { folder: 'express-shop', wish: 'express@5', more: ['rehearsed'] },
  { folder: 'workspace-parcels', wish: 'uuid@8,express@5', more: ['applied again'] },
  { folder: 'node-archive', wish: 'node@24', more: [] },
  { folder: 'typescript-ledger', wish: 'typescript@7', more: [] },
  { folder: 'react-notes', wish: 'react@19', more: [] },
  { folder: 'eslint-tidy', wish: 'eslint@9', more: [] },
  // One line each.
];

const examples = resolve(import.meta.dirname, '../../examples');
const rehearsed = z.object({ ok: z.boolean(), findings: z.array(z.object({ rule: z.string(), message: z.string() })) });

/** Each in its turn is planned, applied, verified and taken back; with SLOW=1 all are rehearsed, and applied again, too. */
for (const { folder, wish, more } of inTurn(flagships, flagships.length)) {
  const parts = process.env.SLOW === '1' ? ['rehearsed', 'applied again'] : more;
  it([`${folder}: ${wish} is planned, applied, verified, taken back`, ...parts].join(', '), async () => {
    const tree = await upgradeTree({ from: join(examples, folder) });
    try {
      const before = stateOfTree(tree);
      expect((await tree.run('inspect', '--tree')).exit).toBe(0);
      const { plan } = await planOn(tree, wish);
      if (parts.includes('rehearsed')) {
        const rehearsal = document(await tree.run('rehearse', '--json'), rehearsed);
        expect(rehearsal, JSON.stringify(rehearsal.findings)).toMatchObject({ ok: true });
      }
      expect(document(await tree.run('apply', '--json'), ran).state).toBe('done');
      const verified = await tree.run('verify', '--json');
      expect(verified.exit, verified.stdout).toBe(0);
      const back = document(await tree.run('rollback', '--json'), ran);
      expect(back.restored).toEqual({ schema: true, data: true, exceptions: [] });
      expect(stateOfTree(tree)).toEqual(before);
      if (parts.includes('applied again'))
        expect(document(await tree.run('apply', plan.id, '--json'), ran).state).toBe('done');
    } finally {
      await tree.remove();
    }
  });
}

it('the commands of the README and of the page are the ones of the life above', () => {
  const readme = readFileSync(resolve(examples, '../README.md'), 'utf8');
  expect(commandsOf(sectionOf(readme, 'Upgrading packages'))).toEqual([
    'godwit plan --upgrade express@5',
    'godwit rehearse',
    'godwit apply',
  ]);
  const page = readFileSync(resolve(examples, '../docs/upgrades.md'), 'utf8');
  const lines = commandsOf(page.slice(0, page.indexOf('## ')));
  expect(lines.map((line) => line.replace(/ {2,}#.*/, ''))).toEqual([
    'godwit inspect --tree',
    'godwit plan --upgrade express@5',
    'godwit rehearse',
    'godwit apply',
    'godwit verify',
    'godwit rollback',
  ]);
});
