import type { AlterDomainStmt, AlterEnumStmt, CreateDomainStmt, Node } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { columnType } from '../column-type.ts';
import { type Catalog, keyOf, type LintType, named } from './catalog.ts';

/** CREATE TYPE and CREATE DOMAIN; other statements change nothing. */
export function applyCreateType(node: Node, catalog: Catalog): void {
  if ('CreateEnumStmt' in node) {
    addType(catalog, node.CreateEnumStmt.typeName, {
      kind: 'enum',
      labels: new Set(stringsOf(node.CreateEnumStmt.vals)),
    });
  } else if ('CreateDomainStmt' in node) addDomain(node.CreateDomainStmt, catalog);
  else if ('CompositeTypeStmt' in node) {
    const { typevar } = node.CompositeTypeStmt;
    const names = typevar?.schemaname === undefined ? [] : [{ String: { sval: typevar.schemaname } }];
    addType(catalog, [...names, { String: { sval: typevar?.relname ?? '' } }], { kind: 'composite' });
  } else if ('CreateRangeStmt' in node) addType(catalog, node.CreateRangeStmt.typeName, { kind: 'range' });
}

function addDomain(stmt: CreateDomainStmt, catalog: Catalog): void {
  const base = columnType(stmt.typeName);
  const said = (stmt.constraints ?? []).flatMap((node) =>
    'Constraint' in node && node.Constraint.contype === 'CONSTR_DEFAULT' ? [node.Constraint.raw_expr] : [],
  );
  const type = addType(catalog, stmt.domainname, { kind: 'domain', base, default: said[0] });
  for (const node of stmt.constraints ?? []) {
    if (!('Constraint' in node)) continue;
    if (node.Constraint.contype === 'CONSTR_NOTNULL') type.isNotNull = true;
    if (node.Constraint.contype === 'CONSTR_CHECK') {
      type.constraints.set(node.Constraint.conname ?? `${type.name}_check`, { isValid: true });
    }
  }
}

function addType(
  catalog: Catalog,
  names: readonly Node[] | undefined,
  parts: { readonly kind: LintType['kind'] } & Partial<LintType>,
): LintType {
  const [name = '', schema = catalog.searchPath[0] ?? 'public'] = stringsOf(names).toReversed();
  const type: LintType = {
    schema,
    name,
    labels: new Set(),
    added: new Map(),
    base: undefined,
    constraints: new Map(),
    isNotNull: false,
    born: catalog.moment,
    ...parts,
  };
  catalog.types.set(keyOf(type), type);
  return type;
}

/** The type that names in a statement mean, or undefined where none such is known. */
export function typeNamed(catalog: Catalog, names: readonly Node[] | undefined): LintType | undefined {
  const [name = '', schema] = stringsOf(names).toReversed();
  return named(catalog, catalog.types, schema, name);
}

/** ALTER TYPE … ADD VALUE and RENAME VALUE. A label that is there already stays as it is under IF NOT EXISTS. */
export function applyAlterEnum(stmt: AlterEnumStmt, catalog: Catalog, transaction: number): void {
  const type =
    typeNamed(catalog, stmt.typeName) ?? addType(catalog, stmt.typeName, { kind: 'enum', born: { migration: 'base' } });
  if (stmt.newVal === undefined) return;
  if (stmt.oldVal === undefined && stmt.skipIfNewValExists === true && type.labels.has(stmt.newVal)) return;
  if (stmt.oldVal !== undefined) type.labels.delete(stmt.oldVal);
  else type.added.set(stmt.newVal, transaction);
  type.labels.add(stmt.newVal);
}

/** ALTER DOMAIN: its constraints and NOT NULL. `subtype` is a letter (AlterDomainStmt in parsenodes.h). */
export function applyAlterDomain(stmt: AlterDomainStmt, catalog: Catalog): void {
  const type = typeNamed(catalog, stmt.typeName);
  if (type === undefined) return;
  const { subtype, def, name } = stmt;
  const letter = String(subtype ?? '');
  if (letter === 'O' || letter === 'AD_SetNotNull') type.isNotNull = true;
  if (letter === 'N' || letter === 'AD_DropNotNull') type.isNotNull = false;
  if (letter === 'X' || letter === 'AD_DropConstraint') type.constraints.delete(name ?? '');
  if (letter === 'V' || letter === 'AD_ValidateConstraint') type.constraints.set(name ?? '', { isValid: true });
  if ((letter === 'C' || letter === 'AD_AddConstraint') && def !== undefined && 'Constraint' in def) {
    const { conname, contype, skip_validation } = def.Constraint;
    if (contype === 'CONSTR_NOTNULL') type.isNotNull = true;
    else type.constraints.set(conname ?? `${type.name}_check`, { isValid: skip_validation !== true });
  }
}
