import type { Node } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { typeNamed } from '../catalog/apply-type.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { type ColumnType, columnType } from '../column-type.ts';

/**
 * How a change of type is carried out: `rewrite` writes every row, `free` changes the catalog alone, `zone` is free
 * where the session's TimeZone is UTC and a rewrite elsewhere, and no SET in the file says which. Measured pair by pair
 * on PostgreSQL 12 to 18, which all do the same (ATColumnChangeRequiresRewrite in tablecmds.c).
 */
export type TypeWork = 'rewrite' | 'free' | 'zone';

/** What the server does where a column of one type becomes one of another; a USING that says more makes it a rewrite. */
export function typeWork(
  change: {
    readonly column: string;
    readonly from: ColumnType | undefined;
    readonly to: ColumnType;
    readonly using: Node | undefined;
  },
  catalog: Catalog,
): TypeWork {
  const { column, from, to, using } = change;
  if (from === undefined || (using !== undefined && !isPlain(using, column, to))) return 'rewrite';
  const work = workBetween(from, to, catalog);
  if (work !== 'zone' || catalog.timeZone === undefined) return work;
  return isLastingUtc(catalog.timeZone) ? 'free' : 'rewrite';
}

/** Zones that are at UTC and always were; in those at UTC only now, `timestamp` and `timestamptz` are not the same. */
function isLastingUtc(zone: string): boolean {
  return /^(etc\/)?(utc|uct|gmt|gmt[+-]?0|universal|zulu|greenwich)$/i.test(zone);
}

/** Is USING only what the server would do by itself: the column, or a cast of it to the same type? */
function isPlain(using: Node, column: string, to: ColumnType): boolean {
  let inner: Node | undefined = using;
  while (inner !== undefined && 'TypeCast' in inner) {
    if (!isSame(columnType(inner.TypeCast.typeName), to)) return false;
    inner = inner.TypeCast.arg;
  }
  return inner !== undefined && 'ColumnRef' in inner && stringsOf(inner.ColumnRef.fields).at(-1) === column;
}

function isSame(one: ColumnType, other: ColumnType): boolean {
  return (
    one.name === other.name &&
    one.schema === other.schema &&
    one.isArray === other.isArray &&
    String(one.modifiers) === String(other.modifiers)
  );
}

function workBetween(from: ColumnType, to: ColumnType, catalog: Catalog): TypeWork {
  if (isSame(from, to)) return 'free';
  const target = domainOf(to, catalog);
  if (target?.isConstrained === true) return 'rewrite';
  const source = domainOf(from, catalog);
  // A value of a domain has lost the length that its base was given.
  const before = source === undefined ? from : { ...source.base, modifiers: [], isArray: from.isArray };
  const after = target === undefined ? to : target.base;
  if (before.isArray || after.isArray) return arrayWork(before, after);
  const isOther = before.schema !== undefined && after.schema !== undefined && before.schema !== after.schema;
  if (before.name === after.name) return isLonger(before, after) && !isOther ? 'free' : 'rewrite';
  return coercedWork(before, after);
}

/** What a type is stored as: the base of a domain, else itself. */
export function baseOf(type: ColumnType, catalog: Catalog): ColumnType {
  return domainOf(type, catalog)?.base ?? type;
}

/** The base of a domain, through domains upon domains. */
function domainOf(
  type: ColumnType,
  catalog: Catalog,
): { readonly base: ColumnType; readonly isConstrained: boolean } | undefined {
  let found: { readonly base: ColumnType; readonly isConstrained: boolean } | undefined;
  let at = type;
  for (let depth = 0; depth < 20; depth += 1) {
    const names = [...(at.schema === undefined ? [] : [at.schema]), at.name].map((sval) => ({ String: { sval } }));
    const domain = at.isArray ? undefined : typeNamed(catalog, names);
    if (domain?.kind !== 'domain' || domain.base === undefined) return found;
    const isConstrained = found?.isConstrained === true || domain.constraints.size > 0 || domain.isNotNull;
    found = { base: domain.base, isConstrained };
    at = domain.base;
  }
  return found;
}

/** Elements are never looked at: they may lose their limit, and nothing else. */
function arrayWork(from: ColumnType, to: ColumnType): TypeWork {
  const isSameElement = from.isArray === to.isArray && from.name === to.name && from.schema === to.schema;
  const isFree = String(from.modifiers) === String(to.modifiers) || to.modifiers.length === 0;
  return isSameElement && isFree ? 'free' : 'rewrite';
}

/** The greatest precision that times have, which is that of those without one. */
const precisionMax = 6;

/** Does every value of the one fit the other as it is, both being of the same type? */
function isLonger({ name, modifiers: before }: ColumnType, { modifiers: after }: ColumnType): boolean {
  if (after.length === 0 || String(before) === String(after)) return true;
  const [old, target] = [before[0], after[0]];
  if (target === undefined) return false;
  switch (name) {
    case 'varchar':
    case 'varbit':
      return old !== undefined && target >= old;
    case 'numeric':
      return old !== undefined && target >= old && (before[1] ?? 0) === (after[1] ?? 0);
    case 'time':
    case 'timetz':
    case 'timestamp':
    case 'timestamptz':
      return target >= Math.min(old ?? precisionMax, precisionMax);
    case 'interval':
      return isLongerInterval(before, after);
    default:
      return false;
  }
}

/** Bits of the fields in the first modifier of an interval, from the smallest (datetime.h); all are set where none is said. */
const intervalFields = [12, 11, 10, 3, 1, 2];

function leastField(mask: number | undefined): number {
  const found = intervalFields.findIndex((bit) => ((mask ?? 0x7fff) & (1 << bit)) !== 0);
  return found === -1 ? 0 : found;
}

function isLongerInterval(before: ColumnType['modifiers'], after: ColumnType['modifiers']): boolean {
  const [least, targetLeast] = [leastField(before[0]), leastField(after[0])];
  const [old, target] = [before[1] ?? precisionMax, after[1] ?? precisionMax];
  const hasNoSeconds = least > 0;
  return targetLeast <= least && (hasNoSeconds || target >= Math.min(old, precisionMax));
}

/** Pairs that share their form on disk (pg_cast: castmethod b), where the new type has no length. */
const coercible: ReadonlySet<string> = new Set([
  ...['varchar>text', 'text>varchar', 'text>bpchar', 'varchar>bpchar', 'xml>text', 'xml>varchar', 'xml>bpchar'],
  ...['text>citext', 'varchar>citext', 'citext>text', 'citext>varchar', 'citext>bpchar'],
  ...['cidr>inet', 'bit>varbit', 'varbit>bit'],
]);
const identifiers = ['int4', 'oid', 'regclass', 'regproc', 'regprocedure', 'regoper', 'regoperator', 'regtype'];
const moreIdentifiers = ['regconfig', 'regdictionary', 'regnamespace', 'regrole', 'regcollation'];

function coercedWork(from: ColumnType, to: ColumnType): TypeWork {
  const pair = `${from.name}>${to.name}`;
  if (pair === 'timestamp>timestamptz' || pair === 'timestamptz>timestamp') {
    return to.modifiers.length === 0 || (to.modifiers[0] ?? 0) >= precisionMax ? 'zone' : 'rewrite';
  }
  const isIdentifier = ({ name }: ColumnType) => identifiers.includes(name) || moreIdentifiers.includes(name);
  const isBetweenIdentifiers =
    isIdentifier(from) && isIdentifier(to) && [from, to].some(({ name }) => name === 'oid' || name === 'int4');
  if (to.modifiers.length > 0) return 'rewrite';
  return coercible.has(pair) || isBetweenIdentifiers ? 'free' : 'rewrite';
}
