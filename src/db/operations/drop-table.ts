import { fail } from '#core/error';
import type { ChangeOf } from '../diff.ts';
import { tableFunctions } from '../hazards.ts';
import type { Operation, PlanContext, StepDraft } from '../operation.ts';
import { foreignKeysTo } from '../planning/foreign-keys.ts';
import { ordinalOf } from '../planning/names.ts';
import { tableOf } from '../planning/resolve.ts';
import { constrainAgain } from '../planning/restored-constraint.ts';
import { checkAction, lock, sequence, slugOf, sqlAction } from '../planning/steps.ts';
import { type Constraint, plainName, type QualifiedName, type Table, tableNamed } from '../schema.ts';
import type { Target } from '../target.ts';
import { undoTable } from '../undo.ts';

type Change = ChangeOf<'drop-table'>;

/** Nothing is thrown away: the table moves aside with all that stands on it, and back again, until its retention ends. */
export const dropTable: Operation<'drop-table'> = {
  id: 'drop-table',
  summary: 'DROP TABLE',
  examples: [
    {
      title: 'a table with an identity, a serial, indexes, a trigger, grants, a comment and foreign keys',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY);
        CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, number serial,
          user_id bigint REFERENCES users ON DELETE CASCADE, before bigint REFERENCES orders, total numeric CHECK (total > 0));
        CREATE INDEX orders_user ON orders (user_id);
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
        CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
        GRANT SELECT ON orders TO PUBLIC; COMMENT ON TABLE orders IS 'all of them';
        INSERT INTO users SELECT n FROM generate_series(1, 100) AS n;
        INSERT INTO orders (user_id, total) SELECT n, n FROM generate_series(1, 100) AS n`,
      sql: 'DROP TABLE orders',
    },
    {
      title: 'a table and the one that refers to it',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY);
        CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
        CREATE TABLE visits (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
        INSERT INTO users SELECT n FROM generate_series(1, 100) AS n;
        INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n`,
      sql: 'DROP TABLE orders; DROP TABLE visits, users',
    },
    {
      title: 'a table to which another refers',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY);
        CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users)`,
      sql: 'DROP TABLE users',
      refused: 'unsafe-change',
    },
    {
      title: 'a table that a view reads, with CASCADE',
      setup: 'CREATE TABLE users (id bigint PRIMARY KEY); CREATE VIEW ids AS SELECT id FROM users',
      sql: 'DROP TABLE users CASCADE',
      refused: 'unsafe-change',
    },
    {
      title: 'a table that is not there',
      setup: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'DROP TABLE usres',
      refused: 'unknown-object',
    },
  ],

  simulate(target, edit) {
    if (edit.ifExists && tableNamed(target.snapshot, edit.table) === undefined) return target;
    const table = tableOf(target, edit.table);
    refuseRead(target, table, edit.cascade);
    const tables = target.snapshot.tables.filter(({ id }) => id !== table.id);
    return { ...target, snapshot: { ...target.snapshot, tables } };
  },

  plan(change, context) {
    const { table } = change;
    refuseReferred(table, context);
    const keys = table.constraints.filter(
      ({ references }) => references !== undefined && !isOwn(table, references.table),
    );
    return {
      contract: [...(keys.length === 0 ? [] : [releaseStep(table, keys, context)]), moveStep(change, context)],
      deployNeeds: [`Deploy the version that no longer uses ${table.name}, and end the last instance of the old one.`],
      deployNeedsBack: [`Deploy the version that uses ${table.name} again.`],
      retires: [{ table: { schema: table.schema, name: table.name } }],
      risks: tableFunctions(context, table),
    };
  },
};

function isOwn(table: Table, other: QualifiedName): boolean {
  return plainName(table) === plainName(other);
}

/**
 * Out of sight it must not keep rows of other tables from being deleted. All tables let go before the first one moves,
 * and on the way back all are there before the first key is made again; nothing is renamed yet at that point.
 */
function releaseStep(table: Table, keys: readonly Constraint[], context: PlanContext): StepDraft {
  const { spelling, limits } = context;
  const locks = [table, ...keys.flatMap(({ references }) => references?.table ?? [])].map((relation) =>
    lock(relation, 'ACCESS EXCLUSIVE'),
  );
  const names = keys.map(({ name }) => name);
  return {
    slug: `release-${slugOf(table.name)}`,
    stage: 'loosen',
    title: `Drop ${names.join(', ')} of ${table.name}`,
    action: sqlAction(
      names.map((name) => spelling.dropConstraint(table, name)),
      { limits, locks },
    ),
    rollback: sequence(keys.map((key) => constrainAgain(table, key, context))),
    verify: checkAction(spelling.constraintIs(table, names[0] ?? '', 'absent'), 'Apply again.'),
    hazards: [],
  };
}

function moveStep(change: Change, context: PlanContext): StepDraft {
  const { table } = change;
  const { spelling, limits } = context;
  const aside = undoTable(context.tag, ordinalOf(change, context));
  const { schema } = table;
  const parts = partsOf(change, aside.name, context);
  const rename = ({ kind, from, to }: Part) =>
    kind === 'index' ? spelling.renameIndex(schema, from, to) : spelling.renameSequence({ schema, name: from }, to);
  const away = [
    ...parts.map(rename),
    spelling.renameTable(table, aside.name),
    spelling.moveTable({ schema, name: aside.name }, aside.schema),
  ];
  const back = [
    spelling.moveTable(aside, schema),
    spelling.renameTable({ schema, name: aside.name }, table.name),
    ...parts.map(({ kind, from, to }) => rename({ kind, from: to, to: from })),
  ];
  return {
    slug: `drop-${slugOf(table.name)}`,
    stage: 'drop',
    title: `Put ${table.name} aside as ${plainName(aside)}`,
    action: sqlAction(away, { limits, locks: [lock(table, 'ACCESS EXCLUSIVE')] }),
    rollback: sqlAction(back, { limits, locks: [lock(aside, 'ACCESS EXCLUSIVE')] }),
    verify: checkAction(spelling.relationIs(table, 'absent'), 'Apply again.'),
    hazards: [],
  };
}

type Part = { readonly kind: 'index' | 'sequence'; readonly from: string; readonly to: string };

/** What takes a name of its own in the schema: the tables put aside by several plans must not meet there. */
function partsOf({ table }: Change, aside: string, { before }: PlanContext): readonly Part[] {
  const sequences = before.sequences.filter(({ ownedBy }) => ownedBy !== undefined && isOwn(table, ownedBy.table));
  return [
    ...table.indexes.map(({ name }, place) => ({
      kind: 'index' as const,
      from: name,
      to: `${aside}_index_${place + 1}`,
    })),
    ...sequences.map(({ name }, place) => ({
      kind: 'sequence' as const,
      from: name,
      to: `${aside}_sequence_${place + 1}`,
    })),
  ];
}

/** Views and functions are not taken along: they hold what somebody wrote. */
function refuseRead({ snapshot }: Target, table: Table, cascade: boolean): void {
  const reads = (used: { readonly table: QualifiedName }) => isOwn(table, used.table);
  const readers = [
    ...snapshot.views.filter(({ dependsOn }) => dependsOn.some(reads)).map((view) => `view ${plainName(view)}`),
    ...snapshot.functions
      .filter(({ dependsOn = [] }) => dependsOn.some(reads))
      .map((found) => `function ${plainName(found)}`),
  ];
  if (readers.length === 0) return;
  throw fail('unsafe-change', {
    what: `${plainName(table)} cannot be dropped${cascade ? ' with CASCADE' : ''}.`,
    why: `${cascade ? 'It would take along what reads it' : 'It is read by others'}: ${readers.join(', ')}.`,
    next: 'Drop or replace these by hand first, when nobody uses them any more.',
  });
}

function refuseReferred(table: Table, { after }: PlanContext): void {
  const keys = foreignKeysTo(after, table).map(({ name }) => name);
  if (keys.length === 0) return;
  throw fail('unsafe-change', {
    what: `${plainName(table)} cannot be dropped.`,
    why: `Foreign keys refer to it: ${keys.join(', ')}.`,
    next: 'Drop these foreign keys in the same intent, by name.',
  });
}
