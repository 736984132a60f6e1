import type { AlterTableCmd, AlterTableStmt, Node, RangeVar } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { rangeOf } from '../../lint/catalog/apply-drop.ts';
import { typeNamed } from '../../lint/catalog/apply-type.ts';
import { keyOf, type Relation, relationOf } from '../../lint/catalog/catalog.ts';
import { isCertain, isSurelyMissing, missingSince } from '../../lint/catalog/certain.ts';
import type { LintContext } from '../../lint/context.ts';
import { effects } from '../../lint/effects/effects.ts';
import { tablesOfType } from '../../lint/effects/object-effects.ts';
import { namesInWords, writtenName } from '../../lint/questions/names-in-words.ts';
import type { Hit, Rule } from '../../rule.ts';

/** Kinds of ALTER COLUMN, which all begin with a look for the column. */
const altering = [
  'AT_AlterColumnType',
  'AT_ColumnDefault',
  'AT_SetNotNull',
  'AT_DropNotNull',
  'AT_AddIdentity',
  'AT_SetIdentity',
  'AT_DropIdentity',
  'AT_SetExpression',
  'AT_DropExpression',
  'AT_SetStatistics',
  'AT_SetStorage',
  'AT_SetCompression',
];

export const failsOnWhatIsThere: Rule = {
  id: 'pg/fails-on-what-is-there',
  severity: 'error',
  summary: 'A statement does not fit what the migrations before it leave, and fails',
  why: 'A column or a table that is there cannot be made again (42701, 42P07), one that is not there cannot be dropped, altered or renamed (42703; an index 42704), and a type that a column has cannot go (2BP01). The migration stops there, on every database, and what runs after it waits.',
  instead:
    'Correct the name or take the statement out; IF EXISTS and IF NOT EXISTS are for databases that differ from one another.',
  aliases: {},
  needs: 'schema',
  claims: [{ fails: '42703' }],
  bad: [
    { sql: 'ALTER TABLE users DROP COLUMN nickname;' },
    { sql: 'ALTER TABLE users DROP COLUMN age;\nALTER TABLE users DROP COLUMN age;' },
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts DROP COLUMN title;' },
    { sql: 'ALTER TABLE users RENAME COLUMN nickname TO alias;' },
    { sql: 'ALTER TABLE users ALTER COLUMN nickname SET NOT NULL;' },
    { sql: 'ALTER TABLE users ALTER COLUMN nickname TYPE text;' },
    { sql: 'ALTER TABLE users RENAME COLUMN age TO years;\nALTER TABLE users ALTER COLUMN age SET DEFAULT 1;' },
    { sql: 'ALTER TABLE users RENAME COLUMN age TO name;', claim: { fails: '42701' } },
    {
      sql: 'CREATE INDEX items_a ON items (quantity);\nDROP INDEX items_a;\nDROP INDEX items_a;',
      claim: { fails: '42704' },
    },
    { sql: 'DO $$ BEGIN ALTER TABLE items ADD COLUMN note text; END $$;\nALTER TABLE users DROP COLUMN nickname;' },
    { sql: 'DROP INDEX users_nickname_index;', claim: { fails: '42704' } },
    {
      sql: 'ALTER TABLE users DROP COLUMN name CASCADE;\nDROP INDEX users_name_index;',
      claim: { fails: '42704' },
    },
    { sql: 'ALTER INDEX users_nickname_index RENAME TO users_name_key;', claim: { fails: '42P01' } },
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
    { sql: "ALTER TABLE users ADD COLUMN nickname text DEFAULT '', ALTER COLUMN nickname SET NOT NULL;" },
    { sql: 'ALTER TABLE IF EXISTS users RENAME COLUMN age TO years;' },
    { sql: 'DROP INDEX IF EXISTS users_nickname_index;' },
    {
      sql: 'DROP INDEX users_name_index;\nCREATE INDEX users_name_index ON users (name);\nDROP INDEX users_name_index;',
    },
    { sql: 'ALTER INDEX users_name_index RENAME TO by_name;\nDROP INDEX by_name;' },
    { sql: 'CREATE INDEX ON events (kind);\nDROP INDEX events_kind_idx;' },
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
    {
      sql: 'DO $$ BEGIN IF false THEN DROP INDEX users_name_index; END IF; END $$;\nDROP INDEX users_name_index;',
      notRun: 'the model says what the statements of a body do where they run; here none does',
    },
    {
      sql: "CREATE FUNCTION add_code(t text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN code text', t); END $$;\nSELECT add_code('notes');\nALTER TABLE notes DROP COLUMN code;",
      notRun: 'nobody can tell from the text what it does',
    },
    { sql: 'CREATE TABLE copied AS SELECT * FROM users;\nALTER TABLE copied DROP COLUMN age;' },
    { sql: 'DROP DOMAIN positive;' },
    {
      sql: "ALTER TYPE order_status RENAME TO old_status;\nCREATE TYPE order_status AS ENUM ('open', 'paid', 'sent');\nALTER TABLE orders ALTER COLUMN status DROP DEFAULT, ALTER COLUMN status TYPE order_status USING status::text::order_status;\nDROP TYPE old_status;",
    },
  ],
  on: ['AT_AddColumn', 'AT_DropColumn', ...altering, 'RenameStmt', 'CreateStmt', 'DropStmt'],
  check({ node, command, statement }, context) {
    // A body asks first what is there.
    if (statement.within !== undefined) return [];
    const said =
      'AlterTableStmt' in node && command !== undefined
        ? ofCommand(command, node.AlterTableStmt, context)
        : (ofCreate(node, context) ?? ofDropType(node, context) ?? ofRename(node, context) ?? ofIndexes(node, context));
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
  if (!isCertain(catalog, relation)) return undefined;
  const tables = [keyOf(relation)];
  const table = writtenName(stmt.relation ?? {});
  const { subtype = '', name = '' } = command;
  if (subtype !== 'AT_AddColumn') {
    if (subtype === 'AT_DropColumn' && command.missing_ok === true) return undefined;
    if (name === '' || !isSurelyMissing(catalog, relation, name) || isAmong(stmt, 'AT_AddColumn', name))
      return undefined;
    return { what: `${table} has no column ${name}`, fails: '42703', tables };
  }
  const column = addedName(command) ?? '';
  // What a statement drops goes before it adds anything.
  const isDropped = isAmong(stmt, 'AT_DropColumn', column);
  if (command.missing_ok === true || isDropped || !relation.columns.has(column)) return undefined;
  if (!isOfThisHistory(relation, context)) return undefined;
  return { what: `${table} has a column ${column} already`, fails: '42701', tables };
}

/** Does another command of the statement add, or drop, a column of the name? */
function isAmong({ cmds = [] }: AlterTableStmt, subtype: string, column: string): boolean {
  return cmds.some((one) => {
    if (!('AlterTableCmd' in one) || one.AlterTableCmd.subtype !== subtype) return false;
    return (addedName(one.AlterTableCmd) ?? one.AlterTableCmd.name) === column;
  });
}

function addedName({ def }: AlterTableCmd): string | undefined {
  return def !== undefined && 'ColumnDef' in def ? def.ColumnDef.colname : undefined;
}

function ofRename(node: Node, context: LintContext): Failure | undefined {
  if (!('RenameStmt' in node)) return undefined;
  const { renameType, relation: name = {}, subname = '', newname = '', missing_ok } = node.RenameStmt;
  const { catalog } = context;
  if (renameType === 'OBJECT_INDEX' && missing_ok !== true) return ofIndex(name, '42P01', context);
  const relation = relationOf(catalog, name);
  if (renameType !== 'OBJECT_COLUMN' || !isCertain(catalog, relation)) return undefined;
  const tables = [keyOf(relation)];
  if (isSurelyMissing(catalog, relation, subname))
    return { what: `${writtenName(name)} has no column ${subname}`, fails: '42703', tables };
  if (!relation.columns.has(newname) || !isOfThisHistory(relation, context)) return undefined;
  return { what: `${writtenName(name)} has a column ${newname} already`, fails: '42701', tables };
}

function ofIndexes(node: Node, context: LintContext): Failure | undefined {
  if (!('DropStmt' in node)) return undefined;
  const { removeType, objects = [], missing_ok } = node.DropStmt;
  if (removeType !== 'OBJECT_INDEX' || missing_ok === true) return undefined;
  for (const object of objects) {
    const failure = ofIndex(rangeOf(object), '42704', context);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

function ofIndex(name: RangeVar, fails: string, context: LintContext): Failure | undefined {
  const born = missingSince(context.catalog, name);
  if (born === undefined || !isOfThisHistory({ born }, context)) return undefined;
  return { what: `There is no index ${writtenName(name)}`, fails, tables: [] };
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
function isOfThisHistory({ born }: Pick<Relation, 'born'>, { catalog, file }: LintContext): boolean {
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
