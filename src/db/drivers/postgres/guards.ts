import * as z from 'zod';
import type { Guard } from '#core/domain';
import { isFailure } from '#core/error';
import type { Pace } from '#core/executor';
import type { Connect, Session } from '../../session.ts';
import { lockWaiters, longTransactions } from './locks.ts';
import { replayLag } from './replay-lag.ts';

/** When guards slow down and when they hold. */
export type GuardLimits = {
  /** A session of the application waits behind one of ours for so long. */
  readonly waitSlowMs: number;
  readonly waitHoldMs: number;
  /** A transaction open for so long keeps the server from cleaning up what a backfill leaves behind. */
  readonly transactionSlowMs: number;
  readonly lagSlowMs: number;
  readonly lagHoldMs: number;
  readonly lagSlowBytes: number;
  readonly lagHoldBytes: number;
  /** Sessions of the application at work at once. */
  readonly activeSlow: number;
  /** Share of max_connections in use. */
  readonly connectionsHold: number;
};

const megabyte = 1024 * 1024;

export const guardLimitsDefault: GuardLimits = {
  waitSlowMs: 100,
  waitHoldMs: 1000,
  transactionSlowMs: 300_000,
  lagSlowMs: 2000,
  lagHoldMs: 10_000,
  lagSlowBytes: 64 * megabyte,
  lagHoldBytes: 512 * megabyte,
  activeSlow: 40,
  connectionsHold: 0.95,
};

const go: Pace = { kind: 'go' };

/**
 * The guards of a server. They share one read-only session, opened at the first reading and closed when nobody has read
 * for a second. What the role cannot see from the start does not hold a run; `doctor` has said so.
 */
export function postgresGuards(connect: Connect, limits: GuardLimits = guardLimitsDefault): readonly Guard[] {
  const monitor = monitorOf(connect);
  const guard = (id: string, summary: string, pace: (session: Session) => Promise<Pace>): Guard => ({
    id,
    summary,
    read: (signal) => monitor.read(signal, pace),
  });
  const lag = lagPace(limits);
  return [
    guard('lock-waiters', 'sessions of the application that wait for a lock behind ours', waitersPace(limits)),
    guard('long-transactions', 'transactions that keep dead rows from being cleaned up', transactionsPace(limits)),
    guard('replication-lag', 'how far standbys are behind, where the role may see it', lag),
    guard('active-sessions', 'how busy the server is, and how many connections are left', sessionsPace(limits)),
  ];
}

function waitersPace(limits: GuardLimits): (session: Session) => Promise<Pace> {
  return async (session) => {
    const waiters = (await lockWaiters(session)).filter((waiter) => waiter.isBehindUs);
    const longestMs = Math.max(0, ...waiters.map((waiter) => waiter.waitedMs ?? 0));
    const why = `${waiters.length} sessions wait behind ours, the longest for ${Math.round(longestMs)} ms`;
    if (longestMs >= limits.waitHoldMs) return { kind: 'hold', why };
    return longestMs >= limits.waitSlowMs ? { kind: 'slow', factor: 2, why } : go;
  };
}

function transactionsPace(limits: GuardLimits): (session: Session) => Promise<Pace> {
  return async (session) => {
    const [oldest] = await longTransactions(session, { olderThanMs: limits.transactionSlowMs });
    if (oldest === undefined) return go;
    const why = `process ${oldest.pid} (${oldest.application}) has a transaction open for ${Math.round(oldest.ageMs / 1000)} s`;
    return { kind: 'slow', factor: 2, why };
  };
}

const lagRow = z.object({
  standbys: z.number(),
  visible: z.number(),
  lag_ms: z.number().nullable(),
  lag_bytes: z.number().nullable(),
  written: z.number().nullable(),
  now_ms: z.number(),
  name: z.string().nullable(),
});

/**
 * replay_lag is NULL once a standby has caught up and nothing is written; then it is not behind. While it replays
 * nothing at all, the lag in time stands still and the one in bytes grows, so positions are read too (replay-lag.ts)
 * (https://www.postgresql.org/docs/18/monitoring-stats.html#MONITORING-PG-STAT-REPLICATION-VIEW).
 */
const lagQuery = `
SELECT pg_catalog.count(*)::int4 AS standbys, pg_catalog.count(r.state)::int4 AS visible,
  pg_catalog.max(pg_catalog.date_part('epoch', r.replay_lag) * 1000) AS lag_ms,
  pg_catalog.max(CASE WHEN NOT pg_catalog.pg_is_in_recovery()
    THEN pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), r.replay_lsn) END)::float8 AS lag_bytes,
  CASE WHEN NOT pg_catalog.pg_is_in_recovery()
    THEN pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), '0/0') END::float8 AS written,
  pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()) * 1000 AS now_ms,
  (pg_catalog.array_agg(r.application_name ORDER BY r.replay_lag DESC NULLS LAST))[1] AS name
FROM pg_catalog.pg_stat_replication r WHERE r.state IS DISTINCT FROM 'backup'`;

/** A standby whose lag could be read and no longer can is a reason to stop. */
function lagPace(limits: GuardLimits): (session: Session) => Promise<Pace> {
  let wasVisible = false;
  const behindMs = replayLag();
  return async (session) => {
    const { rows } = await session.query(lagQuery);
    const { standbys, visible, lag_ms, lag_bytes, written, now_ms, name } = lagRow.parse(rows[0]);
    if (visible < standbys)
      return wasVisible
        ? { kind: 'hold', why: 'the lag of standbys can no longer be read: the role has lost that right' }
        : go;
    wasVisible = standbys > 0;
    const [end, lagBytes] = [written ?? 0, lag_bytes ?? 0];
    const lagMs = Math.max(lag_ms ?? 0, behindMs({ atMs: now_ms, written: end, replayed: end - lagBytes }));
    const why = `standby ${name ?? ''} is ${(lagMs / 1000).toFixed(1)} s and ${Math.round(lagBytes / megabyte)} MB behind`;
    if (lagMs >= limits.lagHoldMs || lagBytes >= limits.lagHoldBytes) return { kind: 'hold', why };
    const factor = Math.max(lagMs / limits.lagSlowMs, lagBytes / limits.lagSlowBytes);
    return factor >= 1 ? { kind: 'slow', factor, why } : go;
  };
}

const sessionsRow = z.object({ active: z.number(), connections: z.number(), connections_max: z.number() });

const sessionsQuery = `
SELECT pg_catalog.count(*) FILTER (WHERE a.state = 'active' AND a.application_name NOT LIKE 'godwit %')::int4 AS active,
  pg_catalog.count(*)::int4 AS connections, pg_catalog.current_setting('max_connections')::int4 AS connections_max
FROM pg_catalog.pg_stat_activity a WHERE coalesce(a.backend_type, 'client backend') = 'client backend'
  AND a.datname IS NOT NULL`;

function sessionsPace(limits: GuardLimits): (session: Session) => Promise<Pace> {
  return async (session) => {
    const { rows } = await session.query(sessionsQuery);
    const { active, connections, connections_max } = sessionsRow.parse(rows[0]);
    if (connections >= connections_max * limits.connectionsHold)
      return { kind: 'hold', why: `${connections} of ${connections_max} connections are in use` };
    if (active < limits.activeSlow) return go;
    return {
      kind: 'slow',
      factor: active / limits.activeSlow,
      why: `${active} sessions of the application are at work at once`,
    };
  };
}

const idleMaxMs = 1000;

type Monitor = { read(signal: AbortSignal, pace: (session: Session) => Promise<Pace>): Promise<Pace> };

/** One session for all guards, in turn. Nobody closes guards, so an idle session closes itself. */
function monitorOf(connect: Connect): Monitor {
  let session: Session | undefined;
  let reads = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const drop = async () => {
    const dropped = session;
    session = undefined;
    await dropped?.close();
  };
  const opened = async () => {
    if (session !== undefined) return session;
    const fresh = await connect({ purpose: 'monitor', isReadOnly: true, signal: new AbortController().signal });
    await fresh.query("SET statement_timeout = '3s'");
    session = fresh;
    return fresh;
  };
  const closeWhenIdle = (read: number) => {
    const idle = AbortSignal.timeout(idleMaxMs);
    const close = () => {
      turn = turn.then(() => (read === reads ? drop() : undefined)).catch(() => undefined);
    };
    idle.addEventListener('abort', close, { once: true });
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  return {
    read: (signal, pace) =>
      inTurn(async () => {
        signal.throwIfAborted();
        reads += 1;
        try {
          return await pace(await opened());
        } catch (error) {
          if (isFailure(error, 'connection-lost')) await drop();
          throw error;
        } finally {
          closeWhenIdle(reads);
        }
      }),
  };
}
