import type { Node } from 'libpg-query';
import type { ConstraintKind } from '../../../schema.ts';
import { stringsOf } from './walk.ts';

/** Is this relation or constraint name already used in the schema? */
export type IsTaken = (name: string) => boolean;

/** NAMEDATALEN - 1 of a server as it is shipped. */
const nameBytesMax = 63;
/** The server would look on for ever; nobody has so many objects of one name. */
const triesMax = 10_000;

const constraintLabels: Readonly<Record<ConstraintKind, string>> = {
  'primary-key': 'pkey',
  unique: 'key',
  check: 'check',
  'foreign-key': 'fkey',
  exclusion: 'excl',
};

/**
 * The name that PostgreSQL gives a constraint without one (ChooseConstraintName and ChooseIndexName of its source):
 * `users_email_key`. `columns` are the key columns, of a check the columns that it mentions: only a single one counts.
 */
export function automaticConstraintName(
  table: string,
  constraint: { readonly kind: ConstraintKind; readonly columns: readonly string[] },
  isTaken: IsTaken,
): string {
  const { kind, columns } = constraint;
  const label = constraintLabels[kind];
  if (kind === 'primary-key') return freeName(table, { addition: undefined, label }, isTaken);
  const named = kind === 'check' && columns.length !== 1 ? undefined : joined(columns);
  return freeName(table, { addition: named, label }, isTaken);
}

/** The name of an index without one: `users_lower_idx`. `parts` as `indexParts` gives them, INCLUDE columns too. */
export function automaticIndexName(table: string, parts: readonly string[], isTaken: IsTaken): string {
  return freeName(table, { addition: joined(distinct(parts)), label: 'idx' }, isTaken);
}

/** The names that index elements lend to the name of their index: the column, or what an expression would be called. */
export function indexParts(elements: readonly Node[]): readonly string[] {
  return elements.flatMap((element) => {
    if (!('IndexElem' in element)) return [];
    const { name, expr } = element.IndexElem;
    return [name ?? (expr === undefined ? undefined : columnLabel(expr)?.name) ?? 'expr'];
  });
}

/** The sequence of a serial or identity column: `users_id_seq`. */
export function automaticSequenceName(table: string, column: string, isTaken: IsTaken): string {
  return freeName(table, { addition: column, label: 'seq' }, isTaken);
}

type Parts = { readonly addition: string | undefined; readonly label: string };

function freeName(table: string, { addition, label }: Parts, isTaken: IsTaken): string {
  for (let count = 0; count < triesMax; count += 1) {
    const name = objectName(table, { addition, label: count === 0 ? label : `${label}${count}` });
    if (!isTaken(name)) return name;
  }
  return objectName(table, { addition, label });
}

/** makeObjectName(): the longer part is cut first, and never within a character. */
function objectName(table: string, { addition, label }: Parts): string {
  const room = nameBytesMax - Buffer.byteLength(label) - 1 - (addition === undefined ? 0 : 1);
  let first = Buffer.byteLength(table);
  let second = Buffer.byteLength(addition ?? '');
  while (first + second > room) {
    if (first > second) first -= 1;
    else second -= 1;
  }
  const parts = [cut(table, first), ...(addition === undefined ? [] : [cut(addition, second)]), label];
  return parts.join('_');
}

/** ChooseIndexNameAddition(): joined by underscores, and no further than one name is long. */
function joined(columns: readonly string[]): string {
  let text = '';
  for (const column of columns) {
    text = text === '' ? column : `${text}_${column}`;
    if (Buffer.byteLength(text) > nameBytesMax) break;
  }
  return text;
}

/** ChooseIndexColumnNames(): a part that is there already gets a number. */
function distinct(parts: readonly string[]): readonly string[] {
  const names: string[] = [];
  for (const part of parts) {
    let name = part;
    for (let count = 1; names.includes(name) && count < triesMax; count += 1) {
      name = `${cut(part, nameBytesMax - String(count).length)}${count}`;
    }
    names.push(name);
  }
  return names;
}

function cut(text: string, bytesMax: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > bytesMax) break;
    kept += character;
  }
  return kept;
}

type Label = { readonly name: string; readonly isStrong: boolean };

const valueFunctions: Readonly<Record<string, string>> = {
  SVFOP_CURRENT_TIMESTAMP_N: 'current_timestamp',
  SVFOP_CURRENT_TIME_N: 'current_time',
  SVFOP_LOCALTIME_N: 'localtime',
  SVFOP_LOCALTIMESTAMP_N: 'localtimestamp',
};

/** FigureColname(): what a result column of this expression would be called; weak where a cast may still name it. */
function columnLabel(node: Node): Label | undefined {
  if ('ColumnRef' in node) return strong(stringsOf(node.ColumnRef.fields).at(-1));
  if ('FuncCall' in node) return strong(stringsOf(node.FuncCall.funcname).at(-1));
  if ('A_Indirection' in node) {
    const { arg, indirection } = node.A_Indirection;
    const field = stringsOf(indirection).at(-1);
    if (field !== undefined) return strong(field);
    return arg === undefined ? undefined : columnLabel(arg);
  }
  if ('CollateClause' in node)
    return node.CollateClause.arg === undefined ? undefined : columnLabel(node.CollateClause.arg);
  if ('TypeCast' in node) {
    const { arg, typeName } = node.TypeCast;
    const inner = arg === undefined ? undefined : columnLabel(arg);
    if (inner?.isStrong === true) return inner;
    const type = stringsOf(typeName?.names).at(-1);
    return type === undefined ? inner : { name: type, isStrong: false };
  }
  if ('CaseExpr' in node) {
    const inner = node.CaseExpr.defresult === undefined ? undefined : columnLabel(node.CaseExpr.defresult);
    return inner?.isStrong === true ? inner : { name: 'case', isStrong: false };
  }
  return strong(specialLabel(node));
}

function specialLabel(node: Node): string | undefined {
  if ('CoalesceExpr' in node) return 'coalesce';
  if ('MinMaxExpr' in node) return node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest';
  if ('A_ArrayExpr' in node) return 'array';
  if ('RowExpr' in node) return 'row';
  if ('A_Expr' in node) return node.A_Expr.kind === 'AEXPR_NULLIF' ? 'nullif' : undefined;
  if ('SQLValueFunction' in node) {
    const op = node.SQLValueFunction.op ?? '';
    return valueFunctions[op] ?? op.replace(/^SVFOP_/, '').toLowerCase();
  }
  if ('XmlSerialize' in node) return 'xmlserialize';
  return undefined;
}

function strong(name: string | undefined): Label | undefined {
  return name === undefined ? undefined : { name, isStrong: true };
}
