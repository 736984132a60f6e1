import type { AlterDomainStmt, CommentStmt, Node } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { typeNamed } from '../catalog/apply-type.ts';
import {
  type Catalog,
  fullName,
  keyOf,
  type LintColumn,
  type LintType,
  named,
  type Relation,
} from '../catalog/catalog.ts';
import type { ColumnType } from '../column-type.ts';
import { type Effects, effects, locksOn, noEffects } from './effects.ts';
import { reached } from './relations.ts';

/** RENAME, SET SCHEMA, COMMENT, domains, enums; undefined for other statements. */
export function objectEffects(node: Node, catalog: Catalog): Effects | undefined {
  if ('RenameStmt' in node) return renameEffects(node.RenameStmt, catalog);
  if ('AlterObjectSchemaStmt' in node && node.AlterObjectSchemaStmt.relation !== undefined) {
    return effects({ locks: locksOn([fullName(catalog, node.AlterObjectSchemaStmt.relation)], 'ACCESS EXCLUSIVE') });
  }
  if ('AlterDomainStmt' in node) return domainEffects(node.AlterDomainStmt, catalog);
  if ('AlterEnumStmt' in node) return noEffects;
  if ('CommentStmt' in node) return commentEffects(node.CommentStmt, catalog);
  return undefined;
}

function renameEffects(stmt: Extract<Node, { RenameStmt: unknown }>['RenameStmt'], catalog: Catalog): Effects {
  const { relation, renameType } = stmt;
  if (relation === undefined) return noEffects;
  // ALTER INDEX … RENAME locks its index alone, and no more than SHARE UPDATE EXCLUSIVE (from PostgreSQL 12).
  const isIndex =
    renameType === 'OBJECT_INDEX' ||
    named(catalog, catalog.indexes, relation.schemaname, relation.relname ?? '') !== undefined;
  // Attributes are those of composite types, which nobody reads rows of.
  if (isIndex || renameType === 'OBJECT_ATTRIBUTE') return noEffects;
  if (renameType === 'OBJECT_SEQUENCE') {
    return effects({ locks: [{ relation: fullName(catalog, relation), kind: 'sequence', mode: 'ACCESS EXCLUSIVE' }] });
  }
  const isWhole = renameType === 'OBJECT_COLUMN' || renameType === 'OBJECT_TABCONSTRAINT';
  const tables = isWhole ? reached(catalog, relation) : [fullName(catalog, relation)];
  return effects({ locks: locksOn(tables, 'ACCESS EXCLUSIVE') });
}

/**
 * Letters of AlterDomainStmt.subtype (parsenodes.h): C adds a constraint, O sets NOT NULL, V validates. All three hold
 * SHARE on every table with a column of the domain while its rows are read, and refuse where one holds it inside an
 * array or a composite type.
 */
function domainEffects(stmt: AlterDomainStmt, catalog: Catalog): Effects {
  const { subtype, def } = stmt;
  const isSkipped = def !== undefined && 'Constraint' in def && def.Constraint.skip_validation === true;
  const isReading = String(subtype) === 'O' || String(subtype) === 'V' || (String(subtype) === 'C' && !isSkipped);
  const type = typeNamed(catalog, stmt.typeName);
  const isDone =
    (String(subtype) === 'O' && type?.isNotNull === true) ||
    (String(subtype) === 'V' && type?.constraints.get(stmt.name ?? '')?.isValid === true);
  if (!isReading || isDone) return noEffects;
  const types = typesUpon(type, catalog);
  if (columnsOfTypes(types, catalog).some(({ column }) => column.type.isArray)) return effects({ fails: '0A000' });
  const tables = tablesOfType(stmt.typeName, catalog);
  return effects({ locks: locksOn(tables, 'SHARE'), scans: tables });
}

/** Tables that hold values of a type, or of a domain over it. */
export function tablesOfType(names: readonly Node[] | undefined, catalog: Catalog): readonly string[] {
  const found = columnsOfTypes(typesUpon(typeNamed(catalog, names), catalog), catalog);
  return [...new Set(found.map(({ relation }) => keyOf(relation)))];
}

/** A type and the domains over it. */
function typesUpon(type: LintType | undefined, catalog: Catalog): readonly LintType[] {
  if (type === undefined) return [];
  const domains = [...catalog.types.values()].filter(({ base }) => base !== undefined && isOfType(base, type));
  return [type, ...domains.flatMap((domain) => typesUpon(domain, catalog))];
}

function columnsOfTypes(
  types: readonly LintType[],
  catalog: Catalog,
): readonly { readonly relation: Relation; readonly column: LintColumn }[] {
  return [...catalog.relations.values()]
    .filter(({ kind }) => kind === 'table' || kind === 'materialized')
    .flatMap((relation) => [...relation.columns.values()].map((column) => ({ relation, column })))
    .filter(({ column }) => types.some((type) => isOfType(column.type, type)));
}

function isOfType({ name, schema }: ColumnType, type: LintType): boolean {
  return name === type.name && (schema ?? type.schema) === type.schema;
}

/** COMMENT ON a relation, or on something that belongs to one. */
function commentEffects({ objtype, object }: CommentStmt, catalog: Catalog): Effects {
  const depth = commented[objtype ?? ''];
  if (depth === undefined || object === undefined) return noEffects;
  const names = 'List' in object ? stringsOf(object.List.items) : stringsOf([object]);
  const [relname = '', schemaname] = names.slice(0, names.length - depth).toReversed();
  const table = fullName(catalog, schemaname === undefined ? { relname } : { relname, schemaname });
  return effects({ locks: locksOn([table], 'SHARE UPDATE EXCLUSIVE') });
}

/** Names that stand behind that of the relation. */
const commented: Readonly<Record<string, number>> = {
  OBJECT_TABLE: 0,
  OBJECT_VIEW: 0,
  OBJECT_MATVIEW: 0,
  OBJECT_FOREIGN_TABLE: 0,
  OBJECT_COLUMN: 1,
};
