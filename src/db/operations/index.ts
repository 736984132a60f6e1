import type { EditKind } from '../edit.ts';
import type { AnyOperation } from '../operation.ts';
import { addColumn } from './add-column/operation.ts';
import { addConstraint } from './add-constraint/operation.ts';
import { changeType } from './change-type/operation.ts';
import { createIndex } from './create-index.ts';
import { createTable } from './create-table/operation.ts';
import { deleteRows } from './delete-rows.ts';
import { dropColumn } from './drop-column/operation.ts';
import { dropConstraint } from './drop-constraint.ts';
import { dropDefault } from './drop-default.ts';
import { dropIndex } from './drop-index.ts';
import { dropNotNull } from './drop-not-null.ts';
import { dropTable } from './drop-table.ts';
import { insertRows } from './insert-rows.ts';
import { renameColumn } from './rename-column/operation.ts';
import { renameTable } from './rename-table.ts';
import { setDefault } from './set-default.ts';
import { setNotNull } from './set-not-null.ts';
import { updateRows } from './update-rows.ts';

/** The shelf: every kind of change that can be planned. What is not here is refused by name. */
export const operations: readonly AnyOperation[] = [
  renameColumn,
  addColumn,
  changeType,
  dropColumn,
  setDefault,
  dropDefault,
  setNotNull,
  dropNotNull,
  createIndex,
  dropIndex,
  addConstraint,
  dropConstraint,
  createTable,
  renameTable,
  dropTable,
  updateRows,
  deleteRows,
  insertRows,
];

/** The operation for a kind of edit, or undefined when it is not built. */
export function operationOf(kind: EditKind): AnyOperation | undefined {
  return operations.find(({ id }) => id === kind);
}
