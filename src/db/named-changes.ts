import type { NamedChange } from '#core/named-change';
import type { Change } from './diff.ts';
import type { QualifiedName } from './schema.ts';

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
