import type { AlterTableCmd } from 'libpg-query';
import { type Catalog, fullName, type Relation, relationOf } from '../catalog/catalog.ts';
import { isNew } from '../context.ts';
import type { Unit } from '../unit.ts';

/** The table of one command of an ALTER TABLE. */
export type AlteredTable = {
  /** As the statement writes it: `users`, `app.users`. */
  readonly said: string;
  /** `schema.name` */
  readonly name: string;
  readonly relation: Relation | undefined;
  readonly command: AlterTableCmd;
};

/**
 * The table that a command alters and that may have rows and users: undefined for tables that these migrations make, for
 * views, indexes, sequences, foreign tables and types, and for other statements.
 */
export function alteredTable(
  { node, command }: Unit,
  { catalog }: { readonly catalog: Catalog },
): AlteredTable | undefined {
  if (!('AlterTableStmt' in node) || command === undefined) return undefined;
  const { objtype, relation: named, missing_ok } = node.AlterTableStmt;
  if ((objtype !== undefined && objtype !== 'OBJECT_TABLE') || named?.relname === undefined) return undefined;
  const relation = relationOf(catalog, named);
  if (relation !== undefined && relation.kind !== 'table' && relation.kind !== 'partitioned') return undefined;
  if (relation === undefined && missing_ok === true && catalog.isWhole) return undefined;
  if (isNew({ catalog }, named)) return undefined;
  const said = named.schemaname === undefined ? named.relname : `${named.schemaname}.${named.relname}`;
  return { said, name: fullName(catalog, named), relation, command };
}
