import { fail } from '#core/error';
import type { Action } from '#core/plan';
import type { ChangeOf } from '../diff.ts';
import type { Operation, PlanContext } from '../operation.ts';
import { keysRestingOn } from '../planning/foreign-keys.ts';
import { didYouMean } from '../planning/names.ts';
import { indexAction, rebuildAction } from '../planning/new-index.ts';
import { tableOf } from '../planning/resolve.ts';
import { checkAction, nothing, sequence, slugOf, sqlAction } from '../planning/steps.ts';
import { type Index, plainName, type QualifiedName, type Table } from '../schema.ts';
import { conflictTarget } from '../table-hazards.ts';
import { type Target, withTable } from '../target.ts';

type Change = ChangeOf<'drop-index'>;

/** Dropped at the end, without stopping writers; built again from its definition on the way back. */
export const dropIndex: Operation<'drop-index'> = {
  id: 'drop-index',
  summary: 'DROP INDEX',
  examples: [
    {
      title: 'a plain index with a comment',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, name text);
        CREATE INDEX users_name ON users (lower(name) DESC) WHERE name IS NOT NULL;
        COMMENT ON INDEX users_name IS 'for search';
        INSERT INTO users SELECT n, 'name ' || n FROM generate_series(1, 300) AS n`,
      sql: 'DROP INDEX users_name',
    },
    {
      title: 'a unique index, on a column that the same intent renames',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, mail text);
        CREATE UNIQUE INDEX users_mail ON users (mail);
        INSERT INTO users SELECT n, 'm' || n FROM generate_series(1, 300) AS n`,
      sql: 'ALTER TABLE users RENAME mail TO email; DROP INDEX users_mail',
      names: ['hazard/conflict-target'],
    },
    {
      title: 'the index of a constraint',
      setup: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'DROP INDEX users_pkey',
      refused: 'unsafe-change',
    },
    {
      title: 'an index on which a foreign key rests',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, mail text);
        CREATE UNIQUE INDEX users_mail ON users (mail);
        CREATE TABLE orders (id bigint PRIMARY KEY, mail text REFERENCES users (mail))`,
      sql: 'DROP INDEX users_mail',
      refused: 'unsafe-change',
    },
    {
      title: 'an index that is not there',
      setup: 'CREATE TABLE users (id bigint PRIMARY KEY, name text); CREATE INDEX users_name ON users (name)',
      sql: 'DROP INDEX users_nmae',
      refused: 'unknown-object',
    },
  ],

  simulate(target, edit) {
    const found = indexOf(target, edit.index);
    if (found === undefined) {
      if (edit.ifExists) return target;
      throw noIndex(target, edit.index);
    }
    const { table, index } = found;
    refuseNeeded(target, table, index);
    return withTable(target, { ...table, indexes: table.indexes.filter(({ id }) => id !== index.id) });
  },

  plan(change, context) {
    const { index, table } = change;
    const { spelling } = context;
    return {
      contract: [
        {
          slug: `drop-${slugOf(index.name)}`,
          stage: 'drop',
          title: `Drop index ${index.name} while the application writes`,
          action: indexAction(index.name, table.after, context),
          rollback: index.isValid ? buildAgain(change, context) : nothing,
          verify: checkAction(
            spelling.relationIs({ schema: table.after.schema, name: index.name }, 'absent'),
            'Apply again.',
          ),
          hazards: index.isUnique ? [conflictTarget(table.after, index.name)] : [],
        },
      ],
      deployNeeds: index.isUnique
        ? [`Deploy the version that does not rely on ${index.name} for ON CONFLICT or uniqueness.`]
        : [],
    };
  },
};

/** A uniqueness that was broken meanwhile stops it, and says by which rows. */
function buildAgain({ index, table }: Change, context: PlanContext): Action {
  const { spelling, limits } = context;
  const comment = spelling.commentOnIndex(table.after.schema, index.name, index.comment);
  return sequence([
    rebuildAction(index, table.after, table.before, context),
    ...(index.comment === undefined ? [] : [sqlAction([comment], { limits, locks: [] })]),
  ]);
}

function indexOf(target: Target, { schema, name }: QualifiedName) {
  for (const table of target.snapshot.tables.filter((one) => one.schema === schema)) {
    const index = table.indexes.find((one) => one.name === name);
    if (index !== undefined) return { table: tableOf(target, table), index };
  }
  return undefined;
}

function noIndex({ snapshot }: Target, name: QualifiedName) {
  const known = snapshot.tables.flatMap(({ schema, indexes }) =>
    indexes.map((index) => plainName({ schema, name: index.name })),
  );
  return fail('unknown-object', {
    what: `There is no index ${plainName(name)} on a table.`,
    why: `The database ${snapshot.server.database} does not hold it at this point of the intent.`,
    next: didYouMean(plainName(name), known),
  });
}

function refuseNeeded(target: Target, table: Table, index: Index): void {
  const needed = reasonToKeep(target, table, index);
  if (needed === undefined) return;
  throw fail('unsafe-change', { what: `Index ${index.name} of ${plainName(table)} cannot be dropped.`, ...needed });
}

function reasonToKeep(target: Target, table: Table, index: Index) {
  if (index.constraint !== undefined) {
    return {
      why: `It belongs to the constraint ${index.constraint}.`,
      next: `Write ALTER TABLE ${plainName(table)} DROP CONSTRAINT ${index.constraint}.`,
    };
  }
  if (table.replicaIdentity === `index ${index.name}`) {
    return {
      why: 'It is the replica identity of the table: without it, published updates and deletes fail.',
      next: `Give ${plainName(table)} another replica identity first.`,
    };
  }
  const keys = keysRestingOn(target.snapshot, table, index);
  if (keys.length === 0) return undefined;
  const names = keys.map(({ name }) => name).join(', ');
  return { why: `Foreign keys rest on it: ${names}.`, next: 'Drop these foreign keys first, in the same intent.' };
}
