import { fail } from '#core/error';
import type { Action } from '#core/plan';
import type { ChangeOf } from '../diff.ts';
import type { Draft, Operation, PlanContext, StepDraft } from '../operation.ts';
import { keysRestingOn } from '../planning/foreign-keys.ts';
import { didYouMean } from '../planning/names.ts';
import { rebuildAction } from '../planning/new-index.ts';
import { tableOf } from '../planning/resolve.ts';
import { constrainAgain } from '../planning/restored-constraint.ts';
import { checkAction, lock, sequence, slugOf, sqlAction } from '../planning/steps.ts';
import { type Constraint, plainName, type Table } from '../schema.ts';
import { conflictTarget, keyDropped } from '../table-hazards.ts';
import { type Target, withTable } from '../target.ts';

type Change = ChangeOf<'drop-constraint'>;

/**
 * A check, or a foreign key that only refuses, goes at once: it loosens. A key that acts (CASCADE …), a unique constraint
 * and a primary key are used by the old version and go at the end. The definition is kept for the way back.
 */
export const dropConstraint: Operation<'drop-constraint'> = {
  id: 'drop-constraint',
  summary: 'ALTER TABLE … DROP CONSTRAINT',
  examples: [
    {
      title: 'a check with a comment',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, age integer CONSTRAINT sane CHECK (age > 0));
        COMMENT ON CONSTRAINT sane ON users IS 'nobody is younger';
        INSERT INTO users SELECT n, n FROM generate_series(1, 300) AS n`,
      sql: 'ALTER TABLE users DROP CONSTRAINT sane',
    },
    {
      title: 'a check that is not valid',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, age integer);
        INSERT INTO users SELECT n, -n FROM generate_series(1, 300) AS n;
        ALTER TABLE users ADD CONSTRAINT sane CHECK (age > 0) NOT VALID`,
      sql: 'ALTER TABLE users DROP CONSTRAINT sane',
    },
    {
      title: 'a foreign key that refuses, and one that cascades',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY);
        CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users, owner bigint REFERENCES users ON DELETE CASCADE);
        INSERT INTO users SELECT n FROM generate_series(1, 100) AS n;
        INSERT INTO orders SELECT n, n, n FROM generate_series(1, 100) AS n`,
      sql: 'ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey; ALTER TABLE orders DROP CONSTRAINT orders_owner_fkey',
    },
    {
      title: 'a unique constraint, deferrable, on a column that the same intent renames',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, mail text UNIQUE NULLS NOT DISTINCT DEFERRABLE);
        COMMENT ON CONSTRAINT users_mail_key ON users IS 'one each'; COMMENT ON INDEX users_mail_key IS 'its index';
        INSERT INTO users SELECT n, 'm' || n FROM generate_series(1, 300) AS n`,
      sql: 'ALTER TABLE users DROP CONSTRAINT users_mail_key; ALTER TABLE users RENAME mail TO email',
      names: ['hazard/conflict-target'],
      since: 15,
    },
    {
      title: 'a primary key, with the foreign key that refers to it',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY);
        CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
        INSERT INTO users SELECT n FROM generate_series(1, 100) AS n;
        INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n`,
      sql: 'ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey; ALTER TABLE users DROP CONSTRAINT users_pkey',
    },
    {
      title: 'a primary key to which a foreign key refers',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY);
        CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users)`,
      sql: 'ALTER TABLE users DROP CONSTRAINT users_pkey',
      refused: 'unsafe-change',
    },
    {
      title: 'an exclusion constraint',
      setup:
        'CREATE TABLE rooms (id bigint PRIMARY KEY, taken int4range, CONSTRAINT free EXCLUDE USING gist (taken WITH &&))',
      sql: 'ALTER TABLE rooms DROP CONSTRAINT free',
      refused: 'not-built',
    },
    {
      title: 'a constraint that is not there',
      setup: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'ALTER TABLE users DROP CONSTRAINT users_pky',
      refused: 'unknown-object',
    },
  ],

  simulate(target, edit) {
    const table = tableOf(target, edit.table);
    const constraint = table.constraints.find(({ name }) => name === edit.constraint);
    if (constraint === undefined) {
      if (edit.ifExists) return target;
      throw noConstraint(table, edit.constraint);
    }
    refuseNeeded(target, table, constraint);
    return withTable(target, {
      ...table,
      constraints: table.constraints.filter(({ id }) => id !== constraint.id),
      indexes: table.indexes.filter((index) => index.constraint !== constraint.name),
    });
  },

  plan(change, context): Draft {
    const { constraint, table } = change;
    if (constraint.kind === 'unique' || constraint.kind === 'primary-key') return keyDraft(change, context);
    const step = looseningStep(change, context);
    if (!acts(constraint)) return { expand: [step] };
    return {
      contract: [step],
      deployNeeds: [
        `Deploy the version that does itself what ${constraint.name} of ${table.before.name} did when rows of ${constraint.references?.table.name ?? ''} were deleted or changed.`,
      ],
    };
  },
};

/** The database does something in its name when a row that is referred to goes or changes. */
function acts({ references }: Constraint): boolean {
  const passive = ['no action', 'restrict'];
  return references !== undefined && ![references.onDelete, references.onUpdate].every((way) => passive.includes(way));
}

/** Before anything is renamed, in expand and in contract: the names are those from before. */
function looseningStep({ constraint, table }: Change, context: PlanContext): StepDraft {
  const { spelling, limits } = context;
  const { name, references } = constraint;
  const locks = [table.before, ...(references === undefined ? [] : [references.table])].map((relation) =>
    lock(relation, 'ACCESS EXCLUSIVE'),
  );
  return {
    slug: `release-${slugOf(name)}`,
    stage: 'loosen',
    title: `Drop ${name} of ${table.before.name}`,
    action: sqlAction([spelling.dropConstraint(table.before, name)], { limits, locks }),
    rollback: constrainAgain(table.before, constraint, context),
    verify: checkAction(spelling.constraintIs(table.before, name, 'absent'), 'Apply again.'),
    hazards: [],
  };
}

function keyDraft(change: Change, context: PlanContext): Draft {
  const { constraint, table } = change;
  const { spelling, limits } = context;
  const { name } = constraint;
  const locks = [lock(table.after, 'ACCESS EXCLUSIVE')];
  const isPublished = constraint.kind === 'primary-key' && table.before.replicaIdentity === 'default';
  return {
    deployNeeds: [
      `Deploy the version that does not rely on ${name} of ${table.after.name} for ON CONFLICT or uniqueness.`,
    ],
    contract: [
      {
        slug: `drop-${slugOf(name)}`,
        stage: 'drop',
        title: `Drop ${name} of ${table.after.name}`,
        action: sqlAction([spelling.dropConstraint(table.after, name)], { limits, locks }),
        rollback: keyAgain(change, context),
        verify: checkAction(spelling.constraintIs(table.after, name, 'absent'), 'Apply again.'),
        hazards: [conflictTarget(table.after, name), ...(isPublished ? [keyDropped(table.after)] : [])],
      },
    ],
  };
}

/** The index is built while the application writes; rows that are double by now stop it, and are told. */
function keyAgain({ constraint, table }: Change, context: PlanContext): Action {
  const { spelling, limits } = context;
  const { name, definition, comment } = constraint;
  const index = table.before.indexes.find((one) => one.name === constraint.index);
  if (index === undefined) return constrainAgain(table.after, constraint, context);
  const kind = constraint.kind === 'primary-key' ? 'primary-key' : 'unique';
  const statements = [
    spelling.addConstraintUsingIndex(table.after, name, { kind, index: index.name, definition }),
    ...(comment === undefined ? [] : [spelling.commentOnConstraint(table.after, name, comment)]),
    ...(index.comment === undefined ? [] : [spelling.commentOnIndex(table.after.schema, index.name, index.comment)]),
  ];
  return sequence([
    rebuildAction(index, table.after, table.before, context),
    sqlAction(statements, { limits, locks: [lock(table.after, 'ACCESS EXCLUSIVE')] }),
  ]);
}

function noConstraint(table: Table, name: string) {
  return fail('unknown-object', {
    what: `Table ${plainName(table)} has no constraint ${name}.`,
    why: 'The table does not hold it at this point of the intent. NOT NULL is no constraint of its own here: write DROP NOT NULL.',
    next: didYouMean(
      name,
      table.constraints.map((other) => other.name),
    ),
  });
}

function refuseNeeded(target: Target, table: Table, constraint: Constraint): void {
  if (constraint.kind === 'exclusion') {
    throw fail('not-built', {
      what: `${constraint.name} of ${plainName(table)} is an exclusion constraint.`,
      why: 'It can only be made again under a lock that stops all writes, so that there is no online way back.',
      next: 'Drop it by hand, while the application may be stopped for the way back.',
    });
  }
  const index = table.indexes.find((one) => one.constraint === constraint.name);
  const keys = index === undefined ? [] : keysRestingOn(target.snapshot, table, index);
  if (keys.length === 0) return;
  throw fail('unsafe-change', {
    what: `${constraint.name} of ${plainName(table)} cannot be dropped.`,
    why: `Foreign keys refer to it: ${keys.map(({ name }) => name).join(', ')}.`,
    next: 'Drop these foreign keys first, in the same intent.',
  });
}
