import type { AlterTableCmd, ColumnDef, Constraint, Node } from 'libpg-query';
import { volatilityOfTree } from '../../drivers/postgres/sql/volatility.ts';
import { isUnenforced } from '../catalog/add-constraint.ts';
import { typeNamed } from '../catalog/apply-type.ts';
import type { Catalog, LintType } from '../catalog/catalog.ts';
import { columnConstraints } from '../catalog/column-constraints.ts';
import { columnType } from '../column-type.ts';
import type { CommandPlace } from './command-place.ts';
import { type Effects, effects, locksOn } from './effects.ts';
import { reached } from './relations.ts';

/** What a definition of a column says, constraint by constraint. */
export type ColumnParts = {
  readonly definition: ColumnDef;
  readonly default: Node | undefined;
  readonly isNotNull: boolean;
  readonly isIdentity: boolean;
  readonly isSerial: boolean;
  readonly generated: 'stored' | 'virtual' | undefined;
  /** The first that is enforced. */
  readonly check: Constraint | undefined;
  readonly unique: Constraint | undefined;
  readonly primaryKey: Constraint | undefined;
  readonly reference: Constraint | undefined;
};

/** The parts of a column's definition. DEFAULT NULL is none. */
export function columnParts(definition: ColumnDef): ColumnParts {
  const constraints = columnConstraints(definition);
  const of = (type: Constraint['contype']) => constraints.find(({ contype }) => contype === type);
  const said = of('CONSTR_DEFAULT')?.raw_expr ?? definition.raw_default;
  const generated = of('CONSTR_GENERATED');
  return {
    definition,
    default: isNull(said) ? undefined : said,
    isNotNull: of('CONSTR_NOTNULL') !== undefined,
    isIdentity: of('CONSTR_IDENTITY') !== undefined,
    isSerial: columnType(definition.typeName).isSerial,
    generated: generated === undefined ? undefined : generated.generated_kind === 'v' ? 'virtual' : 'stored',
    check: constraints.find((one) => one.contype === 'CONSTR_CHECK' && !isUnenforced(one)),
    unique: of('CONSTR_UNIQUE'),
    primaryKey: of('CONSTR_PRIMARY'),
    reference: of('CONSTR_FOREIGN'),
  };
}

function isNull(node: Node | undefined): boolean {
  if (node === undefined) return true;
  if ('TypeCast' in node) return isNull(node.TypeCast.arg);
  return 'A_Const' in node && node.A_Const.isnull === true;
}

/** Does every row get a value of its own, so that the table is written anew? */
export function hasVolatileDefault(parts: ColumnParts, catalog: Catalog): boolean {
  const expression = parts.default ?? domainOfColumn(parts, catalog)?.default;
  return expression !== undefined && volatilityOfTree(expression, catalog.functions) === 'volatile';
}

/** The domain of a column where it has constraints, or is NOT NULL, or stands upon one that has. */
export function constrainedDomain(parts: ColumnParts, catalog: Catalog): LintType | undefined {
  const domain = domainOfColumn(parts, catalog);
  const isConstrained = chainOf(domain, catalog).some(
    ({ constraints, isNotNull }) => constraints.size > 0 || isNotNull,
  );
  return isConstrained ? domain : undefined;
}

/** The domain that a column is of, but not an array of it. */
function domainOfColumn({ definition }: ColumnParts, catalog: Catalog): LintType | undefined {
  const { isArray, name, schema } = columnType(definition.typeName);
  return isArray ? undefined : domainNamed(catalog, { name, schema });
}

function domainNamed(
  catalog: Catalog,
  { name, schema }: { readonly name: string; readonly schema: string | undefined },
): LintType | undefined {
  const names = [...(schema === undefined ? [] : [schema]), name].map((sval) => ({ String: { sval } }));
  const type = typeNamed(catalog, names);
  return type?.kind === 'domain' ? type : undefined;
}

function isNotNullDomain(domain: LintType | undefined, catalog: Catalog): boolean {
  return chainOf(domain, catalog).some(({ isNotNull }) => isNotNull);
}

/** A domain and those that it stands upon. */
function chainOf(domain: LintType | undefined, catalog: Catalog): readonly LintType[] {
  const chain: LintType[] = [];
  for (let at = domain; at !== undefined && !chain.includes(at); ) {
    chain.push(at);
    at = at.base === undefined ? undefined : domainNamed(catalog, at.base);
  }
  return chain;
}

/** The column that a command adds, or undefined for another command. */
export function addedColumn({ subtype, def }: AlterTableCmd): ColumnParts | undefined {
  if (subtype !== 'AT_AddColumn' || def === undefined || !('ColumnDef' in def)) return undefined;
  return columnParts(def.ColumnDef);
}

/** ADD COLUMN. There is nothing to do where it is there already and IF NOT EXISTS is said, but the lock is taken. */
export function addColumnEffects(command: AlterTableCmd, { catalog, relation, tables }: CommandPlace): Effects {
  const locks = locksOn(tables, 'ACCESS EXCLUSIVE');
  const parts = addedColumn(command);
  if (parts === undefined) return effects({ locks });
  const isThere = command.missing_ok === true && relation?.columns.has(parts.definition.colname ?? '') === true;
  if (isThere) return effects({ locks });
  const stored = tables.filter((table) => catalog.relations.get(table)?.kind !== 'partitioned');
  const referenced = parts.reference === undefined ? [] : reached(catalog, parts.reference.pktable);
  const others = referenced.filter((name) => !tables.includes(name));
  const isChecked = parts.check !== undefined || (parts.generated === 'virtual' && parts.isNotNull);
  const isLookedUp = isReferenceRead(parts);
  const isRead = isRewritten(parts, catalog) || isChecked || isLookedUp;
  return effects({
    locks: [...locks, ...locksOn(others, 'SHARE ROW EXCLUSIVE')],
    rewrites: isRewritten(parts, catalog) ? stored : [],
    scans: isRead ? [...stored, ...(isLookedUp ? others : [])] : [],
    builds: parts.unique !== undefined || parts.primaryKey !== undefined ? stored : [],
    fails: isMissingValue(parts, catalog) ? '23502' : undefined,
  });
}

/** Is there a value to be looked up in the table that the column refers to? */
export function isReferenceRead({ reference, default: value }: ColumnParts): boolean {
  return reference !== undefined && reference.skip_validation !== true && value !== undefined;
}

/** Has every row to be written anew, for a value of its own or for a domain that has to take it? */
function isRewritten(parts: ColumnParts, catalog: Catalog): boolean {
  return (
    hasVolatileDefault(parts, catalog) ||
    parts.isSerial ||
    parts.isIdentity ||
    parts.generated === 'stored' ||
    constrainedDomain(parts, catalog) !== undefined
  );
}

/** May the column not be NULL, and has it no value for the rows that are there? A domain may bring a default. */
export function isMissingValue(parts: ColumnParts, catalog: Catalog): boolean {
  const domain = domainOfColumn(parts, catalog);
  const isNeeded = parts.isNotNull || parts.primaryKey !== undefined || isNotNullDomain(domain, catalog);
  const hasValues = parts.default !== undefined || parts.isSerial || parts.isIdentity || parts.generated !== undefined;
  return isNeeded && !hasValues && domain?.default === undefined;
}
