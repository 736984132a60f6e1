import type { Constraint, DefElem, Node } from 'libpg-query';
import { quoteLiteral } from '../quote.ts';
import { printExpression } from './print.ts';
import { printName } from './type-text.ts';
import { kindOf, stringsOf } from './walk.ts';

/** A list of names as the server prints it: `(id, "Name")`. */
export function nameList(names: readonly string[]): string {
  return `(${names.map(printName).join(', ')})`;
}

/** Names with a dot between them, as of a collation or operator class. */
export function dotted(nodes: readonly Node[] | undefined): string | undefined {
  const names = stringsOf(nodes);
  return names.length === 0 ? undefined : names.map(printName).join('.');
}

/** Collations that initdb makes; all are in pg_catalog. */
const shippedCollation =
  /^(C|POSIX|default|ucs_basic|unicode|pg_c_utf8|pg_unicode_fast|.*-x-icu|[a-z]{2,3}_[A-Z]{2}(\..+)?)$/;

/** A collation with its schema, as `inspect` has it: those that PostgreSQL ships are written without one. */
export function collationText(names: readonly Node[] | undefined): string | undefined {
  const [name, ...others] = stringsOf(names);
  const isShipped = name !== undefined && others.length === 0 && shippedCollation.test(name);
  return isShipped ? `pg_catalog.${printName(name)}` : dotted(names);
}

/** Storage options, as they stand between the brackets of WITH (…); undefined without any. */
export function optionsText(options: readonly Node[] | undefined): string | undefined {
  const texts = (options ?? []).flatMap((option) => ('DefElem' in option ? [optionText(option.DefElem)] : []));
  return texts.length === 0 ? undefined : texts.join(', ');
}

/** A key of an index as SQL: a column or expression with collation, operator class and order. */
export function elementText(element: Node): string {
  if (!('IndexElem' in element)) return '';
  const { name, expr, collation, opclass, opclassopts, ordering, nulls_ordering } = element.IndexElem;
  const collated = dotted(collation);
  const options = optionsText(opclassopts);
  const parts = [
    expr === undefined ? printName(name ?? '') : expressionKey(expr),
    ...(collated === undefined ? [] : [`COLLATE ${collated}`]),
    ...(opclass === undefined ? [] : [`${dotted(opclass)}${options === undefined ? '' : ` (${options})`}`]),
    ...(ordering === 'SORTBY_ASC' ? ['ASC'] : ordering === 'SORTBY_DESC' ? ['DESC'] : []),
    ...(nulls_ordering === 'SORTBY_NULLS_FIRST' ? ['NULLS FIRST'] : []),
    ...(nulls_ordering === 'SORTBY_NULLS_LAST' ? ['NULLS LAST'] : []),
  ];
  return parts.join(' ');
}

const actions: Readonly<Record<string, string>> = {
  a: 'NO ACTION',
  r: 'RESTRICT',
  c: 'CASCADE',
  n: 'SET NULL',
  d: 'SET DEFAULT',
};

/** What a foreign key does when the row it refers to goes or changes: `CASCADE`. */
export function referentialAction(letter: string | undefined): string {
  return actions[letter ?? 'a'] ?? 'NO ACTION';
}

/** The tail that says when a constraint is checked; empty for one that is checked at once. */
export function deferText(constraint: Constraint): string {
  if (constraint.deferrable !== true) return '';
  return constraint.initdeferred === true ? ' DEFERRABLE INITIALLY DEFERRED' : ' DEFERRABLE';
}

/** Definition of a check, without NOT VALID: `CHECK (age > 0)`. */
export function checkText(constraint: Constraint, expression: string): string {
  return `CHECK (${expression})${constraint.is_no_inherit === true ? ' NO INHERIT' : ''}`;
}

/** Definition of a primary key or unique constraint over columns or an index. */
export function keyText(constraint: Constraint, columns: readonly string[]): string {
  const word = constraint.contype === 'CONSTR_PRIMARY' ? 'PRIMARY KEY' : 'UNIQUE';
  if (constraint.indexname !== undefined)
    return `${word} USING INDEX ${printName(constraint.indexname)}${deferText(constraint)}`;
  const nulls = constraint.nulls_not_distinct === true ? ' NULLS NOT DISTINCT' : '';
  const including = stringsOf(constraint.including);
  const include = including.length === 0 ? '' : ` INCLUDE ${nameList(including)}`;
  const options = optionsText(constraint.options);
  const space =
    constraint.indexspace === undefined ? '' : ` USING INDEX TABLESPACE ${printName(constraint.indexspace)}`;
  const storage = options === undefined ? '' : ` WITH (${options})`;
  return `${word}${nulls} ${nameList(columns)}${include}${storage}${space}${deferText(constraint)}`;
}

/** Definition of a foreign key, without NOT VALID; `table` is the other side as SQL. */
export function foreignKeyText(constraint: Constraint, columns: readonly string[], table: string): string {
  const others = stringsOf(constraint.pk_attrs);
  const [onUpdate, onDelete] = [constraint.fk_upd_action, constraint.fk_del_action].map(referentialAction);
  const cleared = stringsOf(constraint.fk_del_set_cols);
  const parts = [
    `FOREIGN KEY ${nameList(columns)} REFERENCES ${table}${others.length === 0 ? '' : nameList(others)}`,
    ...(constraint.fk_matchtype === 'f' ? ['MATCH FULL'] : []),
    ...(onUpdate === 'NO ACTION' ? [] : [`ON UPDATE ${onUpdate}`]),
    ...(onDelete === 'NO ACTION'
      ? []
      : [`ON DELETE ${onDelete}${cleared.length === 0 ? '' : ` ${nameList(cleared)}`}`]),
  ];
  return `${parts.join(' ')}${deferText(constraint)}`;
}

/** An expression as a key stands in brackets, unless it is a plain call. */
function expressionKey(expression: Node): string {
  const text = printExpression(expression);
  return kindOf(expression) === 'FuncCall' && /\)$/.test(text) ? text : `(${text})`;
}

function optionText({ defnamespace, defname = '', arg }: DefElem): string {
  const name = `${defnamespace === undefined ? '' : `${printName(defnamespace)}.`}${printName(defname)}`;
  return arg === undefined ? name : `${name}=${optionValue(arg)}`;
}

function optionValue(value: Node): string {
  if ('Integer' in value) return String(value.Integer.ival ?? 0);
  if ('Float' in value) return value.Float.fval ?? '0';
  if ('String' in value) return quoteLiteral(value.String.sval ?? '');
  if ('TypeName' in value) return quoteLiteral(stringsOf(value.TypeName.names).at(-1) ?? '');
  return quoteLiteral('true');
}
