import * as z from 'zod';
import type { Domain } from '#core/domain';
import { exitCodes, fail } from '#core/error';
import type { Plan } from '#core/plan';
import { dropFits } from '#db/drop-fits';
import { dropUndoTables, type UndoTable, undoTables } from '#db/undo-tables';
import { checkIsOver, purgeRun } from '#run/control';
import { asJson } from '../as-json.ts';
import { planOfRun } from '../choose-plan.ts';
import { withDomainOf } from '../domain-of.ts';
import { type OpenDatabase, withReader } from '../domains.ts';
import { openTree } from '../open-tree.ts';
import { purgeOutput } from '../outputs.ts';
import { runAnswer } from '../run-answer.ts';
import type { Answer, Surroundings, Verb } from '../verb.ts';

const input = z.strictObject({
  plan: z.string().optional().describe('Folder of the plan, its plan.json or its id (default: that of the newest run)'),
});

/** Ends the retention of undo data, by name. */
export const purge: Verb<z.infer<typeof input>> = {
  name: 'purge',
  summary: 'Forget what is kept for the way back; from then on the run cannot be rolled back',
  description:
    'For a database: lists the undo tables of a finished run, wants the name of the plan typed (on a development target --yes is enough), drops them and journals that. For a working tree: forgets where the run began and what it kept; the branch and its commits stay. Exits 3 when nobody has said so.',
  examples: [
    {
      command: 'godwit purge migrations/20260101-rename-name-1a2b3c4d',
      says: 'when you are sure that you never want to go back',
    },
  ],
  isReadOnly: false,
  argument: 'plan',
  input,
  output: purgeOutput,
  execute: (input, surroundings) =>
    withDomainOf(input.plan, surroundings, async ({ domain, database: opened }) => {
      if (opened === undefined) return purgeTree(input.plan, domain, surroundings);
      const { plan, notes: source } = await planOfRun(input.plan, { surroundings, domain });
      const tables = await withReader(opened, surroundings.signal, (session) => undoTables(session, plan));
      await checkIsOver({ plan, domain });
      await askFirst(plan, tables, { opened, surroundings });
      const removeUndo = () => remove(plan, tables, { opened, surroundings });
      const result = await purgeRun({ plan, domain, surroundings, removeUndo });
      const answer = runAnswer(plan, result);
      const names = tables.map(({ name }) => `godwit.${name}`);
      return {
        ...answer,
        json: asJson({ runId: result.runId, planHash: plan.planHash, state: result.state.state, purged: names }),
        exit: exitCodes.done,
        notes: [...source, names.length === 0 ? 'There were no undo tables.' : `Dropped: ${names.join(', ')}.`],
      };
    }),
};

/** The refs and the folder of a run in the git directory; the branch and its commits stay. */
async function purgeTree(named: string | undefined, domain: Domain, surroundings: Surroundings): Promise<Answer> {
  const { plan, notes: source } = await planOfRun(named, { surroundings, domain });
  await checkIsOver({ plan, domain });
  const { forgetRun } = await import('#code/repository/tree-run');
  const { repository } = await openTree(surroundings.cwd, surroundings);
  const question = `This forgets where the run of ${plan.id} began and what it kept. The run cannot be rolled back afterwards; the branch and its commits stay.`;
  if (!(await surroundings.confirm(`${question} Go on?`))) throw notSaid(plan, question);
  const purged: string[] = [];
  const result = await purgeRun({
    plan,
    domain,
    surroundings,
    removeUndo: async (runId) => {
      purged.push(...(await forgetRun(repository, runId)));
    },
  });
  return {
    ...runAnswer(plan, result),
    json: asJson({ runId: result.runId, planHash: plan.planHash, state: result.state.state, purged }),
    exit: exitCodes.done,
    notes: [...source, purged.length === 0 ? 'Nothing was kept.' : `Forgotten: ${purged.join(', ')}.`],
  };
}

function notSaid({ id }: Plan, question: string) {
  return fail('approval-required', {
    what: 'Nothing was purged in this working tree.',
    why: `${question} Nobody has said so.`,
    next: `Run \`godwit purge migrations/${id} --yes\`.`,
  });
}

async function askFirst(
  plan: Plan,
  tables: readonly UndoTable[],
  { opened, surroundings }: { readonly opened: OpenDatabase; readonly surroundings: Surroundings },
): Promise<void> {
  const { target } = opened;
  const list =
    tables.map(({ name, rows }) => `godwit.${name} (about ${rows.toLocaleString('en-US')} rows)`).join(', ') ||
    'no undo tables';
  const question = `This ends the retention on ${target.name}: ${list}. The run cannot be rolled back afterwards.`;
  const isSaid =
    target.class === 'development'
      ? await surroundings.confirm(`${question} Go on?`)
      : await surroundings.confirmByName(`${question} Type ${plan.id} to go on:`, plan.id);
  if (isSaid) return;
  throw fail('approval-required', {
    what: `Nothing was purged on ${target.name}.`,
    why: `It would drop ${list}, and nobody has said so.`,
    next:
      target.class === 'development'
        ? `Run \`godwit purge migrations/${plan.id} --yes\`.`
        : `Run \`godwit purge migrations/${plan.id}\` in a terminal and type the name of the plan.`,
  });
}

async function remove(
  plan: Plan,
  tables: readonly UndoTable[],
  { opened, surroundings }: { readonly opened: OpenDatabase; readonly surroundings: Surroundings },
): Promise<void> {
  const { connect, driver } = opened;
  const session = await connect({ purpose: 'purge', signal: surroundings.signal });
  try {
    await dropUndoTables(session, tables, driver.spelling);
    await dropFits(session, plan, driver.spelling);
  } finally {
    await session.close();
  }
}
