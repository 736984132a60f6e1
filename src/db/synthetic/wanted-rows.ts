import { isFailure } from '#core/error';
import type { Intent } from '#core/plan';
import type { Driver } from '../driver.ts';
import { simulate } from '../plan.ts';
import { type Constraint, type Snapshot, type Table, tableById, tableNamed } from '../schema.ts';

/**
 * The snapshot with the foreign keys and checks that an intent adds, in the names from before: made-up rows shall be as
 * the plan wants them, because whether real ones are is asked by the plan itself.
 */
export async function withWantedRows(
  snapshot: Snapshot,
  intent: Intent,
  { driver, searchPath }: { readonly driver: Driver; readonly searchPath: readonly string[] },
): Promise<Snapshot> {
  try {
    const stated = await driver.readIntent(intent.text, { ...intent.options, searchPath });
    const after = simulate(snapshot, stated).snapshot;
    const tables = snapshot.tables.map((table) => ({
      ...table,
      constraints: [...table.constraints, ...wanted(table, { before: snapshot, after })],
    }));
    return { ...snapshot, tables };
  } catch (error) {
    // A later godwit may read the intent otherwise: then the rows are only as the schema says.
    if (isFailure(error)) return snapshot;
    throw error;
  }
}

type Both = { readonly before: Snapshot; readonly after: Snapshot };

function wanted(table: Table, both: Both): readonly Constraint[] {
  const later = tableById(both.after, table.id);
  const known = new Set(table.constraints.map(({ id }) => id));
  const added = (later?.constraints ?? []).filter(({ id }) => !known.has(id));
  return added.flatMap((constraint) => {
    const isThere = constraint.columns.every((id) => later !== undefined && isSameColumn(id, table, later));
    if (!isThere) return [];
    if (constraint.kind === 'check') return [constraint];
    return constraint.kind === 'foreign-key' ? namedBefore(constraint, both) : [];
  });
}

/** Of the same name: what a definition says can then be asked of the table as it is. */
function isSameColumn(id: string, before: Table, after: Table): boolean {
  const name = before.columns.find((column) => column.id === id)?.name;
  return name !== undefined && after.columns.some((column) => column.id === id && column.name === name);
}

function namedBefore(key: Constraint, { before, after }: Both): readonly Constraint[] {
  const { references } = key;
  const parent =
    references === undefined
      ? undefined
      : (tableNamed(after, references.table) ?? tableNamed(before, references.table));
  const table = parent === undefined ? undefined : tableById(before, parent.id);
  if (references === undefined || parent === undefined || table === undefined) return [];
  const ids = references.columns.map((name) => parent.columns.find((column) => column.name === name)?.id);
  const columns = ids.flatMap((id) => table.columns.filter((column) => column.id === id).map(({ name }) => name));
  if (columns.length !== references.columns.length) return [];
  return [{ ...key, references: { ...references, table: { schema: table.schema, name: table.name }, columns } }];
}
