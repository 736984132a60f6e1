import { plainName, type QualifiedName, type Snapshot, type Table, tableNamed } from '../schema.ts';

/** The named tables, those that refer to them, and all that any of these refers to. Partitions are filled from above. */
export function tablesToFill(snapshot: Snapshot, names: readonly string[]): readonly Table[] {
  const known = snapshot.tables.filter(({ kind }) => kind === 'table' || kind === 'partitioned');
  const wanted = new Set(names);
  for (const table of known)
    if (referred(table).some((name) => names.includes(plainName(name)))) wanted.add(plainName(table));
  // A set grows while it is walked over, and each table is in it once.
  for (const name of wanted) {
    const table = snapshot.tables.find((one) => plainName(one) === name);
    for (const other of table === undefined ? [] : referred(table)) {
      const target = tableNamed(snapshot, other);
      if (target !== undefined) wanted.add(plainName(target));
    }
  }
  return known.filter((table) => wanted.has(plainName(table)));
}

function referred(table: Table): readonly QualifiedName[] {
  return table.constraints.flatMap(({ references }) => (references === undefined ? [] : [references.table]));
}
