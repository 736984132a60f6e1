import type { Action } from '#core/plan';
import type { CheckAction } from '../action.ts';
import type { TablePair } from '../diff.ts';
import type { Draft, PlanContext, StepDraft } from '../operation.ts';
import { plainName, type QualifiedName, type Table } from '../schema.ts';
import { rangeOf } from './ranges.ts';
import { checkAction, nothing } from './steps.ts';

type Spelled = Pick<PlanContext, 'spelling'>;

/** Keys of a unique index as SQL, and which rows it covers. */
export type UniqueKeys = {
  readonly keys: readonly string[];
  readonly predicate: string | undefined;
  readonly nullsNotDistinct: boolean;
};

/** Query with a row for each key that stands more than once: the keys and `rows`. */
export function duplicatesQuery(table: QualifiedName, unique: UniqueKeys, context: Spelled): string {
  return `SELECT ${unique.keys.join(', ')}, count(*) AS "rows" ${grouped(table, unique, context)}`;
}

function grouped(table: QualifiedName, unique: UniqueKeys, { spelling }: Spelled): string {
  const present = unique.nullsNotDistinct ? [] : unique.keys.map((key) => `${key} IS NOT NULL`);
  const where = [...(unique.predicate === undefined ? [] : [`(${unique.predicate})`]), ...present].join(' AND ');
  const from = `FROM ${spelling.relation(table)}${where === '' ? '' : ` WHERE ${where}`}`;
  return `${from} GROUP BY ${unique.keys.join(', ')} HAVING count(*) > 1`;
}

/** Counts the keys that stand more than once, with some of them. */
export function noDuplicates(table: QualifiedName, unique: UniqueKeys, context: Spelled): Action {
  const sample = `concat_ws(', ', ${unique.keys.map((key) => `(${key})::text`).join(', ')})`;
  const said = `values that stand more than once in ${plainName(table)}`;
  return noneOf(`SELECT ${sample} ${grouped(table, unique, context)}`, { said, code: 'duplicates' }, context);
}

/** Counts the rows for which a condition is false, with some of their keys. */
export function noRowsAgainst(table: Table, condition: string, context: Spelled): Action {
  const { spelling } = context;
  const query = `SELECT ${keyText(table, context)} FROM ${spelling.relation(table)} AS t WHERE (${condition}) IS FALSE`;
  return noneOf(
    query,
    { said: `rows of ${plainName(table)} that are against it`, code: 'verification-failed' },
    context,
  );
}

/** Counts the rows that hold NULL, with some of their keys. */
export function noNullRows(table: Table, column: string, context: Spelled): Action {
  const { name, relation } = context.spelling;
  const query = `SELECT ${keyText(table, context)} FROM ${relation(table)} AS t WHERE t.${name(column)} IS NULL`;
  return noneOf(
    query,
    { said: `rows of ${plainName(table)} that hold NULL in ${column}`, code: 'verification-failed' },
    context,
  );
}

/** Columns of a foreign key and what they refer to. */
export type Reference = {
  readonly columns: readonly string[];
  readonly table: QualifiedName;
  readonly referenced: readonly string[];
};

/** Counts the rows that refer to none, with some of their keys. */
export function noOrphans(table: Table, reference: Reference, context: Spelled): Action {
  const { relation } = context.spelling;
  const query = `SELECT ${keyText(table, context)} FROM ${relation(table)} AS t WHERE ${breaking(reference, context)}`;
  const said = `rows of ${plainName(table)} that refer to rows which ${plainName(reference.table)} does not hold`;
  return noneOf(query, { said, code: 'verification-failed' }, context);
}

/** True of a row `t` that refers to none. Rows that hold NULL refer to nothing. */
export function breaking(reference: Reference, { spelling }: Spelled): string {
  const { name, relation } = spelling;
  const own = reference.columns.map((column) => `t.${name(column)}`);
  const pairs = reference.referenced.map((column, place) => `o.${name(column)} = ${own[place] ?? 'NULL'}`);
  const isWhole = own.map((column) => `${column} IS NOT NULL`).join(' AND ');
  return `${isWhole} AND NOT EXISTS (SELECT FROM ${relation(reference.table)} AS o WHERE ${pairs.join(' AND ')})`;
}

/** The condition in the definition of a check, as it was stated or as the server prints it. */
export function checkedExpression(definition: string): string {
  return definition.slice(definition.indexOf('(') + 1, definition.lastIndexOf(')'));
}

function noneOf(
  query: string,
  { said, code }: { readonly said: string; readonly code: CheckAction['code'] },
  { spelling }: Spelled,
): Action {
  return checkAction(spelling.noneFound(query, said), 'Change or remove them, then run the same command again.', code);
}

/** What names a row for people: `id = 5`. */
export function keyText(table: Table, { spelling }: Spelled): string {
  const { key } = rangeOf(table);
  if (key.length === 0) return `'ctid = ' || t.ctid::text`;
  return key
    .map(({ name }) => `${spelling.literal(`${name} = `)} || t.${spelling.name(name)}::text`)
    .join(` || ', ' || `);
}

/**
 * Looks for what is in the way before anything is done. Where the plan itself changes rows of the table, that is after
 * it has done so, and once more at the gate.
 */
export function early(
  check: { readonly slug: string; readonly title: string; readonly action: Action },
  table: TablePair,
  { target }: PlanContext,
): Pick<Draft, 'prepare' | 'migrate' | 'looks'> {
  const { slug, title, action } = check;
  const step = { slug, title, rollback: nothing, hazards: [] };
  const isChanged = target.data.some((statement) => statement.table === table.before.id);
  const prove: StepDraft = { ...step, stage: 'prove', action: nothing, verify: action };
  const begin: StepDraft = { ...step, stage: 'check', action, verify: nothing };
  if (isChanged) return { migrate: [prove] };
  const cure = 'Change or remove them before you apply; the plan itself stays as it is.';
  return { prepare: [begin], looks: [{ title, table: table.before, action, cure }] };
}
