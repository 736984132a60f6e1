import type { Lease } from '#core/domain';
import type { ExecutionContext, Executor, Outcome } from '#core/executor';
import { type SqlAction, sqlActionSchema } from '../action.ts';
import { holdersInTheWay } from '../blockers.ts';
import { deedState, outcomeOf, recordDeed } from '../deeds.ts';
import { endAutovacuum } from '../end-autovacuum.ts';
import { type ExecutionTools, leaseOf, withSession } from '../execution.ts';
import { fence } from '../lease-table.ts';
import { patiently } from '../patience.ts';
import type { Session } from '../session.ts';
import { shareSession } from '../shared-session.ts';

/**
 * `db/sql`: all statements in one transaction, which also checks the fence and writes the deed's row, so that they take
 * effect exactly once. Asks for locks with patience. Throws `lock-timeout`, `statement-timeout`, `lease-lost`,
 * `step-failed`.
 */
export function sqlExecutor(tools: ExecutionTools): Executor {
  return {
    kind: 'db/sql',
    execute: async (given, context) => {
      const action = sqlActionSchema.parse(given);
      const lease = leaseOf(tools, context);
      const { signal } = context;
      const monitor = shareSession(() => tools.connect({ purpose: 'monitor', run: lease, signal }));
      try {
        return await withSession(tools, { purpose: 'sql', signal }, async (session) => {
          const work = () => once(action, { session, lease, context });
          return await patiently(work, {
            ...tools,
            context,
            session,
            monitor,
            on: relationsOf(action),
            lockTimeoutMs: action.lockTimeoutMs,
            inTheWay: () => holdersInTheWay(session, action.locks),
            endAutovacuum: () => endAutovacuum(session, action.locks),
          });
        });
      } finally {
        await monitor.close();
      }
    },
  };
}

type Once = { readonly session: Session; readonly lease: Lease; readonly context: ExecutionContext };

/** The deed's row comes before the statements, so that their locks are held for one exchange with the server less. */
async function once(action: SqlAction, { session, lease, context }: Once): Promise<Outcome> {
  return await session.transaction(async () => {
    await fence(session, lease);
    const done = outcomeOf(await deedState(session, context));
    if (done !== undefined) return done;
    await recordDeed(session, context, 'done');
    await session.query("SELECT set_config('lock_timeout', $1, true), set_config('statement_timeout', $2, true)", [
      `${action.lockTimeoutMs}ms`,
      `${action.statementTimeoutMs}ms`,
    ]);
    for (const statement of action.statements) await session.query(statement);
    const count = action.statements.length;
    return { ok: true, detail: count === 1 ? '1 statement' : `${count} statements in one transaction` };
  });
}

function relationsOf({ locks }: SqlAction): string {
  const names = [...new Set(locks.map(({ relation }) => relation))];
  return names.length === 0 ? 'what the statements touch' : names.join(', ');
}
