import { describe, expect, test } from 'vitest';
import { definePlan, type PlanDraft } from '#core/plan';
import { snapshotOf } from '../../test/support/snapshot.ts';
import { diff } from './diff.ts';
import type { Rights } from './driver.ts';
import { postgres } from './drivers/postgres/index.ts';
import { defaultPlanLimits, planDatabase, simulate } from './plan.ts';
import { isFreeChange } from './planning/free-change.ts';

const shop = snapshotOf({
  users: [
    'id bigint NOT NULL',
    "name text NOT NULL DEFAULT 'nobody'::text",
    'age integer',
    'mail character varying(20)',
  ],
  orders: ['id bigint NOT NULL', 'user_id bigint'],
});

const rights: Rights = {
  role: 'owner',
  isSuperuser: false,
  mayQuietTriggers: false,
  hasJournalPlace: true,
  seesOtherSessions: false,
  seesReplication: false,
  hasStatementStatistics: false,
  notOwned: [],
};

async function plan(text: string, more: Partial<Rights> = {}): Promise<PlanDraft> {
  const common = { snapshot: shop, driver: postgres, limits: defaultPlanLimits, searchPath: ['public'] };
  return planDatabase({ ...common, text, rights: { ...rights, ...more } });
}

/** Kinds of changes with the names that they concern. */
async function changes(text: string): Promise<readonly string[]> {
  const stated = await postgres.readIntent(text, { searchPath: ['public'] });
  return diff(simulate(shop, stated), (from, to, table, up) =>
    isFreeChange({ from, to, table, up }, postgres.spelling),
  ).map((change) => ('before' in change ? `${change.kind} ${change.before.name} → ${change.after.name}` : change.kind));
}

describe('the difference of the first and the last state', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['ALTER TABLE users RENAME name TO a; ALTER TABLE users RENAME a TO b', ['rename-column name → b']],
    ['ALTER TABLE users RENAME name TO a; ALTER TABLE users RENAME a TO name', []],
    ['ALTER TABLE users ADD x int; ALTER TABLE users DROP x', []],
    [
      'ALTER TABLE users ADD x int; ALTER TABLE users RENAME x TO y; ALTER TABLE users ALTER y TYPE bigint',
      ['add-column'],
    ],
    ['ALTER TABLE users RENAME name TO a; ALTER TABLE users DROP a', ['drop-column']],
    ['ALTER TABLE users ALTER age SET NOT NULL; ALTER TABLE users ALTER age DROP NOT NULL', []],
    [
      'ALTER TABLE users RENAME age TO years; ALTER TABLE users ALTER years TYPE bigint, ALTER years SET NOT NULL',
      ['change-type age → years', 'set-not-null age → years'],
    ],
    [
      'ALTER TABLE users ALTER mail TYPE varchar(40); ALTER TABLE users RENAME mail TO email',
      ['change-type mail → mail', 'rename-column mail → email'],
    ],
  ];
  test.each(cases)('%s', async (text, expected) => {
    expect(await changes(text)).toEqual(expected);
  });
});

describe('a plan', () => {
  test('of a rename: phases, gate, evidence and steps in their order', async () => {
    const draft = await plan('ALTER TABLE users RENAME COLUMN name TO full_name');
    expect(draft.phases.map(({ id, steps }) => [id, steps.map((step) => step.id)])).toEqual([
      ['expand', ['expand-1-shadow-full-name']],
      ['migrate', ['migrate-1-fill-full-name', 'migrate-2-compare-full-name']],
      ['deploy', []],
      ['contract', ['contract-1-rename-name']],
    ]);
    const gate = draft.phases.find(({ kind }) => kind === 'deploy')?.gate;
    expect(gate?.evidence.map(({ id, action }) => [id, action.kind])).toEqual([
      ['compare-full-name', 'db/compare'],
      ['old-names', 'db/usage'],
    ]);
    expect(draft.origin.objects).toEqual(['public.users']);
    expect(draft.estimates.map(({ source }) => source)).toEqual(Array(4).fill('estimated from row estimates'));
  });

  test('is the same for the same input, and another for another intent', async () => {
    const name = { day: '20260101', slug: 'x' };
    const [one, two] = await Promise.all([plan('ALTER TABLE users DROP age'), plan('ALTER TABLE users DROP age')]);
    const other = await plan('ALTER TABLE users DROP mail');
    expect(definePlan(one, name)).toEqual(definePlan(two, name));
    expect(definePlan(one, name).planHash).not.toBe(definePlan(other, name).planHash);
  });

  test('puts together several changes: loosening first, tightening and dropping last', async () => {
    const text = `ALTER TABLE users DROP mail; ALTER TABLE users ALTER age SET NOT NULL;
      ALTER TABLE users RENAME name TO full_name; ALTER TABLE users ALTER name DROP NOT NULL`;
    await expect(plan(text)).rejects.toMatchObject({ code: 'unknown-object' });
    const draft = await plan(text.replace('ALTER name', 'ALTER full_name'));
    expect(draft.phases.flatMap(({ steps }) => steps.map(({ id }) => id))).toEqual([
      'expand-1-nullable-name',
      'expand-2-shadow-full-name',
      'migrate-1-fill-full-name',
      'migrate-2-compare-full-name',
      'contract-1-rename-name',
      'contract-2-guard-age',
      'contract-3-not-null-age',
      'contract-4-undo-mail',
      'contract-5-capture-mail',
      'contract-6-keep-mail',
      'contract-7-drop-mail',
    ]);
  });
});

describe('what is refused', () => {
  const long = 'x'.repeat(64);
  const cases: readonly (readonly [string, string, string])[] = [
    ['ALTER TABLE user RENAME name TO x', 'sql-syntax', ''],
    ['ALTER TABLE usres RENAME name TO x', 'unknown-object', 'Did you mean public.users?'],
    ['ALTER TABLE users RENAME nmae TO x', 'unknown-object', 'Did you mean name?'],
    ['ALTER TABLE users RENAME name TO age', 'name-taken', ''],
    ['ALTER TABLE users RENAME name TO a; ALTER TABLE users ADD name text', 'unsafe-change', 'Make it two plans'],
    ['ALTER TABLE users RENAME name TO x; ALTER TABLE users RENAME age TO name', 'unsafe-change', 'Make it two plans'],
    ['ALTER TABLE users DROP name; ALTER TABLE users ADD name text', 'unsafe-change', 'Make it two plans'],
    [`ALTER TABLE users RENAME name TO ${long}`, 'bad-input', 'shorter'],
    ['ALTER TABLE users ADD COLUMN IF NOT EXISTS name text', 'nothing-to-do', ''],
    ['ALTER TABLE users ADD COLUMN must text NOT NULL', 'unsafe-change', 'godwit: up'],
    ["ALTER TABLE users ALTER name TYPE boolean USING name = 'x'", 'unsafe-change', 'godwit: down'],
    [
      "-- godwit: down 'x'\nALTER TABLE users ALTER name TYPE integer USING age + length(name); ALTER TABLE users RENAME age TO years",
      'unsafe-change',
      'two plans',
    ],
  ];
  test.each(cases)('%s', async (text, code, next) => {
    const error = await plan(text).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, explanation: { next: expect.stringContaining(next) } });
  });

  test('more changes than a person reads', async () => {
    const text = Array.from({ length: 2_001 }, (_, at) => `ALTER TABLE users ADD COLUMN c${at} int`).join(';');
    await expect(plan(text)).rejects.toMatchObject({
      code: 'bad-input',
      explanation: { what: expect.stringContaining('2001 changes'), next: expect.stringContaining('several plans') },
    });
  });

  test('two columns of one index, when both get a new type', async () => {
    const [users, ...others] = shop.tables;
    const index = users?.indexes[0];
    if (users === undefined || index === undefined) throw new Error('no fixture');
    const dependsOn = ['public.users.name', 'public.users.age'];
    const shared = {
      ...index,
      id: 'public.users.both',
      name: 'both',
      isUnique: false,
      constraint: undefined,
      dependsOn,
    };
    const snapshot = { ...shop, tables: [{ ...users, indexes: [...users.indexes, shared] }, ...others] };
    const common = { snapshot, driver: postgres, limits: defaultPlanLimits, searchPath: ['public'], rights };
    const text = 'ALTER TABLE users ALTER name TYPE xml USING name::xml, ALTER age TYPE bigint';
    await expect(planDatabase({ ...common, text })).rejects.toMatchObject({ code: 'not-built' });
  });

  test('a table that the role does not own', async () => {
    const text = 'ALTER TABLE users RENAME name TO full_name';
    await expect(plan(text, { notOwned: ['public.users'] })).rejects.toMatchObject({ code: 'rights-missing' });
    await expect(plan(text, { notOwned: ['public.orders'] })).resolves.toBeDefined();
  });
});
