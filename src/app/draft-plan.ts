import { isFailure } from '#core/error';
import type { Finding } from '#core/finding';
import type { PlanDraft } from '#core/plan';
import type { Driver } from '#db/driver';
import type { PlanRequest } from '#db/plan';
import type { Snapshot } from '#db/schema';
import type { Session } from '#db/session';
import { type OpenDatabase, openDatabase, withDomain, withReader } from './domains.ts';
import { mustWait, openRuns, runNamedIn, runOn } from './open-runs.ts';
import type { Surroundings } from './verb.ts';

type Wanted = Pick<PlanRequest, 'text' | 'up' | 'down'>;

/** A database to plan on that is not the target: its tables may be taken for others in size. */
export type PlanningPlace = Pick<OpenDatabase, 'driver' | 'connect' | 'runner'> & {
  readonly sized?: (snapshot: Snapshot) => Snapshot;
};

/** The plan for an intent on the target as it is now, or on the given place. Reads only. */
export async function draftPlan(wanted: Wanted, surroundings: Surroundings, place?: PlanningPlace): Promise<PlanDraft> {
  const { planDatabase } = await import('#db/plan');
  const database = place ?? (await openDatabase(surroundings));
  return withRequest(wanted, { database, surroundings }, (request) => planDatabase(request));
}

/**
 * The plan for an intent on tables that no open run is changing, and what in their rows is in its way. Throws
 * `wrong-state` with the run that is at them.
 */
export async function draftAlone(
  wanted: Wanted & { readonly code?: readonly string[] },
  surroundings: Surroundings,
): Promise<{ readonly draft: PlanDraft; readonly findings: readonly Finding[] }> {
  const { studyIntent } = await import('#db/plan');
  const { lookBeforehand } = await import('#db/look');
  const { code: folders, ...database } = wanted;
  const open = await withDomain(surroundings, ({ domain }) => openRuns(domain));
  try {
    const opened = await openDatabase(surroundings);
    return await withRequest(database, { database: opened, surroundings }, async (request, session) => {
      const { draft, looks, named } = await studyIntent(request);
      const other = runOn(draft.origin.objects, open);
      if (other !== undefined) throw mustWait(other);
      const findings = await lookBeforehand(looks, session);
      if (folders === undefined) return { draft, findings };
      const { withCodeUses } = await import('./code-uses/with-code-uses.ts');
      const look = { ...request, folders, changes: named };
      return { draft: await withCodeUses(draft, look, surroundings), findings };
    });
  } catch (error) {
    const other = isOfTheState(error) ? runNamedIn(wanted.text, open) : undefined;
    throw other === undefined ? error : mustWait(other, error);
  }
}

async function withRequest<T>(
  wanted: Wanted,
  { database, surroundings }: { readonly database: PlanningPlace; readonly surroundings: Surroundings },
  work: (request: PlanRequest & { readonly driver: Driver }, session: Session) => Promise<T>,
): Promise<T> {
  const { driver, runner, sized = (snapshot) => snapshot } = database;
  const { limits } = surroundings.config;
  return withReader(database, surroundings.signal, async (session) => {
    const searchPath = await driver.searchPath(session, runner);
    const snapshot = sized(await driver.inspect(session));
    const rights = await driver.rights(session, snapshot, runner);
    return work({ ...wanted, snapshot, driver, rights, searchPath, limits }, session);
  });
}

/** Failures that come from how the tables are now, and say nothing of use while a run is changing them. */
function isOfTheState(error: unknown): boolean {
  const codes = ['unknown-object', 'name-taken', 'unsafe-change', 'nothing-to-do'];
  return isFailure(error) && codes.includes(error.code);
}
