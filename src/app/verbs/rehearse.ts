import { join } from 'node:path';
import * as z from 'zod';
import { exitCodes, fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { Plan } from '#core/plan';
import type { Rehearsal } from '#core/report';
import { planAgain } from '#core/shell';
import { writeWhole } from '#run/write-whole';
import { asJson } from '../as-json.ts';
import { openDatabase, withReader } from '../domains.ts';
import { rehearseOutput } from '../outputs.ts';
import { type FoundPlan, findPlan, shownFolder } from '../plan-folder.ts';
import { rehearsalFileName } from '../prerequisites.ts';
import type { LegTime } from '../rehearsal/leg-times.ts';
import { timeNote } from '../rehearsal/time-note.ts';
import type { Surroundings, Verb } from '../verb.ts';
import { planDocumentName, writePlanDocument } from '../write-plan-document.ts';

const input = z.strictObject({
  plan: z.string().optional().describe('Folder of the plan, its plan.json or its id (default: the only one)'),
  rows: z.coerce.number().int().min(1).max(100_000_000).default(10_000).describe('Rows of each table'),
});
type Input = z.infer<typeof input>;

/** The plan on a copy, forward, back, forward. */
export const rehearse: Verb<Input> = {
  name: 'rehearse',
  summary: 'Run the plan on a throw-away copy (a server, or a worktree): forward, back, forward; measure every step',
  description:
    'For a database: starts a PostgreSQL server of its own with the schema of your database and made-up rows, and carries the plan out there with the runner that will carry it out on yours: forward, back and forward again. Time, locks, rewrites and scans of each step are measured, compared with what the plan says, and written to rehearsal.json and into the Timeline of PLAN.md. Your database is only read. For a working tree: the same in a git worktree of its own, with an install of its own; your tree is only read. Exits 6 when something is not as the plan says.',
  examples: [
    { command: 'godwit rehearse', says: 'the only plan there is, with 10,000 rows in each table' },
    { command: 'godwit rehearse migrations/20260101-rename-name-1a2b3c4d --rows 1000000', says: 'with a million rows' },
  ],
  isReadOnly: true,
  argument: 'plan',
  input,
  output: rehearseOutput,
  async execute(input, surroundings) {
    const found = await findPlan(input.plan, surroundings);
    const startMs = surroundings.monotonicMs();
    const { legs, ...rehearsal } = await rehearsed(found, input.rows, surroundings);
    const totalMs = surroundings.monotonicMs() - startMs;
    await writeRehearsal(found, rehearsal);
    const { planHash, ok, steps, findings, server, rows, at } = rehearsal;
    return {
      json: asJson({ planHash, ok, steps, findings, server, rows, at }),
      report: {
        kind: 'findings',
        title: `${found.plan.title}: ${ok ? 'rehearsed forward, back and forward again' : 'the rehearsal shows what has to be mended'} on ${server}${rowsOf(rehearsal)}`,
        findings,
      },
      exit: ok ? exitCodes.done : exitCodes.verification,
      notes: [
        `${timeNote(rehearsal, { legs, totalMs })} The times stand in ${join(shownFolder(found.dir, surroundings), planDocumentName)}.`,
        ...(ok ? [nextOf(found.plan.id, findings)] : []),
      ],
    };
  },
};

function rowsOf({ rows }: Rehearsal): string {
  return rows === 0 ? '' : ` with ${rows.toLocaleString('en-US')} rows`;
}

/** A way back that leaves something behind is for the user to judge before the way forward. */
function nextOf(planId: string, findings: readonly Finding[]): string {
  const apply = `\`godwit apply migrations/${planId}\``;
  const left = findings.filter(({ rule }) => rule === 'rehearsal/not-restored' || rule === 'rehearsal/exception');
  if (left.length === 0) return `Next: ${apply}.`;
  return `A rollback of this plan does not bring everything back: ${left.map(({ message }) => message).join(' ')} Look whether you can do without that; if so, next: ${apply}.`;
}

type Timed = Rehearsal & { readonly legs: readonly LegTime[] };

async function rehearsed({ plan }: FoundPlan, rows: number, surroundings: Surroundings): Promise<Timed> {
  if (plan.origin.kind === 'database') return rehearsedDatabase(plan, rows, surroundings);
  const { rehearseTree } = await import('../rehearsal/rehearse-tree.ts');
  const { server, steps, findings, legs } = await rehearseTree(plan, surroundings);
  const ok = !findings.some(({ severity }) => severity === 'error');
  return { planHash: plan.planHash, ok, server, rows: 0, at: surroundings.now(), steps, findings, legs };
}

async function rehearsedDatabase(plan: Plan, rows: number, surroundings: Surroundings): Promise<Timed> {
  const database = await openDatabase(surroundings);
  const { driver, runner } = database;
  const { readNullShares } = await import('#db/synthetic/null-shares');
  const { rehearsePlan } = await import('../rehearsal/rehearse-plan.ts');
  const original = await withReader(database, surroundings.signal, async (session) => {
    const snapshot = await driver.inspect(session);
    return {
      snapshot,
      rights: await driver.rights(session, snapshot, runner),
      searchPath: await driver.searchPath(session, runner),
      nullShares: await readNullShares(session),
    };
  });
  if (driver.fingerprint(original.snapshot, plan.origin.objects) !== plan.origin.fingerprint) throw drifted(plan);
  const { server, steps, findings, legs } = await rehearsePlan({ plan, driver, ...original, rows, surroundings });
  const ok = !findings.some(({ severity }) => severity === 'error');
  return { planHash: plan.planHash, ok, server, rows, at: surroundings.now(), steps, findings, legs };
}

async function writeRehearsal({ dir, plan }: FoundPlan, rehearsal: Rehearsal): Promise<void> {
  await writeWhole(join(dir, rehearsalFileName), `${JSON.stringify(rehearsal, undefined, 2)}\n`);
  await writePlanDocument(dir, plan);
}

function drifted(plan: FoundPlan['plan']): Error {
  return fail('drift', {
    what: `The plan ${plan.id} cannot be rehearsed.`,
    why: `${plan.origin.objects.join(', ')}: no longer as when the plan was made, or the plan was applied already.`,
    next: `Make a new plan: \`${planAgain(plan)}\`.`,
  });
}
