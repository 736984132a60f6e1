import * as z from 'zod';
import { fail } from '#core/error';
import type { ExecutionContext, Executor, Outcome } from '#core/executor';
import { type UsageAction, usageActionSchema } from '../action.ts';
import { type ExecutionTools, withSession } from '../execution.ts';
import { hasGodwitSchema } from '../godwit-schema.ts';
import { fence } from '../lease-table.ts';
import { rowsOf } from '../rows.ts';
import { plainName } from '../schema.ts';
import type { Session } from '../session.ts';
import { findStatistics, hiddenId, readCalls, type StatementCalls, type Statistics } from './statement-calls.ts';

/** Evidence that nobody can read is told with a finding of this rule; a person's word has to cover it then. */
const unreadableRule = 'evidence/unreadable';

/**
 * `db/usage`: whether statements of the application still use the old names. What counts is how often each statement
 * of pg_stat_statements was called since the last look at the same gate, which is kept in `godwit.usage`; where some
 * were, or at the first look, the statements are watched for a while: a version that is gone calls none of them.
 * Changes nothing but that note. Where it cannot be read, answers ok with a finding `evidence/unreadable`.
 */
export function usageExecutor(tools: ExecutionTools): Executor {
  return {
    kind: 'db/usage',
    execute: async (given, context) => {
      const action = usageActionSchema.parse(given);
      const outcome = await withSession(tools, { purpose: 'usage', signal: context.signal }, (session) =>
        measure({ action, context, tools, session }),
      );
      if (outcome.ok || context.direction === 'check') return outcome;
      const next = 'Deploy the version that does without, then run the same command again.';
      throw fail('verification-failed', { what: `${namesOf(action)} is still in use.`, why: outcome.detail, next });
    },
  };
}

type Measuring = {
  readonly action: UsageAction;
  readonly context: ExecutionContext;
  readonly tools: ExecutionTools;
  readonly session: Session;
};

async function measure(measuring: Measuring): Promise<Outcome> {
  const { session, action, tools, context } = measuring;
  const statistics = await findStatistics(session);
  if ('unreadable' in statistics) return unreadable(action, statistics.unreadable);
  const earlier = await earlierLook(measuring);
  const first = await read(measuring, statistics);
  const before = earlier === undefined ? undefined : callsBetween(earlier.calls, first);
  const isQuiet = before?.used === 0 && before.hidden === 0 && earlier?.evictions === first.evictions;
  if (isQuiet) {
    await note(measuring, first, false);
    return {
      ok: true,
      detail: `no statement has used ${namesOf(action)} since ${earlier.quietSince}`,
      measures: { uses: 0 },
    };
  }
  const windowMs = tools.limits.usageWindowMs;
  context.progress({ done: 0, total: windowMs, unit: 'ms of watching statements' });
  await context.wait(windowMs);
  const last = await read(measuring, statistics);
  const now = callsBetween(first.calls, last);
  await note(measuring, last, now.used > 0 || (before?.used ?? 0) > 0);
  return judge(action, { now, before: before?.used ?? 0, windowMs });
}

type Calls = { readonly used: number; readonly hidden: number; readonly samples: readonly string[] };
type Judged = { readonly now: Calls; readonly before: number; readonly windowMs: number };

function judge(action: UsageAction, { now, before, windowMs }: Judged): Outcome {
  const names = namesOf(action);
  const seconds = (windowMs / 1000).toFixed(1);
  if (now.used > 0) {
    const detail = `${names} was used ${now.used} times in ${seconds} s, for example by: ${now.samples.join('; ')}`;
    return { ok: false, detail, measures: { uses: now.used } };
  }
  if (now.hidden > 0) {
    return unreadable(
      action,
      `${now.hidden} calls in ${seconds} s were of other roles' statements, whose text this role may not see (it would need pg_read_all_stats)`,
    );
  }
  const calls = before === 1 ? '1 call' : `${before} calls`;
  const earlier =
    before > 0
      ? `; ${calls} since the look before did: what runs more seldom than this watch is long would not be seen, so look again later if there are such jobs`
      : '';
  return {
    ok: true,
    detail: `no statement used ${names} in ${seconds} s of watching${earlier}`,
    measures: { uses: 0 },
  };
}

function unreadable(action: UsageAction, why: string): Outcome {
  const names = namesOf(action);
  const message = `Whether ${names} is still in use could not be measured: ${why}.`;
  const cure = `Make sure by hand that no running version of the application, no report and no job uses ${names} any more.`;
  return {
    ok: true,
    detail: message,
    findings: [{ rule: unreadableRule, severity: 'warning', message, cure, object: names }],
  };
}

/** Calls of statements that use the names, told by parsing them; one that cannot be parsed counts where it has the words. */
async function read({ action, session, tools }: Measuring, statistics: Statistics): Promise<StatementCalls> {
  return await readCalls(session, statistics, { wanted: action.uses, usesOf: tools.driver.usesOf });
}

/** Numbers fall when statistics are reset: then all that is there came since. */
function callsBetween(before: Readonly<Record<string, number>>, after: StatementCalls): Calls {
  const grown = (id: string, calls: number) => {
    const earlier = before[id] ?? 0;
    return calls >= earlier ? calls - earlier : calls;
  };
  const used = after.statements.filter(({ id, calls }) => grown(id, calls) > 0);
  const count = used.reduce((sum, { id, calls }) => sum + grown(id, calls), 0);
  const samples = used.slice(0, 3).map(({ text }) => text);
  return { used: count, hidden: grown(hiddenId, after.calls[hiddenId] ?? 0), samples };
}

const earlierSchema = z.object({
  calls: z.record(z.string(), z.number()),
  evictions: z.coerce.number(),
  quietSince: z.string(),
});

async function earlierLook({ session, context }: Measuring): Promise<z.infer<typeof earlierSchema> | undefined> {
  if (!(await hasGodwitSchema(session))) return undefined;
  const result = await session.query(
    `SELECT calls, evictions, to_char(quiet_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "quietSince"
     FROM godwit.usage WHERE run_id = $1 AND deed = $2`,
    [context.runId, context.deed],
  );
  return rowsOf(result, earlierSchema)[0];
}

/** Notes the look for the next one. Without the lease nothing is noted. */
async function note(
  { session, context, tools }: Measuring,
  { calls, evictions }: StatementCalls,
  wasUsed: boolean,
): Promise<void> {
  const lease = tools.lease();
  if (lease === undefined || lease.runId !== context.runId) return;
  await session.transaction(async () => {
    await fence(session, lease);
    await session.query(
      `INSERT INTO godwit.usage (run_id, deed, calls, evictions, since, quiet_since)
       VALUES ($1, $2, $3, $4, clock_timestamp(), clock_timestamp())
       ON CONFLICT (run_id, deed) DO UPDATE SET calls = excluded.calls, evictions = excluded.evictions,
         quiet_since = CASE WHEN $5 THEN clock_timestamp() ELSE usage.quiet_since END`,
      [context.runId, context.deed, JSON.stringify(calls), evictions, wasUsed],
    );
  });
}

function namesOf({ uses }: UsageAction): string {
  return uses
    .map(({ table, column }) => (column === undefined ? plainName(table) : `${plainName(table)}.${column}`))
    .join(', ');
}
