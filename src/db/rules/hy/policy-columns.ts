import { keyOf, relationOf } from '../../lint/catalog/catalog.ts';
import { columnType, typeWords } from '../../lint/column-type.ts';
import type { LintContext, LintOptions } from '../../lint/context.ts';
import { declaredColumns } from '../../lint/questions/declared-columns.ts';
import { namesInWords, writtenName } from '../../lint/questions/names-in-words.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Hit, Rule } from '../../rule.ts';

const columns = { policy: { requiredColumns: ['created_at', 'updated_at'] } };
const types = { policy: { forbiddenTypes: ['money', 'timestamp', 'serial'] } };
const comment = { policy: { requireComment: true } };

export const policyColumns: Rule = {
  id: 'hy/policy-columns',
  severity: 'warning',
  summary: 'A table lacks a column or a comment that the team wants, or has a type that it does not',
  why: 'The configuration says what every new table must have and which types are not wanted. It is cheapest to keep to that while the table is empty.',
  instead: 'Add what is missing, or take another type; lint.policy of the configuration says which.',
  aliases: { pgsafe: ['require-columns', 'require-comment', 'forbidden-types'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, created_at timestamptz);', options: columns },
    { sql: 'CREATE TABLE drafts (id serial PRIMARY KEY, price money);', options: types, findings: 2 },
    { sql: 'ALTER TABLE notes ADD COLUMN written_at timestamp;', options: types },
    { sql: 'ALTER TABLE items ALTER COLUMN price TYPE money;', options: types },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY);', options: comment },
  ],
  good: [
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY);' },
    {
      sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, created_at timestamptz);\nALTER TABLE drafts ADD COLUMN updated_at timestamptz;',
      options: columns,
    },
    { sql: 'CREATE TABLE IF NOT EXISTS users (id bigint);', options: columns },
    {
      sql: 'CREATE TEMPORARY TABLE drafts (id bigint);',
      options: { policy: { ...columns.policy, ...comment.policy } },
    },
    {
      sql: "CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');",
      options: { policy: { ...columns.policy, ...comment.policy } },
    },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, price numeric, written_at timestamptz);', options: types },
    {
      sql: "CREATE TABLE drafts (id bigint PRIMARY KEY);\nCOMMENT ON TABLE drafts IS 'What is not sent yet.';",
      options: comment,
    },
    { sql: 'CREATE TABLE drafts (id bigint);\nDROP TABLE drafts;', options: columns },
  ],
  on: ['CreateStmt', 'AT_AddColumn', 'AT_AlterColumnType'],
  onFileWith: ['CreateStmt'],
  check(unit, context) {
    const { forbiddenTypes = [] } = context.options.policy ?? {};
    if (forbiddenTypes.length === 0) return [];
    return typesGiven(unit, context).flatMap(({ name, words, at }) => {
      const found = forbiddenTypes.find((type) => words.includes(type.toLowerCase()));
      return found === undefined ? [] : [{ message: `Column ${name} is of type ${found}, which is not wanted.`, at }];
    });
  },
  checkFile(units, context) {
    const { policy } = context.options;
    if (policy === undefined) return [];
    return units.flatMap((unit) => newTableHits(unit, { policy, units, context }).map((hit) => ({ ...hit, unit })));
  },
};

type TypeGiven = { readonly name: string; readonly words: readonly string[]; readonly at: number | undefined };

/** Types by all names that people have for them: `int4` and `integer`, with and without their lengths. */
function typesGiven(unit: Unit, context: LintContext): readonly TypeGiven[] {
  const { node, command } = unit;
  if (command?.subtype === 'AT_AlterColumnType' && 'AlterTableStmt' in node) {
    const def = command.def !== undefined && 'ColumnDef' in command.def ? command.def.ColumnDef : undefined;
    const name = `${writtenName(node.AlterTableStmt.relation)}.${command.name}`;
    return [{ name, words: wordsFor(columnType(def?.typeName)), at: undefined }];
  }
  return declaredColumns(unit, context).map(({ definition, name, table, isOfNewTable }) => ({
    name: `${writtenName(table)}.${name}`,
    words: wordsFor(columnType(definition.typeName)),
    at: isOfNewTable ? definition.location : undefined,
  }));
}

function wordsFor(type: ReturnType<typeof columnType>): readonly string[] {
  const bare = { ...type, modifiers: [], isArray: false };
  const serial = type.isSerial ? ['serial', ...(serialNames[type.name] ?? [])] : [];
  const own = type.isSerial ? [] : [type.name, typeWords(bare), typeWords(type)];
  return [...own, ...serial].map((word) => word.toLowerCase());
}

const serialNames: Readonly<Record<string, readonly string[]>> = { int2: ['smallserial'], int8: ['bigserial'] };

/** Looks at what is there after the whole file: what a later statement adds is not missing. */
function newTableHits(
  { node }: Unit,
  place: {
    readonly policy: NonNullable<LintOptions['policy']>;
    readonly units: readonly Unit[];
    readonly context: LintContext;
  },
): readonly Hit[] {
  if (!('CreateStmt' in node) || node.CreateStmt.partbound !== undefined) return [];
  const { policy, units, context } = place;
  const { relation: name } = node.CreateStmt;
  const table = relationOf(context.catalog, name);
  const isMadeHere = table?.born.migration === context.catalog.moment.migration;
  if (table === undefined || !isMadeHere || table.persistence === 'temporary') return [];
  const missing = table.isKnown ? (policy.requiredColumns ?? []).filter((column) => !table.columns.has(column)) : [];
  const said = writtenName(name);
  const tables = [keyOf(table)];
  const lacks = missing.length === 0 ? [] : [{ message: `Table ${said} has no ${namesInWords(missing)}.`, tables }];
  const isMute = policy.requireComment === true && !units.some((unit) => isCommentOn(unit, table.name));
  return [...lacks, ...(isMute ? [{ message: `Table ${said} has no comment (COMMENT ON TABLE).`, tables }] : [])];
}

function isCommentOn({ node }: Unit, table: string): boolean {
  if (!('CommentStmt' in node) || node.CommentStmt.objtype !== 'OBJECT_TABLE') return false;
  const { object } = node.CommentStmt;
  const items = object !== undefined && 'List' in object ? (object.List.items ?? []) : [];
  const last = items.at(-1);
  return last !== undefined && 'String' in last && last.String.sval === table;
}
