import { type Client, DatabaseError } from 'pg';
import * as z from 'zod';
import { loadParser, parseTree } from '#db/drivers/postgres/sql/syntax-tree';
import { runBare, type Watched } from './bare-statement.ts';
import { type Observation, observationOf } from './observation.ts';
import { readState, type ServerState, sentinel } from './server-state.ts';
import type { Copy, ProofServer } from './servers.ts';

export type Example = {
  /** What is there besides the example schema and its rows: any statements, run one by one. */
  readonly given?: string | undefined;
  /** One statement each. */
  readonly statements: readonly string[];
  /** `transaction`: all in one, as most migration tools do. `autocommit`: each by itself, as psql does. */
  readonly mode: 'transaction' | 'autocommit';
};

/**
 * Runs the statements on the example schema, one after the other whether they fail or not, and tells of each what the
 * server did. Nothing of it stays. Throws where `given` fails, and where something could not be observed.
 */
export async function observe(server: ProofServer, example: Example): Promise<readonly Observation[]> {
  const isRolledBack = example.mode === 'transaction' && !example.statements.some((one) => ends.test(bareText(one)));
  if (isRolledBack && example.given === undefined) return await server.inTurn(() => inStanding(server, example));
  return await server.inTurn(() => server.withCopy((copy) => inCopy(copy, example)));
}

const ends = /^(COMMIT|END|ABORT|PREPARE\s+TRANSACTION|ROLLBACK(?!\s+((WORK|TRANSACTION)\s+)?TO\b))\b/i;

/** Statements that are about the transaction or the session; some of them must come before any query. */
const aboutSession =
  /^(BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|PREPARE\s+TRANSACTION|RESET|SET(?!\s+CONSTRAINTS))\b/i;
/** Statements that mean something else, or nothing, outside a transaction. */
const wantsTransaction = /^(LOCK|DECLARE)\b/i;

function bareText(statement: string): string {
  return statement.replace(/^(\s+|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/)*/, '');
}

async function inStanding(server: ProofServer, example: Example): Promise<readonly Observation[]> {
  const { standing: session } = server;
  const before = await readState(session, 'own');
  const observed = await runAll({ session, older: undefined, watched: undefined }, example);
  await session.query('DISCARD ALL');
  if (shapeOf(await readState(session, 'own')) !== shapeOf(before))
    throw new Error(`What was to be rolled back has stayed: ${example.statements.join('; ')}`);
  return observed;
}

function shapeOf({ relations }: ServerState): string {
  return relations
    .filter(({ kind }) => kind !== 'S')
    .map(({ oid, name, file }) => `${oid} ${name} ${file}`)
    .sort()
    .join();
}

async function inCopy({ open, watcher }: Copy, example: Example): Promise<readonly Observation[]> {
  if (example.given !== undefined) {
    const giver = await open();
    for (const statement of await statementsOf(example.given)) await giver.query(statement);
    await giver.query('ANALYZE');
    await giver.end();
  }
  const session = await open();
  const { rows } = await session.query(ownIdsQuery);
  const [{ backend, database }] = z.tuple([z.object({ backend: z.number(), database: z.number() })]).parse(rows);
  const watched = { session, watcher, backendId: backend, databaseId: database, sentinelScans: 0 };
  return await runAll({ session, older: undefined, watched }, example);
}

const ownIdsQuery = `SELECT pg_catalog.pg_backend_pid() AS backend, d.oid::int8::float8 AS database
  FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()`;

/** The statements of a text; all of it as one where our parser cannot read it. */
export async function statementsOf(text: string): Promise<readonly string[]> {
  await loadParser();
  const { source, statements } = parseTree(text);
  return statements.map(({ stmt_location: from = 0, stmt_len: length = 0 }) => {
    const end = length === 0 ? source.text.length : source.indexAtByte(from + length);
    return source.text.slice(source.indexAtByte(from), end).trim();
  });
}

type Seat = {
  readonly session: Client;
  /** Relations that were there when the transaction began; undefined until it is looked at. */
  older: ReadonlySet<number> | undefined;
  /** Undefined in a database that must stay as it is. */
  readonly watched: (Watched & { sentinelScans: number }) | undefined;
};

async function runAll(seat: Seat, { statements, mode }: Example): Promise<readonly Observation[]> {
  const { session } = seat;
  if (mode === 'transaction') await session.query('BEGIN');
  const observed: Observation[] = [];
  for (const statement of statements) observed.push(await observeOne(seat, statement));
  if (session.getTransactionStatus() !== 'I') await session.query('ROLLBACK');
  return observed;
}

async function observeOne(seat: Seat, statement: string): Promise<Observation> {
  const said: string[] = [];
  const hear = ({ severity = '', message = '' }: { severity?: string | undefined; message?: string | undefined }) => {
    if (severity === 'WARNING' ? !ownWarning.test(message) : telling.test(message)) said.push(message);
    if (severity === 'NOTICE' && skipped.test(message)) said.push(message);
  };
  seat.session.on('notice', hear);
  try {
    return { ...(await runOne(seat, statement, said)), said };
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return { ...nothingOf(statement), sqlstate: error.code, message: error.message, said };
  } finally {
    seat.session.off('notice', hear);
  }
}

const telling =
  /^(rewriting|verifying|building|validating|vacuuming|clustering|existing constraints|partition constraint|updated partition)/;
const skipped = /skipping$/;
const ownWarning = /^canceling (the )?wait for synchronous replication/;

async function runOne(seat: Seat, statement: string, said: readonly string[]): Promise<Observation> {
  const { session } = seat;
  const text = bareText(statement);
  const status = session.getTransactionStatus();
  if (status === 'I') seat.older = undefined;
  const isAlone = status === 'I' && wantsTransaction.test(text);
  if (status === 'E' || isAlone || aboutSession.test(text)) {
    await session.query(statement);
    return nothingOf(statement);
  }
  return status === 'T' ? await runWithin(seat, statement) : await runByItself(seat, statement, said);
}

/** What the same transaction has made is left out: nobody else can wait for it. */
async function runWithin(seat: Seat, statement: string): Promise<Observation> {
  const { session } = seat;
  const state = await readState(session, 'own');
  const older = seat.older ?? new Set(state.relations.map(({ oid }) => oid));
  seat.older = older;
  const before = { ...state, relations: state.relations.filter(({ oid }) => older.has(oid)) };
  await session.query(statement);
  const after = await readState(session, 'own');
  return observationOf(statement, { before, after, locks: after.locks, said: [] });
}

/** In a transaction around it, whose locks can be read before they go; where the server refuses that, without. */
async function runByItself(seat: Seat, statement: string, said: readonly string[]): Promise<Observation> {
  const { session } = seat;
  try {
    await session.query('BEGIN');
    const observation = await runWithin(seat, statement);
    await session.query('COMMIT');
    return observation;
  } catch (error) {
    if (session.getTransactionStatus() !== 'I') await session.query('ROLLBACK');
    const isRefused = error instanceof DatabaseError && (error.code === '25001' || error.code === '2D000');
    if (!isRefused) throw error;
  }
  return await runOutside(seat, statement, said);
}

/** Where the server says that it skipped the statement, there may be nothing to see. */
async function runOutside(
  { session, watched }: Seat,
  statement: string,
  said: readonly string[],
): Promise<Observation> {
  if (watched === undefined) throw new Error(`It commits, where nothing may stay: ${statement}`);
  await session.query(`SELECT FROM ${sentinel}`);
  watched.sentinelScans += 1;
  const before = await completeState(session, watched.sentinelScans);
  const { isSeen, locks } = await runBare(statement, watched);
  if (!isSeen && !said.some((message) => skipped.test(message)))
    throw new Error(`Nothing was seen of the statement, though it succeeded: ${statement}`);
  const after = await completeState(session, watched.sentinelScans);
  return observationOf(statement, { before, after, locks, said: [] });
}

/** Waits until as many scans of the sentinel are counted as were made: what was reported with them is then seen as well. */
async function completeState(session: Client, sentinelScans: number): Promise<ServerState> {
  for (let look = 0; look < looksMax; look += 1) {
    const state = await readState(session, 'all');
    if (state.sentinelScans >= sentinelScans) return state;
    await session.query('SELECT pg_catalog.pg_stat_clear_snapshot(), pg_catalog.pg_sleep(0.01)');
  }
  throw new Error('The counts of scans did not arrive.');
}

const looksMax = 500;

function nothingOf(statement: string): Observation {
  return {
    statement,
    locks: [],
    rewrites: [],
    emptied: [],
    rebuiltIndexes: [],
    scans: [],
    builds: [],
    sqlstate: undefined,
    walBytes: 0,
    said: [],
  };
}
