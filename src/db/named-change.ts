import type { Change } from './diff.ts';
import type { QualifiedName } from './schema.ts';

/** A change after which a name of the database means something else, or nothing: what texts outside of it may use. */
export type NamedChange =
  | { readonly kind: 'rename-column'; readonly table: QualifiedName; readonly column: string; readonly to: string }
  | { readonly kind: 'drop-column'; readonly table: QualifiedName; readonly column: string }
  | { readonly kind: 'change-type'; readonly table: QualifiedName; readonly column: string }
  | { readonly kind: 'rename-table'; readonly table: QualifiedName; readonly to: string }
  | { readonly kind: 'drop-table'; readonly table: QualifiedName };

/** The changes of a plan that texts outside of the database can notice by a name, by the names that hold before it. */
export function namedChanges(changes: readonly Change[]): readonly NamedChange[] {
  return changes.flatMap((change): readonly NamedChange[] => {
    switch (change.kind) {
      case 'rename-column':
        return [
          { kind: change.kind, ...inTable(change.table.before), column: change.before.name, to: change.after.name },
        ];
      case 'drop-column':
        return [{ kind: change.kind, ...inTable(change.table.before), column: change.column.name }];
      case 'change-type':
        return changeOfType(change);
      case 'rename-table':
        return [{ kind: change.kind, ...inTable(change.table.before), to: change.table.after.name }];
      case 'drop-table':
        return [{ kind: change.kind, ...inTable(change.table) }];
      default:
        return [];
    }
  });
}

/** A column may take a new name with its new type. */
function changeOfType({ table, before, after }: Extract<Change, { readonly kind: 'change-type' }>) {
  const named = { ...inTable(table.before), column: before.name };
  const retyped: readonly NamedChange[] = [{ kind: 'change-type', ...named }];
  if (before.name === after.name) return before.type === after.type ? [] : retyped;
  const renamed: readonly NamedChange[] = [{ kind: 'rename-column', ...named, to: after.name }];
  return renamed;
}

function inTable({ schema, name }: QualifiedName): { readonly table: QualifiedName } {
  return { table: { schema, name } };
}
