import { fail } from '#core/error';
import type { ChangeOf } from '../diff.ts';
import { preparedStatements, tableFunctions } from '../hazards.ts';
import type { Operation, PlanContext, StepDraft } from '../operation.ts';
import { checkName } from '../planning/names.ts';
import { checkRelationFree } from '../planning/relations.ts';
import { tableOf } from '../planning/resolve.ts';
import { checkAction, lock, slugOf, sqlAction } from '../planning/steps.ts';
import { type Grant, plainName, type QualifiedName, type Snapshot, type Table } from '../schema.ts';
import { publishedName, viewForTable } from '../table-hazards.ts';
import { withTable } from '../target.ts';

type Rename = ChangeOf<'rename-table'>;

/** Both names work at once: a view that is written through stands under the new name until contract puts the table there. */
export const renameTable: Operation<'rename-table'> = {
  id: 'rename-table',
  summary: 'ALTER TABLE … RENAME TO …',
  examples: [
    {
      title: 'a table with grants, a sequence and a table that refers to it',
      setup: `CREATE TABLE users (id bigserial PRIMARY KEY, name text, mail text UNIQUE);
        CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
        GRANT SELECT, INSERT ON users TO PUBLIC; GRANT UPDATE (name) ON users TO PUBLIC;
        INSERT INTO users (name, mail) SELECT 'name ' || n, 'm' || n FROM generate_series(1, 300) AS n;
        INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n`,
      sql: 'ALTER TABLE users RENAME TO people',
      names: ['hazard/view-for-table'],
    },
    {
      title: 'together with a column, a new column, an index and a constraint',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, name text, age integer, mail text NOT NULL);
        CREATE INDEX users_name ON users (name);
        INSERT INTO users SELECT n, 'name ' || n, n, 'm' || n FROM generate_series(1, 300) AS n`,
      sql: `ALTER TABLE users RENAME TO people; ALTER TABLE people RENAME name TO full_name;
        ALTER TABLE people ADD COLUMN note text DEFAULT 'none'; CREATE INDEX people_age ON people (age);
        ALTER TABLE people ADD CONSTRAINT grown CHECK (age >= 0); ALTER TABLE people ADD UNIQUE (mail);
        DROP INDEX users_name`,
      names: ['hazard/prepared-statement'],
    },
    {
      title: 'a table that a view and a function read',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, name text);
        INSERT INTO users SELECT n, 'name ' || n FROM generate_series(1, 100) AS n;
        CREATE VIEW names AS SELECT name FROM users;
        CREATE FUNCTION number_of_users() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM users'`,
      sql: 'ALTER TABLE users RENAME TO people',
      names: ['hazard/text-functions'],
    },
    {
      title: 'to a name that is taken by a view',
      setup: 'CREATE TABLE users (id bigint PRIMARY KEY); CREATE VIEW people AS SELECT 1 AS one',
      sql: 'ALTER TABLE users RENAME TO people',
      refused: 'name-taken',
    },
    {
      title: 'a table that is not there',
      setup: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'ALTER TABLE usres RENAME TO people',
      refused: 'unknown-object',
    },
  ],

  simulate(target, edit) {
    const table = tableOf(target, edit.table);
    checkName(edit.to, 63);
    const to = { schema: table.schema, name: edit.to };
    checkRelationFree(target, to, 'table', table.id);
    const renamed = withTable(target, { ...table, name: edit.to });
    return { ...renamed, snapshot: followed(renamed.snapshot, table, to) };
  },

  plan(change, context) {
    const { before, after } = change.table;
    refuseRowSecurity(before, context);
    return {
      expand: [viewStep(change, context)],
      contract: [renameStep(change, context)],
      deployNeeds: [
        `Deploy the version that uses ${after.name} instead of ${before.name}, and end the last instance of the old one. Both names work side by side until then.`,
      ],
      deployNeedsBack: [
        `Deploy the version that uses ${before.name} instead of ${after.name} again. Both names work side by side until then.`,
      ],
      retires: [{ table: { schema: before.schema, name: before.name } }],
      risks: [...tableFunctions(context, before), ...publishedName(before, after.name)],
    };
  },
};

/** What refers to the table by its name goes on doing so. */
function followed(snapshot: Snapshot, from: QualifiedName, to: QualifiedName): Snapshot {
  const follow = (name: QualifiedName) => (plainName(name) === plainName(from) ? to : name);
  const tables = snapshot.tables.map((table) => ({
    ...table,
    constraints: table.constraints.map((constraint) =>
      constraint.references === undefined
        ? constraint
        : { ...constraint, references: { ...constraint.references, table: follow(constraint.references.table) } },
    ),
  }));
  const views = snapshot.views.map((view) => ({
    ...view,
    dependsOn: view.dependsOn.map((used) => ({ ...used, table: follow(used.table) })),
  }));
  return { ...snapshot, tables, views };
}

function viewStep(change: Rename, context: PlanContext): StepDraft {
  const { before, after } = change.table;
  const { spelling, limits } = context;
  return {
    slug: `view-${slugOf(after.name)}`,
    stage: 'view',
    title: `Show ${before.name} under the name ${after.name} too`,
    action: sqlAction(createView(change, context), { limits, locks: [] }),
    rollback: sqlAction([spelling.dropView(after)], { limits, locks: [lock(after, 'ACCESS EXCLUSIVE')] }),
    verify: checkAction(spelling.relationIs(after, 'view'), 'Roll back and plan again.'),
    hazards: [viewForTable(before, after)],
  };
}

/** The view shows every column that is there then, shadows too, and lets in whoever may use the table. */
function createView({ table }: Rename, context: PlanContext): readonly string[] {
  const { before, after } = table;
  const { spelling } = context;
  const owner: Grant = { role: before.owner, privilege: 'ALL', isGrantable: false };
  const all = before.owner === context.rights.role ? before.grants : [owner, ...before.grants];
  const columns = before.columns.flatMap((column) => {
    const name = after.columns.find(({ id }) => id === column.id)?.name ?? column.name;
    return [...new Set([column.name, ...(isShadowed(column.id, context) ? [name] : [])])].map((one) => ({
      ...column,
      name: one,
    }));
  });
  return [
    spelling.createView(after, before, { checksReader: hasInvokerViews(context) }),
    ...spelling.tableGrants(after, all),
    ...columns.flatMap((column) => spelling.grants(after, column.name, column.grants)),
  ];
}

/** A renamed column stands under both names before contract. */
function isShadowed(id: string, { changes }: PlanContext): boolean {
  return changes.some((change) => change.kind === 'rename-column' && change.before.id === id);
}

function hasInvokerViews({ before }: PlanContext): boolean {
  return before.server.version >= 150_000;
}

function renameStep(change: Rename, context: PlanContext): StepDraft {
  const { before, after } = change.table;
  const { spelling, limits, changes } = context;
  const hasOthers = changes.some(
    (other) => other !== change && 'before' in other.table && other.table.before.id === before.id,
  );
  const options = { limits, locks: [lock(before, 'ACCESS EXCLUSIVE'), lock(after, 'ACCESS EXCLUSIVE')] };
  return {
    slug: `rename-${slugOf(before.name)}`,
    stage: 'rename-table',
    title: `Drop the view and rename ${before.name} to ${after.name}`,
    action: sqlAction([spelling.dropView(after), spelling.renameTable(before, after.name)], options),
    rollback: sqlAction([spelling.renameTable(after, before.name), ...createView(change, context)], options),
    verify: checkAction(spelling.relationIs(after, 'table'), 'Roll back and plan again.'),
    hazards: hasOthers ? [preparedStatements(after)] : [],
  };
}

/** Before PostgreSQL 15 a view reads with the rights of its owner, whom the policies do not bind. */
function refuseRowSecurity(table: Table, context: PlanContext): void {
  if (table.rowSecurity === 'off' || hasInvokerViews(context)) return;
  throw fail('not-built', {
    what: `${plainName(table)} has row security.`,
    why: 'On a server before PostgreSQL 15 a view under the new name would pass its policies by.',
    next: 'Rename it by hand while the application is stopped, or after an upgrade of the server.',
  });
}
