import type { Action } from '#core/plan';
import type { ChangeOf } from '../diff.ts';
import type { Draft, Operation, PlanContext, StepDraft } from '../operation.ts';
import { checkName } from '../planning/names.ts';
import { indexAction, indexFrom } from '../planning/new-index.ts';
import { checkRelationFree } from '../planning/relations.ts';
import { columnOf, tableOf } from '../planning/resolve.ts';
import { areThereBefore, isReplaced, statedNames } from '../planning/stated-names.ts';
import { checkAction, slugOf } from '../planning/steps.ts';
import { duplicatesQuery, early, noDuplicates, type UniqueKeys } from '../planning/violations.ts';
import type { Table } from '../schema.ts';
import { tightened } from '../table-hazards.ts';
import { columnIds, withTable } from '../target.ts';

type Change = ChangeOf<'create-index'>;

/** Built without stopping writers. A unique one waits for the deploy gate: the old version may still write duplicates. */
export const createIndex: Operation<'create-index'> = {
  id: 'create-index',
  summary: 'CREATE [UNIQUE] INDEX',
  examples: [
    {
      title: 'a plain index',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, name text);
        INSERT INTO users SELECT n, 'name ' || n FROM generate_series(1, 300) AS n`,
      sql: 'CREATE INDEX users_name ON users (name)',
    },
    {
      title: 'a partial index over an expression, with INCLUDE, a method and storage options',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, name text, mail text, note text);
        INSERT INTO users SELECT n, 'name ' || n, 'm' || n FROM generate_series(1, 300) AS n`,
      sql: `CREATE INDEX ON users USING btree (lower(name) DESC NULLS LAST, mail COLLATE "C") INCLUDE (note) WITH (fillfactor = 80) WHERE mail IS NOT NULL AND id > 5`,
    },
    {
      title: 'a unique index',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, mail text);
        INSERT INTO users SELECT n, 'm' || n FROM generate_series(1, 300) AS n`,
      sql: 'CREATE UNIQUE INDEX users_mail ON users (mail) NULLS NOT DISTINCT',
      since: 15,
      names: ['hazard/tightened'],
    },
    {
      title: 'on a column that the same intent renames',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, name text);
        INSERT INTO users SELECT n, 'name ' || n FROM generate_series(1, 300) AS n`,
      sql: 'ALTER TABLE users RENAME COLUMN name TO full_name; CREATE INDEX users_full_name ON users (full_name)',
    },
    {
      title: 'a gin index',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, tags text[]);
        INSERT INTO users SELECT n, ARRAY['a' || n] FROM generate_series(1, 300) AS n`,
      sql: 'CREATE INDEX users_tags ON users USING gin (tags)',
    },
    {
      title: 'over a name that is taken',
      setup: 'CREATE TABLE users (id bigint PRIMARY KEY, name text); CREATE INDEX users_name ON users (name)',
      sql: 'CREATE INDEX users_name ON users (name)',
      refused: 'name-taken',
    },
    {
      title: 'on a column that is not there',
      setup: 'CREATE TABLE users (id bigint PRIMARY KEY, name text)',
      sql: 'CREATE INDEX users_name ON users (nmae)',
      refused: 'unknown-object',
    },
  ],

  simulate(target, edit) {
    const table = tableOf(target, edit.table);
    for (const name of edit.index.columnsRead) columnOf(table, name);
    const name = edit.index.name ?? '';
    checkName(name, 63);
    if (edit.ifNotExists && table.indexes.some((index) => index.name === name)) return target;
    checkRelationFree(target, { schema: table.schema, name }, 'index');
    const id = `+${table.schema}.${name}`;
    const index = indexFrom(table, { ...edit.index, name }, id);
    const stated = { index: { ...edit.index, name }, columns: columnIds(table) };
    const added = withTable(target, { ...table, indexes: [...table.indexes, index] });
    return { ...added, newIndexes: { ...added.newIndexes, [id]: stated } };
  },

  plan(change, context): Draft {
    const { index, table } = change;
    if (index.isUnique) return uniqueDraft(change, context);
    return index.dependsOn.some((id) => isReplaced(id, context))
      ? { contract: [buildStep(change, { table: table.after, stage: 'index' }, context)] }
      : { migrate: [buildStep(change, { table: table.before, stage: 'index' }, context)] };
  },
};

/** A unique index is the application's promise too: it is looked for duplicates early, and built after the gate. */
function uniqueDraft(change: Change, context: PlanContext): Draft {
  const { index, table } = change;
  const { name } = index;
  const check = {
    slug: `no-duplicates-${slugOf(name)}`,
    title: `Look for duplicates that ${name} would not take`,
    action: noDuplicates(table.before, keysAt(change, table.before, context), context),
  };
  return {
    ...(areThereBefore(index.dependsOn, table, context) ? early(check, table, context) : {}),
    deployNeeds: [
      `Deploy the version that writes no duplicates into ${table.after.name} of what ${name} covers, and end the last instance of the old one.`,
    ],
    contract: [buildStep(change, { table: table.after, stage: 'tighten' }, context)],
  };
}

type Moment = { readonly table: Table; readonly stage: StepDraft['stage'] };

function buildStep(change: Change, moment: Moment, context: PlanContext): StepDraft {
  const { index } = change;
  const { table, stage } = moment;
  return {
    slug: `index-${slugOf(index.name)}`,
    stage,
    title: `Build ${index.isUnique ? 'unique index' : 'index'} ${index.name} while the application writes`,
    action: buildAction(change, table, context),
    rollback: indexAction(index.name, table, context),
    verify: checkAction(
      context.spelling.indexIsValid(table.schema, index.name),
      'Apply again: the index is built anew.',
    ),
    hazards: index.isUnique ? [tightened(table, `${index.name} is unique`, ['23505'])] : [],
  };
}

function buildAction(change: Change, table: Table, context: PlanContext): Action {
  const { index, columns } = change;
  const names = statedNames(columns, table, change.table);
  const create = context.spelling.copyIndex(index.definition, { name: index.name, table, columns: names });
  const unique = keysAt(change, table, context);
  const duplicates = index.isUnique ? { duplicates: duplicatesQuery(table, unique, context) } : {};
  return indexAction(index.name, table, context, { create, ...duplicates });
}

/** Keys and predicate in the names that hold at the moment. */
function keysAt({ stated, columns, table }: Change, view: Table, { spelling }: PlanContext): UniqueKeys {
  const names = statedNames(columns, view, table);
  return {
    keys: stated.keys.map(({ column, expression }) =>
      column === undefined
        ? `(${spelling.rewriteColumns(expression ?? 'NULL', names)})`
        : spelling.name(names[column] ?? column),
    ),
    predicate: stated.predicate === undefined ? undefined : spelling.rewriteColumns(stated.predicate, names),
    nullsNotDistinct: stated.nullsNotDistinct,
  };
}
