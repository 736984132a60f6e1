import type { RunRecord } from '#core/domain';
import { fail } from '#core/error';
import { type Plan, planHash, planSchema } from '#core/plan';
import type { RunOptions } from './options.ts';

/**
 * The plan that the target's journal keeps of a run, proved by its hash to be the one that the run began with.
 * Undefined where an older godwit began the run and kept none. Throws `journal-broken` where it is another.
 */
export async function keptPlan(
  { domain }: Pick<RunOptions, 'domain'>,
  { runId, planHash: hash, planId }: RunRecord,
): Promise<Plan | undefined> {
  const kept = await domain.journal.keptPlan(runId);
  if (kept === undefined) return undefined;
  const parsed = planSchema.safeParse(kept);
  const isWhole = parsed.success && parsed.data.id === planId && parsed.data.planHash === hash;
  if (isWhole && planHash(parsed.data) === hash) return parsed.data;
  throw fail('journal-broken', {
    what: `The plan that the journal keeps of run ${runId} cannot be trusted.`,
    why: `It is not the plan ${planId} with the hash ${hash.slice(0, 8)} any more: it was changed by something other than godwit, or damaged.`,
    next: 'Name the folder of the plan instead; its hash proves it.',
  });
}
