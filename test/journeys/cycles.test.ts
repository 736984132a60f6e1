import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { findingSchema } from '#core/finding';
import { stateOfTree } from '../support/git-tree.ts';
import { document } from '../support/godwit.ts';
import { commandsOf, sectionOf, wordsOf } from '../support/page-commands.ts';
import { planned, ran, type UpgradeTree, upgradeTree } from '../support/upgrade-tree.ts';

const examples = resolve(import.meta.dirname, '../../examples');
const rehearsed = z.object({ ok: z.boolean(), findings: z.array(findingSchema) });

/** A rule that has `refund.ts` import from the barrel again. */
const backThroughTheBarrel = `id: back-through-the-barrel
language: TypeScript
rule:
  kind: string
  regex: "^'\\\\./booking\\\\.js'$"
  inside: { kind: import_statement, has: { kind: import_clause, has: { stopBy: end, regex: isEarly } } }
fix: "'./index.js'"
`;

it('cycles-ferry: both cycles are cut as its page says, taken back and cut again, and none comes back through the gate', async () => {
  const example = join(examples, 'cycles-ferry');
  const page = await readFile(resolve(examples, '../docs/cycles.md'), 'utf8');
  const commands = commandsOf(await readFile(join(example, 'README.md'), 'utf8'));
  expect(commandsOf(sectionOf(page, 'An example'))).toEqual(commands);
  const tree = await upgradeTree({ from: example });
  const run = (command = '') => tree.run(...wordsOf(command).slice(1), '--json');
  try {
    await writeFile(join(tree.root, 'notes.txt'), 'mine, and not tracked\r\n');
    const before = stateOfTree(tree);
    const { plan } = document(await run(commands[0]), planned);
    expect(plan.title).toBe('Break 2 cycles of imports');
    expect(plan.risks.map(({ rule }) => rule)).toContain('cycle/harmless');
    expect(document(await run(commands[1]), rehearsed).ok).toBe(true);
    expect(document(await run(commands[2]), ran).state).toBe('done');
    expect(tree.git('show', 'HEAD:src/booking/refund.ts')).toContain("isEarly } from './booking.js'");
    const verified = await run(commands[3]);
    expect(verified.exit).toBe(0);
    expect(verified.stdout).toContain('4 passed (4 passed before)');
    const back = document(await run(commands[4]), ran);
    expect(back.restored).toEqual({ schema: true, data: true, exceptions: [] });
    expect(stateOfTree(tree)).toEqual(before);
    expect(document(await tree.run('apply', plan.id, '--json'), ran).state).toBe('done');
    await upwardsByMove(tree);
    await roundByRecipe(tree);
    await upwardsByCommit(tree);
  } finally {
    await tree.remove();
  }
}, 1_800_000);

/** A move that would have a lower layer import an upper one: the names stand in the rehearsal and at the gate. */
async function upwardsByMove(tree: UpgradeTree): Promise<void> {
  const move = 'src/domain/calendar.ts=src/cli/calendar.ts';
  const { plan } = document(await tree.run('plan', '--move', move, '--json'), planned);
  const { ok, findings } = document(await tree.run('rehearse', plan.id, '--json'), rehearsed);
  expect(ok).toBe(false);
  expect(findings).toContainEqual(
    expect.objectContaining({ rule: 'structure/layer-new', file: 'src/domain/fare.ts', object: 'src/cli/calendar.ts' }),
  );
  const { exit, stdout, stderr } = await tree.run('apply', plan.id);
  expect(exit).toBe(0);
  expect(`${stdout}${stderr}`).toContain('src/domain/fare.ts:1 → src/cli/calendar.ts leads from src/domain/**');
  expect(`${stdout}${stderr}`).toContain('Waiting at gate gate-move');
  expect(document(await tree.run('rollback', plan.id, '--json'), ran).state).toBe('rolled-back');
}

/** A recipe that would close a ring again. */
async function roundByRecipe(tree: UpgradeTree): Promise<void> {
  await writeFile(join(tree.root, 'back.yml'), backThroughTheBarrel);
  tree.git('add', 'back.yml');
  tree.git('commit', '--quiet', '--message=a rule of our own');
  const { plan } = document(await tree.run('plan', '--recipe', './back.yml', '--json'), planned);
  expect(plan.phases.map(({ title }) => title)).toContain('Run back.yml.');
  const { stdout, stderr } = await tree.run('apply', plan.id);
  expect(`${stdout}${stderr}`).toContain(
    'A new cycle of imports: src/booking/index.ts:2 → src/booking/refund.ts → src/booking/index.ts',
  );
  expect(`${stdout}${stderr}`).toContain('Waiting at gate gate-recipe-1');
  expect(document(await tree.run('rollback', plan.id, '--json'), ran).state).toBe('rolled-back');
}

/** The same is refused where somebody commits it by hand, before and after the commit. */
async function upwardsByCommit(tree: UpgradeTree): Promise<void> {
  expect((await tree.run('inspect', '--imports', '--since', 'HEAD')).exit).toBe(0);
  const path = join(tree.root, 'src/domain/fare.ts');
  await writeFile(
    path,
    `import { ticketLine } from '../cli/ticket-line.js';\n${await readFile(path, 'utf8')}\nexport const line = ticketLine;\n`,
  );
  const refused = await tree.run('inspect', '--imports', '--since', 'HEAD');
  expect(refused.exit).toBe(2);
  expect(refused.stdout).toContain('src/domain/fare.ts:1 → src/cli/ticket-line.ts');
  tree.git('commit', '--quiet', '--all', '--message=a ticket line in the fares');
  expect((await tree.run('inspect', '--imports', '--since', 'HEAD^')).exit).toBe(2);
  expect((await tree.run('inspect', '--imports')).exit).toBe(2);
}
