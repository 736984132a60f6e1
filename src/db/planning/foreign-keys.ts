import { type Constraint, columnNamed, type Index, plainName, type Snapshot, type Table } from '../schema.ts';

/** A foreign key of any table to this one. */
export type KeyTo = {
  /** For people: `orders_user_id_fkey of public.orders`. */
  readonly name: string;
  readonly from: Table;
  readonly constraint: Constraint;
  /** Ids of the columns that it refers to. */
  readonly columns: readonly string[];
};

/** The foreign keys that refer to a table, its own among them. */
export function foreignKeysTo(snapshot: Snapshot, table: Table): readonly KeyTo[] {
  return snapshot.tables.flatMap((from) =>
    from.constraints.flatMap((constraint) => {
      const { references } = constraint;
      if (references === undefined || plainName(references.table) !== plainName(table)) return [];
      const columns = references.columns.map((name) => columnNamed(table, name)?.id ?? `${table.id}.${name}`);
      return [{ name: `${constraint.name} of ${plainName(from)}`, from, constraint, columns }];
    }),
  );
}

/** The foreign keys that lose their unique key when this index of a table goes. */
export function keysRestingOn(snapshot: Snapshot, table: Table, index: Index): readonly KeyTo[] {
  const others = table.indexes.filter(({ id }) => id !== index.id);
  return foreignKeysTo(snapshot, table).filter(
    ({ columns }) => isKeyOver(index, columns) && !others.some((other) => isKeyOver(other, columns)),
  );
}

function isKeyOver(index: Index, columns: readonly string[]): boolean {
  const isWhole = index.isUnique && index.predicate === undefined && !index.hasExpressions;
  return isWhole && index.columns.length === columns.length && index.columns.every((id) => columns.includes(id));
}
