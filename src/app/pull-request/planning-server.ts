import { isFailure } from '#core/error';
import type { Rights } from '#db/driver';
import { postgres } from '#db/drivers/postgres/index';
import { useOwnSearchPath } from '#db/execution';
import { newestMajor } from '#db/lint/majors';
import { plainName, type Snapshot } from '#db/schema';
import { openScratch, withSession } from '#db/scratch';
import type { PlanningPlace } from '../draft-plan.ts';

/** A throw-away server on which migrations are run in their order, so that each is planned on what is there before it. */
export type PlanningServer = {
  readonly place: PlanningPlace;
  /** Runs statements as a role that is no superuser, each alone; what the server refuses is told, and left out. */
  run(statements: readonly string[]): Promise<readonly string[]>;
  /** From now on tables that are there count as large ones, or as the original says; those that come later as they are. */
  sizeTables(): Promise<void>;
  close(): Promise<void>;
};

/** The database that is copied, without its rows; without one the server is empty. */
export type Original = { readonly snapshot: Snapshot; readonly rights: Rights };

/** One statement of somebody's must not hold the job. */
const statementMaxMs = 60_000;
/** Nobody knows how large a table is that stands in a file: a plan for a small one would be none for a large one. */
const rowsAssumed = 1_000_000;
const bytesAssumed = 256 * 1_048_576;
const role = { role: 'app', isSuperuser: false, mayQuietTriggers: false };

/** Starts the server. Throws `embedded-missing`. */
export async function openPlanningServer(request: {
  readonly original: Original | undefined;
  readonly major: number | undefined;
  readonly signal: AbortSignal;
}): Promise<PlanningServer> {
  const { original, signal } = request;
  const snapshot = original?.snapshot ?? emptyOf(request.major ?? newestMajor);
  const scratch = await openScratch({ driver: postgres, snapshot, rights: original?.rights ?? role, signal });
  const sizes = new Map<string, Pick<Snapshot['tables'][number], 'rows' | 'bytes'>>();
  const sized = (now: Snapshot): Snapshot => ({
    ...now,
    tables: now.tables.map((table) => ({ ...table, ...sizes.get(plainName(table)) })),
  });
  return {
    place: { driver: postgres, connect: scratch.connect, sized },
    run: (statements) =>
      withSession(scratch.connect, signal, async (session) => {
        await useOwnSearchPath(session);
        await session.query(`SET statement_timeout = '${statementMaxMs}ms'`);
        const refused: string[] = [];
        for (const statement of statements) {
          const why = await refusal(() => session.query(statement));
          if (why === undefined) continue;
          refused.push(`${statement.replaceAll(/\s+/g, ' ').slice(0, 80)}: ${why}`);
        }
        return refused;
      }),
    sizeTables: async () => {
      const known = new Map(original?.snapshot.tables.map((table) => [plainName(table), table]));
      const now = await withSession(scratch.connect, signal, (session) => postgres.inspect(session));
      for (const name of now.tables.map(plainName)) {
        const { rows = rowsAssumed, bytes = bytesAssumed } = known.get(name) ?? {};
        sizes.set(name, { rows, bytes });
      }
    },
    close: scratch.close,
  };
}

async function refusal(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!isFailure(error) || error.code === 'interrupted' || error.code === 'connection-lost') throw error;
    return error.explanation.why;
  }
}

function emptyOf(major: number): Snapshot {
  const server = { version: major * 10_000, settings: {}, database: '', role: role.role };
  const nothing = { schemas: [], tables: [], views: [], sequences: [], types: [], functions: [], extensions: [] };
  return { server, ...nothing };
}
