import type { Lease } from '#core/domain';
import { fail, isFailure } from '#core/error';
import type { Executor, Outcome } from '#core/executor';
import { type IndexAction, indexActionSchema } from '../action.ts';
import { withDeed } from '../deeds.ts';
import { type ExecutionTools, leaseOf, withSession } from '../execution.ts';
import { plainName } from '../schema.ts';
import { shareSession } from '../shared-session.ts';
import { duplicatesIn } from './duplicates.ts';
import { type FoundIndex, findIndex, isSameDefinition } from './found-index.ts';
import { type Building, untilDeadline } from './watched-build.ts';

/**
 * `db/index`: builds or drops an index CONCURRENTLY, outside a transaction, without a lock_timeout: with one, a single
 * old snapshot makes the build fail and leave an invalid index behind. Instead it has a deadline of our own, at which
 * it is cancelled from a second session. An invalid index left behind is dropped and built again. Throws `duplicates`,
 * `lock-timeout` at the deadline with who was in the way, `drift` where another index has the name.
 */
export function indexExecutor(tools: ExecutionTools): Executor {
  return {
    kind: 'db/index',
    execute: async (given, context) => {
      const action = indexActionSchema.parse(given);
      const lease = leaseOf(tools, context);
      const { signal } = context;
      const monitor = shareSession(() => tools.connect({ purpose: 'monitor', run: lease, signal }));
      try {
        return await withSession(tools, { purpose: 'index', signal }, (session) =>
          carryOut({ action, context, tools, session, monitor }, lease),
        );
      } finally {
        await monitor.close();
      }
    },
  };
}

async function carryOut(building: Building, lease: Lease): Promise<Outcome> {
  const { session, context, action } = building;
  await session.query("SELECT set_config('lock_timeout', '0', false), set_config('statement_timeout', '0', false)");
  return await withDeed({ session, lease, of: context }, (before) =>
    action.want === 'present' ? build(building, before) : remove(building),
  );
}

/** A valid index of that name is taken as ours where this run had begun to build it, or where it is the same one. */
async function build(building: Building, before: 'fresh' | 'begun'): Promise<Outcome> {
  const { action, session, context } = building;
  const found = await findIndex(session, action);
  if (found?.isValid === true) {
    if (before === 'begun' || isSameDefinition(found.definition, action.create ?? '')) return there(action);
    throw nameTaken(action, found);
  }
  if (found !== undefined) await dropLeftover(building, found);
  await refuseDuplicates(building);
  const startMs = context.now();
  try {
    await untilDeadline(building, () => session.query(action.create ?? ''));
  } catch (error) {
    await afterFailure(building, error);
    throw error;
  }
  const built = await findIndex(session, action);
  if (built?.isValid !== true) throw notBuilt(action);
  const seconds = ((context.now() - startMs) / 1000).toFixed(1);
  return {
    ok: true,
    detail: `index ${action.index} built in ${seconds} s${found === undefined ? '' : ', after an invalid one was dropped'}`,
  };
}

async function remove(building: Building): Promise<Outcome> {
  const { action, session } = building;
  const found = await findIndex(session, action);
  if (found === undefined) return { ok: true, detail: `index ${action.index} is not there` };
  await drop(building, found);
  return { ok: true, detail: `index ${action.index} dropped` };
}

/** Somebody may be building it at this moment: then it is not a leftover. Ours are gone, with the earlier runner. */
async function dropLeftover(building: Building, found: FoundIndex): Promise<void> {
  if (found.builder !== undefined) throw beingBuilt(building.action, found.builder);
  await drop(building, found);
}

async function drop(building: Building, found: FoundIndex): Promise<void> {
  await untilDeadline(building, () => building.session.query(`DROP INDEX CONCURRENTLY IF EXISTS ${found.quotedName}`));
}

/**
 * What a failed build left behind costs every write, so it is dropped where that is quick; else it stays, and the
 * next attempt drops it. A uniqueness that was broken meanwhile is told as such.
 */
async function afterFailure(building: Building, error: unknown): Promise<void> {
  const { action, session, context } = building;
  if (context.signal.aborted || isFailure(error, 'connection-lost')) return;
  const found = await findIndex(session, action);
  if (found !== undefined && !found.isValid) {
    const limited = { ...building, action: { ...action, deadlineMs: leftoverMaxMs } };
    await drop(limited, found).catch((dropError: unknown) => {
      if (!isFailure(dropError, 'lock-timeout')) throw dropError;
    });
  }
  await refuseDuplicates(building);
}

const leftoverMaxMs = 2_000;

async function refuseDuplicates({ action, session }: Building): Promise<void> {
  if (action.duplicates === undefined) return;
  const sample = await duplicatesIn(session, action.duplicates);
  if (sample.length === 0) return;
  throw fail('duplicates', {
    what: `Rows of ${plainName(action.table)} break the uniqueness that index ${action.index} is to enforce.`,
    why: `For example: ${sample.join('; ')}.`,
    next: 'Change or remove these rows, then run the same command again.',
  });
}

function there({ index }: IndexAction): Outcome {
  return { ok: true, detail: `index ${index} is already there and valid` };
}

function nameTaken({ index, table }: IndexAction, { definition }: FoundIndex): Error {
  return fail('drift', {
    what: `Another index is called ${index}, and the plan does not know it.`,
    why: `It is: ${definition}.`,
    next: `Drop or rename it if nobody needs it, then run the same command again; or make a new plan for ${plainName(table)}.`,
  });
}

function beingBuilt({ index }: IndexAction, pid: number): Error {
  return fail('lock-timeout', {
    what: `Index ${index} is being built by somebody else at this moment.`,
    why: `Process ${pid} builds it, and that is no session of this run.`,
    next: 'Wait until that build has ended, or end it; then run the same command again.',
  });
}

function notBuilt({ index }: IndexAction): Error {
  return fail('step-failed', {
    what: `Index ${index} is not there and valid after its build.`,
    why: 'The server reported no error; somebody else may have dropped or changed it.',
    next: 'Run the same command again: it looks what is there and goes on from that.',
  });
}
