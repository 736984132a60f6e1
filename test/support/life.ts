import * as z from 'zod';
import { type Action, definePlan, type Plan, type Step, stepsOf } from '#core/plan';
import { dbActionSchema } from '#db/action';
import type { Rights } from '#db/driver';
import { fingerprintOf } from '#db/drivers/postgres/fingerprint';
import { postgres } from '#db/drivers/postgres/index';
import { postgresSpelling } from '#db/drivers/postgres/spelling/index';
import { defaultPlanLimits, type PlanRequest, planDatabase } from '#db/plan';
import { plainName, type Snapshot } from '#db/schema';
import { createDatabase, type TestDatabase } from './database.ts';

/** What a life begins with. `equals` is plain SQL with the same end, where `sql` is not. */
export type Birth = {
  readonly setup: string;
  readonly sql: string;
  readonly up?: string;
  readonly down?: string;
  readonly equals?: string;
};

/** Schema and rows of a database, in a form that compares. */
export type State = {
  readonly schema: string;
  /** What the fingerprints are made of, line by line, for reading a difference. */
  readonly lines: readonly string[];
  readonly rows: Readonly<Record<string, readonly string[]>>;
};

/** Looks at the database between two actions; `where` names the step. */
export type Look = (where: string) => Promise<void>;

/** A plan on a database of its own, carried out step by step with the actions as they stand in the plan. */
export type Life = {
  readonly database: TestDatabase;
  readonly plan: Plan;
  /** Carries out the steps of these phases, forward; `look` is called after every single action. */
  forward(phases?: readonly string[], look?: Look): Promise<void>;
  /** Rolls back the steps of these phases, the last one first. */
  back(phases?: readonly string[], look?: Look): Promise<void>;
  state(): Promise<State>;
  end(): Promise<void>;
};

/**
 * Sets the stage on a new database, whose owner is no superuser, or on one that is lent, after emptying it, and plans.
 * Rejects as planning does.
 */
export async function beginLife(birth: Birth, lent?: TestDatabase): Promise<Life> {
  const database = lent ?? (await createDatabase());
  const end = () => (lent === undefined ? database.drop() : Promise.resolve());
  try {
    if (lent !== undefined) await empty(lent);
    await database.query(birth.setup);
    await database.query('CREATE SCHEMA IF NOT EXISTS godwit');
    const plan = await planOn(database, birth);
    const deeds = (phases: readonly string[] | undefined) =>
      stepsOf(plan)
        .filter(({ phase }) => phases === undefined || phases.includes(phase.kind))
        .map(({ step }) => step);
    return {
      database,
      plan,
      forward: async (phases, look) => {
        for (const step of deeds(phases)) await forward(database, step, look);
      },
      back: async (phases, look) => {
        for (const step of deeds(phases).toReversed()) await act(database, step.rollback, `back ${step.id}`, look);
      },
      state: () => stateOf(database),
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** The state that the same SQL makes on an empty system. */
export async function plainly(birth: Birth, lent?: TestDatabase): Promise<State> {
  const database = lent ?? (await createDatabase());
  try {
    if (lent !== undefined) await empty(lent);
    await database.query(birth.setup);
    await database.query(birth.equals ?? birth.sql);
    return await stateOf(database);
  } finally {
    if (lent === undefined) await database.drop();
  }
}

/** Before 15 the schema public of a new database belongs to the superuser. */
async function empty({ superQuery, role }: TestDatabase): Promise<void> {
  await superQuery(
    `DROP SCHEMA IF EXISTS godwit CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION "${role}"`,
  );
}

export async function planOn(
  database: TestDatabase,
  { sql, up, down }: Birth,
  rights: Partial<Rights> = {},
): Promise<Plan> {
  const request: PlanRequest = {
    text: sql,
    ...(up === undefined ? {} : { up }),
    ...(down === undefined ? {} : { down }),
    snapshot: await database.snapshot(),
    driver: postgres,
    rights: { ...ownerRights, role: database.role, ...rights },
    limits: defaultPlanLimits,
    searchPath: ['public'],
  };
  return definePlan(await planDatabase(request), { day: '20260101', slug: 'life' });
}

const ownerRights: Rights = {
  role: '',
  isSuperuser: false,
  mayQuietTriggers: false,
  hasJournalPlace: true,
  seesOtherSessions: false,
  seesReplication: false,
  hasStatementStatistics: false,
  notOwned: [],
};

async function stateOf(database: TestDatabase): Promise<State> {
  const snapshot = await database.snapshot();
  const rows: Record<string, readonly string[]> = {};
  for (const table of snapshot.tables) {
    const relation = postgresSpelling.relation(table);
    const found = await database.query(`SELECT to_jsonb(t)::text AS row FROM ${relation} AS t ORDER BY 1`);
    rows[plainName(table)] = z
      .array(z.object({ row: z.string() }))
      .parse(found)
      .map(({ row }) => row);
  }
  return { schema: fingerprintOf(snapshot), lines: linesOf(snapshot), rows };
}

function linesOf(snapshot: Snapshot): readonly string[] {
  const parts = snapshot.tables.flatMap((table) => {
    const { columns, constraints, indexes } = table;
    return [...columns, ...constraints, ...indexes].map(
      (part) =>
        `${plainName(table)} ${JSON.stringify({ ...part, id: '', dependsOn: '', bytes: 0, sequence: '', columns: '' })}`,
    );
  });
  return parts.toSorted();
}

async function forward(database: TestDatabase, step: Step, look?: Look): Promise<void> {
  await act(database, step.action, step.id, look);
  await act(database, step.verify, `verify ${step.id}`);
}

/** Carries out an action in the plainest way: one batch, one statement after the other. */
async function act(
  database: TestDatabase,
  action: Action | Step['rollback'],
  where: string,
  look?: Look,
): Promise<void> {
  if (action.kind === 'none') return;
  if (action.kind === 'irreversible') throw new Error(`${where} is irreversible: ${JSON.stringify(action)}`);
  if (action.kind === 'sequence') {
    for (const part of z.array(z.object({ kind: z.string() }).catchall(z.json())).parse(action.actions)) {
      await act(database, part, where, look);
    }
    return;
  }
  try {
    await actOnce(database, dbActionSchema.parse(action));
  } catch (error) {
    throw new Error(
      `${where}: ${error instanceof Error ? error.message : String(error)} in ${JSON.stringify(action, undefined, 1)}`,
      { cause: error },
    );
  }
  await look?.(where);
}

async function actOnce({ query }: TestDatabase, action: z.infer<typeof dbActionSchema>): Promise<void> {
  switch (action.kind) {
    case 'db/sql':
      await query(['BEGIN', ...action.statements, 'COMMIT'].join(';\n'));
      return;
    case 'db/index': {
      const [found] = await query(`SELECT to_regclass($1) AS index`, [`"${action.table.schema}"."${action.index}"`]);
      if (action.want === 'absent')
        await query(`DROP INDEX CONCURRENTLY IF EXISTS "${action.table.schema}"."${action.index}"`);
      else if (found?.index === null && action.create !== undefined) await query(action.create);
      return;
    }
    case 'db/batches': {
      const settings = Object.entries(action.settings).map(([name, value]) => `SET LOCAL ${name} = '${value}'`);
      await query(
        ['BEGIN', ...settings, ...action.statements.map((text) => text.replaceAll('$range', 'true')), 'COMMIT'].join(
          ';\n',
        ),
      );
      return;
    }
    case 'db/compare': {
      const { over, left, right, backLeft, backRight } = action;
      const back = backLeft === undefined ? 'false' : `(${backLeft}) IS NOT DISTINCT FROM (${backRight})`;
      const relation = postgresSpelling.relation(over.table);
      const [row] = await query(
        `SELECT count(*)::int AS differ FROM ${relation} AS t WHERE NOT ((${left}) IS NOT DISTINCT FROM (${right}) OR ${back})`,
      );
      if (row?.differ !== 0) throw new Error(`${String(row?.differ)} rows differ`);
      return;
    }
    case 'db/check': {
      const [row] = await query(action.query);
      if (row?.ok !== true) throw new Error(`not ok: ${JSON.stringify(row)}`);
      return;
    }
    case 'db/usage':
      return;
  }
}

/** What differs between two states: lines of schema and rows that only one of them has; empty when they are equal. */
export function differences(found: State, wanted: State, { isRandom = false } = {}): readonly string[] {
  const parts = [
    ...(found.schema === wanted.schema ? [] : compare(found.lines, wanted.lines)),
    ...compare(Object.keys(found.rows), Object.keys(wanted.rows)),
    ...(isRandom ? [] : Object.entries(wanted.rows)).flatMap(([table, rows]) => compare(found.rows[table] ?? [], rows)),
  ];
  return found.schema === wanted.schema || parts.length > 0 ? parts : ['the fingerprints differ'];
}

function compare(found: readonly string[], wanted: readonly string[]): readonly string[] {
  const [has, shall] = [new Set(found), new Set(wanted)];
  return [
    ...found
      .filter((line) => !shall.has(line))
      .slice(0, 4)
      .map((line) => `extra: ${line}`),
    ...wanted
      .filter((line) => !has.has(line))
      .slice(0, 4)
      .map((line) => `missing: ${line}`),
  ];
}
