import type { AlterTableCmd, Node, TypeName } from 'libpg-query';
import { fail } from '#core/error';
import type { StatedEdit } from '../../../edit.ts';
import { parseExpression } from './expression-tree.ts';
import type { ReadOptions } from './reading.ts';
import { lineAt } from './source-text.ts';
import { parseTree } from './syntax-tree.ts';
import { isNode, nodesIn, stringsOf } from './walk.ts';

/** Something of SQL that older servers lack: the major that brought it, and the SQLSTATE with which older ones refuse it. */
export type Newer = { readonly what: string; readonly major: number; readonly next: string; readonly fails: string };

/**
 * Throws `not-built` for what an intent or one of its transformations says that the server is too old for: the grammar
 * that reads them is the newest. A function of that name that the user has, from an extension or their own, is no
 * newer one. The parser must be loaded.
 */
export function refuseNewer(text: string, stated: readonly StatedEdit[], options: ReadOptions): void {
  const { serverVersion } = options;
  if (serverVersion === undefined) return;
  const major = Math.floor(serverVersion / 10_000);
  const { source, statements } = parseTree(text);
  for (const { stmt, stmt_location = 0 } of statements) {
    refuseIn(
      stmt,
      options,
      major,
      (node) => `on line ${lineAt(text, source.indexAtByte(locationIn(node) ?? stmt_location))}`,
    );
  }
  for (const { up, down, line } of stated) {
    for (const expression of [up, down]) {
      if (expression === undefined) continue;
      refuseIn(parseExpression(expression).node, options, major, () => `in the transformation for line ${line}`);
    }
  }
}

function refuseIn(tree: unknown, options: ReadOptions, major: number, where: (node: Node) => string): void {
  for (const node of nodesIn(tree)) {
    const newer = newerIn(node, options.functionVolatility ?? new Map());
    if (newer === undefined || newer.major <= major) continue;
    throw fail('not-built', {
      what: `${newer.what} ${where(node)} cannot be planned for this server.`,
      why: `The server is PostgreSQL ${major}; this is there from PostgreSQL ${newer.major} on.`,
      next: newer.next,
    });
  }
}

/** What of a node itself, without its children, older servers lack. `own` has the user's functions by name. */
export function newerIn(node: Node, own: { readonly has: (name: string) => boolean }): Newer | undefined {
  if ('MergeStmt' in node) return merge;
  if ('AlterTableCmd' in node) return newerCommand(node.AlterTableCmd);
  if ('Constraint' in node) {
    const { contype, nulls_not_distinct, fk_del_set_cols, generated_kind } = node.Constraint;
    if (nulls_not_distinct === true) return nullsNotDistinct;
    if (fk_del_set_cols !== undefined) return setColumns;
    if (contype === 'CONSTR_ATTR_NOT_ENFORCED') return notEnforced;
    return generated_kind === 'v' ? virtual : undefined;
  }
  if ('IndexStmt' in node) return node.IndexStmt.nulls_not_distinct === true ? nullsNotDistinct : undefined;
  if ('IndexElem' in node) return node.IndexElem.opclassopts === undefined ? undefined : operatorClassOptions;
  if ('DefElem' in node) return node.DefElem.defname === 'deduplicate_items' ? deduplication : undefined;
  if ('ColumnDef' in node) return newerType(node.ColumnDef.typeName);
  if ('TypeCast' in node) return newerType(node.TypeCast.typeName);
  if ('FuncCall' in node) {
    const names = stringsOf(node.FuncCall.funcname);
    return own.has(names.at(-1) ?? '') ? undefined : newerNamed('The function', names, functionsSince);
  }
  return 'JsonIsPredicate' in node ? isJson : undefined;
}

function newerCommand({ subtype, def }: AlterTableCmd): Newer | undefined {
  if (subtype === 'AT_SetExpression') return setExpression;
  if (subtype !== 'AT_AddConstraint' || def === undefined || !('Constraint' in def)) return undefined;
  const { contype, is_enforced } = def.Constraint;
  if (contype === 'CONSTR_NOTNULL') return notNull;
  const isOff = (contype === 'CONSTR_CHECK' || contype === 'CONSTR_FOREIGN') && is_enforced !== true;
  return isOff ? notEnforced : undefined;
}

function newerType(type: TypeName | undefined): Newer | undefined {
  return newerNamed('The type', stringsOf(type?.names), typesSince);
}

function newerNamed(kind: string, names: readonly string[], known: ReadonlyMap<string, number>): Newer | undefined {
  const [name = '', schema = 'pg_catalog'] = names.toReversed();
  const major = schema === 'pg_catalog' ? known.get(name) : undefined;
  if (major === undefined) return undefined;
  return { what: `${kind} ${name}`, major, next: rewrite, fails: kind === 'The type' ? '42704' : '42883' };
}

/** Where a node stands in its text, in bytes, where it or a child says so. */
function locationIn(node: Node): number | undefined {
  for (const inner of nodesIn(node)) {
    const place: unknown = Object.values(inner)[0];
    if (typeof place !== 'object' || place === null || isNode(place)) continue;
    if ('location' in place && typeof place.location === 'number') return place.location;
  }
  return undefined;
}

const nullsNotDistinct: Newer = {
  what: 'NULLS NOT DISTINCT',
  major: 15,
  next: 'Leave it away, or make the columns NOT NULL: then there is no difference.',
  fails: '42601',
};
const setColumns: Newer = {
  what: 'A list of columns after ON DELETE SET',
  major: 15,
  next: 'Leave the list away: all columns of the foreign key are then set.',
  fails: '42601',
};
const virtual: Newer = {
  what: 'A virtual generated column',
  major: 18,
  next: 'Use STORED, or compute the value in a view.',
  fails: '42601',
};
const operatorClassOptions: Newer = {
  what: 'An operator class with options',
  major: 13,
  next: 'Leave the options away.',
  fails: '42601',
};
const deduplication: Newer = {
  what: 'The storage option deduplicate_items',
  major: 13,
  next: 'Leave it away.',
  fails: '22023',
};

const rewrite = 'Write it in a way that this server knows, or update the server.';
const isJson: Newer = { what: 'IS JSON', major: 16, next: rewrite, fails: '42601' };
const merge: Newer = { what: 'MERGE', major: 15, next: 'Write INSERT … ON CONFLICT.', fails: '42601' };
const setExpression: Newer = { what: 'SET EXPRESSION', major: 17, next: rewrite, fails: '42601' };
const notNull: Newer = {
  what: 'A NOT NULL constraint of a table',
  major: 18,
  next: 'Write ALTER COLUMN … SET NOT NULL, after a CHECK (… IS NOT NULL) that was validated.',
  fails: '42601',
};
const notEnforced: Newer = { what: 'NOT ENFORCED', major: 18, next: 'Leave the constraint away.', fails: '42601' };

const typesSince = since({
  13: 'xid8',
  14: 'int4multirange int8multirange nummultirange datemultirange tsmultirange tstzmultirange',
});

/** Names of functions that pg_catalog of that major has and the one before has not, as measured. */
const functionsSince = since({
  13: 'gen_random_uuid gcd lcm min_scale trim_scale normalize is_normalized jsonb_set_lax pg_current_xact_id jsonb_path_exists_tz jsonb_path_match_tz jsonb_path_query_array_tz jsonb_path_query_first_tz',
  14: 'bit_count bit_xor date_bin range_agg range_intersect_agg string_to_table trim_array unistr multirange',
  15: 'regexp_count regexp_instr regexp_like regexp_substr',
  16: 'any_value array_sample array_shuffle date_add date_subtract erf erfc pg_input_is_valid random_normal system_user json_agg_strict jsonb_agg_strict json_object_agg_strict jsonb_object_agg_strict json_object_agg_unique jsonb_object_agg_unique',
  17: 'to_bin to_oct uuid_extract_timestamp uuid_extract_version xmltext unicode_assigned unicode_version',
  18: 'array_reverse array_sort casefold crc32 crc32c gamma lgamma uuidv4 uuidv7',
});

function since(names: Readonly<Record<number, string>>): ReadonlyMap<string, number> {
  const pairs = Object.entries(names).flatMap(([major, words]) =>
    words.split(' ').map((word) => [word, Number(major)] as const),
  );
  return new Map(pairs);
}
