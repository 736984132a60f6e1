import type { AlterTableCmd, AlterTableStmt, Node } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { typeNamed } from '../../lint/catalog/apply-type.ts';
import { keyOf, type Relation, relationOf } from '../../lint/catalog/catalog.ts';
import { isCertain, isSurelyMissing } from '../../lint/catalog/certain.ts';
import type { LintContext } from '../../lint/context.ts';
import { effects } from '../../lint/effects/effects.ts';
import { tablesOfType } from '../../lint/effects/object-effects.ts';
import { namesInWords, writtenName } from '../../lint/questions/names-in-words.ts';
import type { Hit, Rule } from '../../rule.ts';

export const failsOnWhatIsThere: Rule = {
  id: 'pg/fails-on-what-is-there',
  severity: 'error',
  summary: 'A statement does not fit what the migrations before it leave, and fails',
  why: 'A column or a table that is there cannot be made again (42701, 42P07), one that is not there cannot be dropped (42703), and a type that a column has cannot go (2BP01). The migration stops there, on every database, and what runs after it waits.',
  instead:
    'Correct the name or take the statement out; IF EXISTS and IF NOT EXISTS are for databases that differ from one another.',
  aliases: {},
  needs: 'schema',
  claims: [{ fails: '42703' }],
  bad: [
    { sql: 'ALTER TABLE users DROP COLUMN nickname;' },
    { sql: 'ALTER TABLE users DROP COLUMN age;\nALTER TABLE users DROP COLUMN age;' },
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts DROP COLUMN title;' },
    { sql: 'ALTER TABLE users ADD COLUMN age bigint;', claim: { fails: '42701' } },
    {
      sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts ADD COLUMN id bigint;',
      claim: { fails: '42701' },
    },
    { sql: 'CREATE TABLE users (id bigint);', claim: { fails: '42P07' } },
    { sql: 'CREATE TABLE drafts (id bigint);\nCREATE TABLE drafts (id bigint);', claim: { fails: '42P07' } },
    { sql: 'DROP TYPE order_status;', claim: { fails: '2BP01' } },
    { sql: 'DROP DOMAIN IF EXISTS email_address;', claim: { fails: '2BP01' } },
  ],
  good: [
    { sql: 'ALTER TABLE users DROP COLUMN IF EXISTS nickname;' },
    { sql: 'ALTER TABLE users ADD COLUMN IF NOT EXISTS age integer;' },
    { sql: 'CREATE TABLE IF NOT EXISTS users (id bigint);' },
    { sql: 'ALTER TABLE users DROP COLUMN age, ADD COLUMN age bigint;' },
    { sql: 'ALTER TABLE users ADD COLUMN age bigint, DROP COLUMN age;' },
    { sql: 'ALTER TABLE users RENAME COLUMN age TO years;\nALTER TABLE users DROP COLUMN years;' },
    { sql: 'DROP TABLE items;\nCREATE TABLE items (id bigint);' },
    { sql: 'ALTER TABLE items RENAME TO old_items;\nCREATE TABLE items (id bigint);' },
    { sql: 'CREATE TEMPORARY TABLE users (id bigint);' },
    { sql: 'CREATE SCHEMA app;\nCREATE TABLE app.users (id bigint);' },
    { sql: 'BEGIN;\nCREATE TABLE drafts (id bigint);\nROLLBACK;\nCREATE TABLE drafts (id bigint);' },
    {
      sql: "DO $$ BEGIN EXECUTE 'ALTER TABLE users ADD COLUMN nickname text'; END $$;\nALTER TABLE users DROP COLUMN nickname;",
    },
    {
      sql: "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_attribute WHERE attname = 'age' AND attrelid = 'users'::regclass) THEN ALTER TABLE users ADD COLUMN age integer; END IF; END $$;",
      notRun: 'the model says what the statements of a body do where they run; here none does',
    },
    { sql: 'CREATE TABLE copied AS SELECT * FROM users;\nALTER TABLE copied DROP COLUMN age;' },
    { sql: 'DROP DOMAIN positive;' },
    {
      sql: "ALTER TYPE order_status RENAME TO old_status;\nCREATE TYPE order_status AS ENUM ('open', 'paid', 'sent');\nALTER TABLE orders ALTER COLUMN status DROP DEFAULT, ALTER COLUMN status TYPE order_status USING status::text::order_status;\nDROP TYPE old_status;",
    },
  ],
  on: ['AT_AddColumn', 'AT_DropColumn', 'CreateStmt', 'DropStmt'],
  check({ node, command, statement }, context) {
    // A body asks first what is there.
    if (statement.within !== undefined) return [];
    const said =
      'AlterTableStmt' in node && command !== undefined
        ? ofCommand(command, node.AlterTableStmt, context)
        : (ofCreate(node, context) ?? ofDropType(node, context));
    if (said === undefined) return [];
    const message = `${said.what}: the statement fails with ${said.fails}.`;
    return [
      {
        message,
        effects: effects({ fails: said.fails }),
        tables: said.tables,
        ...(said.instead === undefined ? {} : { instead: said.instead }),
      },
    ];
  },
};

type Failure = { readonly what: string; readonly fails: string; readonly tables: readonly string[] } & Pick<
  Hit,
  'instead'
>;

function ofCommand(command: AlterTableCmd, stmt: AlterTableStmt, context: LintContext): Failure | undefined {
  const { catalog } = context;
  const relation = relationOf(catalog, stmt.relation);
  if (command.missing_ok === true || !isCertain(catalog, relation)) return undefined;
  const tables = [keyOf(relation)];
  const table = writtenName(stmt.relation ?? {});
  if (command.subtype === 'AT_DropColumn') {
    const { name = '' } = command;
    if (!isSurelyMissing(catalog, relation, name)) return undefined;
    return { what: `${table} has no column ${name}`, fails: '42703', tables };
  }
  const column = command.def !== undefined && 'ColumnDef' in command.def ? (command.def.ColumnDef.colname ?? '') : '';
  // What a statement drops goes before it adds anything.
  const isDropped = (stmt.cmds ?? []).some(
    (one) =>
      'AlterTableCmd' in one && one.AlterTableCmd.subtype === 'AT_DropColumn' && one.AlterTableCmd.name === column,
  );
  if (isDropped || !relation.columns.has(column) || !isOfThisHistory(relation, context)) return undefined;
  return { what: `${table} has a column ${column} already`, fails: '42701', tables };
}

function ofCreate(node: Node, context: LintContext): Failure | undefined {
  if (!('CreateStmt' in node) || node.CreateStmt.if_not_exists === true) return undefined;
  const { relation: name } = node.CreateStmt;
  const { catalog } = context;
  const schema = name?.schemaname ?? catalog.searchPath[0] ?? 'public';
  const relation = catalog.relations.get(`${schema}.${name?.relname ?? ''}`);
  if (name?.relpersistence === 't' || !isCertain(catalog, relation) || !isOfThisHistory(relation, context)) {
    return undefined;
  }
  return { what: `There is a table ${writtenName(name ?? {})} already`, fails: '42P07', tables: [keyOf(relation)] };
}

/**
 * Was it made by what runs before this, and not by another of several ways to the same end? In a plain folder files may
 * be alternatives, and a history may begin with what sums up its past. A schema may be that of a database which has the
 * migrations already, so that what it says counts for a single file alone.
 */
function isOfThisHistory({ born }: Relation, { catalog, file }: LintContext): boolean {
  if (born.migration === catalog.moment.migration) return !/^\\c/m.test(file.text);
  if (born.migration === 'base') return file.tool === 'plain' && file.earlier.length === 0;
  const isSummedUp = [...file.earlier, file.path].some((path) => /baseline|squash|consolidat|(^|[\\/])B\d/i.test(path));
  return file.tool !== 'plain' && !isSummedUp;
}

function ofDropType(node: Node, { catalog }: LintContext): Failure | undefined {
  if (!('DropStmt' in node) || node.DropStmt.behavior === 'DROP_CASCADE') return undefined;
  const { removeType, objects = [] } = node.DropStmt;
  if (removeType !== 'OBJECT_TYPE' && removeType !== 'OBJECT_DOMAIN') return undefined;
  for (const object of objects) {
    const names = 'TypeName' in object ? (object.TypeName.names ?? []) : [];
    if (typeNamed(catalog, names) === undefined) continue;
    const tables = tablesOfType(names, catalog).filter((table) => isCertain(catalog, catalog.relations.get(table)));
    if (tables.length === 0) continue;
    return {
      what: `${stringsOf(names).join('.')} is still the type of a column of ${namesInWords(tables)}`,
      fails: '2BP01',
      tables,
      instead: 'Drop or change the columns first, and the type after them.',
    };
  }
  return undefined;
}
