import type { EditKind } from '../edit.ts';
import type { AnyOperation } from '../operation.ts';
import { renameColumn } from './rename-column.ts';

/** The shelf: every kind of change that can be planned. What is not here is refused by name. */
export const operations: readonly AnyOperation[] = [renameColumn];

/** The operation for a kind of edit, or undefined when it is not built. */
export function operationOf(kind: EditKind): AnyOperation | undefined {
  return operations.find(({ id }) => id === kind);
}
