import type { AlterTableCmd, Node } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import type { Catalog, LintColumn, Relation } from '../catalog/catalog.ts';
import { type ColumnType, columnType } from '../column-type.ts';
import type { CommandPlace } from './command-place.ts';
import { type Effects, effects, locksOn } from './effects.ts';
import { checksOn, foreignTablesOf, rebuiltIndexes, viewsOnColumn } from './type-dependants.ts';
import { typeWork } from './type-work.ts';

/** A change of a column's type as a statement asks for it. `from` is undefined where the column is not known. */
export type TypeChange = {
  readonly column: string;
  readonly from: ColumnType | undefined;
  readonly to: ColumnType;
  readonly using: Node | undefined;
  /** Where COLLATE is said, or the collation that goes when it is not. */
  readonly isCollationChanged: boolean;
  readonly known: LintColumn | undefined;
};

/** The change that a command asks for, or undefined for another command. */
export function typeChange(
  { subtype, name = '', def }: AlterTableCmd,
  relation: Relation | undefined,
): TypeChange | undefined {
  if (subtype !== 'AT_AlterColumnType' || def === undefined || !('ColumnDef' in def)) return undefined;
  const known = relation?.columns.get(name);
  const collation = stringsOf(def.ColumnDef.collClause?.collname).at(-1);
  return {
    column: name,
    from: known?.type,
    to: columnType(def.ColumnDef.typeName),
    using: def.ColumnDef.raw_default,
    isCollationChanged: collation !== known?.collation && (known !== undefined || collation !== undefined),
    known,
  };
}

/** The column's types are not known; could the change be free for one of them? To `bigint` it never is. */
export function mayBeFree({ to, using, column }: TypeChange, catalog: Catalog): boolean {
  return possibleSources(to).some((name) => {
    const from: ColumnType = { name, schema: undefined, modifiers: [], isArray: to.isArray, isSerial: false };
    const narrow: ColumnType = { ...from, modifiers: name === 'numeric' ? [1, to.modifiers[1] ?? 0] : [1] };
    return [from, narrow].some((one) => typeWork({ column, from: one, to, using }, catalog) !== 'rewrite');
  });
}

/** Types from which something may become another one for free. Its own, as it is, would be no change. */
function possibleSources({ name }: ColumnType): readonly string[] {
  const sources = ['varchar', 'text', 'citext', 'bpchar', 'numeric', 'varbit', 'time', 'timetz', 'timestamp'];
  const more = ['timestamptz', 'interval', 'cidr', 'bit'];
  const isLimited = [...sources, ...more].includes(name) || name === 'inet';
  return isLimited ? [...sources, ...more] : [];
}

/**
 * ALTER COLUMN … TYPE. Tables at the other end of foreign keys are locked too, and read where rows are written anew; a
 * free change reads all rows for CHECKs on the column and for indexes that have to be built anew. It fails where a view
 * reads the column.
 */
export function typeChangeEffects(command: AlterTableCmd, { relation, tables, catalog }: CommandPlace): Effects {
  const change = typeChange(command, relation);
  if (change === undefined) return effects({ locks: locksOn(tables, 'ACCESS EXCLUSIVE') });
  const { column } = change;
  const others = foreignTablesOf(relation, column, catalog);
  const locks = locksOn([...tables, ...others], 'ACCESS EXCLUSIVE');
  const fails = viewsOnColumn(relation, column, catalog).length > 0 ? '0A000' : undefined;
  const stored = tables.filter((table) => catalog.relations.get(table)?.kind !== 'partitioned');
  if (typeWork(change, catalog) !== 'free') {
    return effects({ locks, rewrites: stored, scans: [...stored, ...others], fails });
  }
  return effects({
    locks,
    scans: checksOn(relation, column).length > 0 ? stored : [],
    builds: stored.filter((table) => rebuiltIndexes(catalog.relations.get(table), change, catalog).length > 0),
    fails,
  });
}
