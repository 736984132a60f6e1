import * as z from 'zod';
import type { Check } from '#core/report';
import type { Rights } from '../../driver.ts';
import { type Snapshot, usersTriggers } from '../../schema.ts';
import type { Session } from '../../session.ts';
import { inspect } from './inspect/inspect.ts';
import { longTransactions } from './locks.ts';
import { readRoleChecks } from './read-role.ts';
import { rightsOf } from './rights.ts';

const longTransactionMs = 60_000;
const freeConnectionsMin = 5;

const stateRow = z.object({
  is_standby: z.boolean(),
  connections: z.number(),
  connections_max: z.number(),
  standbys: z.number(),
  prepared: z.number(),
  sees_others: z.boolean(),
});
type State = z.infer<typeof stateRow>;

/**
 * Checks of a server, a role and what stands in the way now. `ok` is false only for what stops a run; what is merely
 * not granted says its consequence, and in `next` how to get it.
 */
export async function doctorChecks(session: Session, runner?: string): Promise<readonly Check[]> {
  const snapshot = await inspect(session);
  const rights = await rightsOf(session, snapshot, runner);
  const { rows } = await session.query(stateQuery);
  const state = stateRow.parse(rows[0]);
  return [
    serverCheck(snapshot, state),
    {
      id: 'direct-connection',
      ok: true,
      detail: 'The connection leads to the server itself, not to a transaction pooler.',
    },
    ...(await readRoleChecks(session, runner)),
    connectionsCheck(state),
    journalCheck(rights, snapshot),
    ownershipCheck(rights, snapshot),
    triggersCheck(rights, snapshot),
    visibilityCheck(rights),
    replicationCheck(rights, state),
    statementsCheck(rights),
    invalidIndexCheck(snapshot),
    await transactionsCheck(session, state),
  ];
}

function serverCheck(snapshot: Snapshot, { is_standby }: State): Check {
  const { database, settings } = snapshot.server;
  const detail = `PostgreSQL ${settings.server_version}, database ${database}, ${snapshot.tables.length} tables`;
  if (!is_standby) return { id: 'server', ok: true, detail: `${detail}.` };
  return {
    id: 'server',
    ok: false,
    detail: `${detail}; it is a standby, which takes no writes.`,
    next: 'Give the URL of the primary server.',
  };
}

function connectionsCheck({ connections, connections_max }: State): Check {
  const detail = `${connections} of ${connections_max} connections are in use.`;
  if (connections_max - connections >= freeConnectionsMin) return { id: 'connections', ok: true, detail };
  const next = `Free at least ${freeConnectionsMin} connections, or raise max_connections.`;
  return { id: 'connections', ok: false, detail: `${detail} A run needs about ${freeConnectionsMin}.`, next };
}

function journalCheck({ role, hasJournalPlace }: Rights, { server }: Snapshot): Check {
  if (hasJournalPlace)
    return { id: 'journal-place', ok: true, detail: `Role ${role} has a place for the schema godwit.` };
  return {
    id: 'journal-place',
    ok: false,
    detail: `Role ${role} may not create the schema godwit, where journal and undo data are kept.`,
    next: `Have an administrator run: CREATE SCHEMA godwit AUTHORIZATION "${role}"; or GRANT CREATE ON DATABASE "${server.database}" TO "${role}";`,
  };
}

function ownershipCheck({ role, notOwned }: Rights, { tables }: Snapshot): Check {
  const some = notOwned.slice(0, 5).join(', ');
  if (notOwned.length === 0)
    return { id: 'ownership', ok: true, detail: `Role ${role} owns all ${tables.length} tables.` };
  return {
    id: 'ownership',
    ok: notOwned.length < tables.length,
    detail: `Role ${role} does not own ${notOwned.length} of ${tables.length} tables (${some}${notOwned.length > 5 ? ' …' : ''}); these it cannot change.`,
    next: 'Run as their owner, or have an administrator GRANT the owner role to this one.',
  };
}

function triggersCheck({ role, mayQuietTriggers }: Rights, { tables, server }: Snapshot): Check {
  const watched = tables.filter((table) => usersTriggers(table).some((trigger) => trigger.firesOnUpdate));
  if (mayQuietTriggers)
    return {
      id: 'quiet-triggers',
      ok: true,
      detail: `Role ${role} may keep your triggers from firing for a backfill.`,
    };
  const grant =
    server.version >= 150_000
      ? `GRANT SET ON PARAMETER session_replication_role TO "${role}";`
      : 'Before PostgreSQL 15 only a superuser may do it.';
  return {
    id: 'quiet-triggers',
    ok: true,
    detail: `Role ${role} may not set session_replication_role: update triggers of your own (${watched.length} tables have some) fire for each row of a backfill. A plan keeps to the rights that there are when it is made.`,
    next: grant,
  };
}

function visibilityCheck({ role, seesOtherSessions }: Rights): Check {
  if (seesOtherSessions) return { id: 'other-sessions', ok: true, detail: `Role ${role} sees what other sessions do.` };
  return {
    id: 'other-sessions',
    ok: true,
    detail: `Role ${role} sees only its own sessions’ details: the guards for long transactions and active sessions see no others.`,
    next: `GRANT pg_read_all_stats TO "${role}";`,
  };
}

function replicationCheck({ role, seesReplication }: Rights, { standbys }: State): Check {
  const count = standbys === 1 ? '1 standby is connected' : `${standbys} standbys are connected`;
  if (seesReplication || standbys === 0)
    return { id: 'replication-lag', ok: true, detail: `${count}${standbys === 0 ? '' : '; their lag is watched'}.` };
  return {
    id: 'replication-lag',
    ok: true,
    detail: `${count}, but role ${role} may not see how far behind: a backfill is not throttled by their lag.`,
    next: `GRANT pg_read_all_stats TO "${role}";`,
  };
}

function statementsCheck({ role, hasStatementStatistics, seesOtherSessions }: Rights): Check {
  const id = 'statement-statistics';
  if (hasStatementStatistics && seesOtherSessions)
    return { id, ok: true, detail: 'pg_stat_statements shows whether an old name is still used.' };
  const detail = hasStatementStatistics
    ? `pg_stat_statements shows only the statements of role ${role}: uses of an old name by other roles are not seen.`
    : 'pg_stat_statements is not there: before an old name is dropped, godwit has to ask whether it is still used.';
  const next = hasStatementStatistics
    ? `GRANT pg_read_all_stats TO "${role}";`
    : 'Add pg_stat_statements to shared_preload_libraries, restart the server, then CREATE EXTENSION pg_stat_statements;';
  return { id, ok: true, detail, next };
}

function invalidIndexCheck({ tables }: Snapshot): Check {
  const invalid = tables.flatMap((table) => table.indexes.filter((index) => !index.isValid).map((index) => index.id));
  if (invalid.length === 0) return { id: 'invalid-indexes', ok: true, detail: 'No index is invalid.' };
  return {
    id: 'invalid-indexes',
    ok: true,
    detail: `${invalid.length} indexes are invalid, left by an interrupted build: ${invalid.slice(0, 5).join(', ')}. They slow down writes and serve no query.`,
    next: 'DROP INDEX CONCURRENTLY each of them, unless it is being built right now.',
  };
}

async function transactionsCheck(session: Session, { prepared, sees_others }: State): Promise<Check> {
  const long = await longTransactions(session, { olderThanMs: longTransactionMs });
  const hidden = sees_others ? '' : ' (of the sessions that this role may see)';
  const old = prepared === 0 ? '' : ` ${prepared} prepared transactions wait for their COMMIT PREPARED.`;
  if (long.length === 0 && prepared === 0)
    return { id: 'long-transactions', ok: true, detail: `No transaction is older than a minute${hidden}.` };
  const list = long
    .slice(0, 5)
    .map((one) => `process ${one.pid} (${one.application}, ${Math.round(one.ageMs / 1000)} s)`);
  return {
    id: 'long-transactions',
    ok: true,
    detail: `${long.length} transactions are older than a minute${hidden}${list.length === 0 ? '' : `: ${list.join(', ')}`}.${old}`,
    next: 'A step that needs a strong lock waits until they have ended.',
  };
}

const stateQuery = `
SELECT pg_catalog.pg_is_in_recovery() AS is_standby,
  pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE') AS sees_others,
  (SELECT pg_catalog.sum(numbackends)::int4 FROM pg_catalog.pg_stat_database) AS connections,
  pg_catalog.current_setting('max_connections')::int4 AS connections_max,
  (SELECT pg_catalog.count(*)::int4 FROM pg_catalog.pg_stat_replication) AS standbys,
  (SELECT pg_catalog.count(*)::int4 FROM pg_catalog.pg_prepared_xacts
    WHERE database = pg_catalog.current_database()) AS prepared`;
