import type { Saying } from '../saying.ts';
import { addCheck } from './add-check.ts';
import { addColumn } from './add-column.ts';
import { addForeignKey } from './add-foreign-key.ts';
import { addIndex } from './add-index.ts';
import { askStatus } from './ask-status.ts';
import { breakCycles } from './break-cycles.ts';
import { changeType } from './change-type.ts';
import { doDeed } from './do-deed.ts';
import { dropColumn } from './drop-column.ts';
import { makeUnique } from './make-unique.ts';
import { moveFiles } from './move-files.ts';
import { renameColumn } from './rename-column.ts';
import { renameSymbol } from './rename-symbol.ts';
import { renameTable } from './rename-table.ts';
import { requireColumn } from './require-column.ts';
import { setDefault } from './set-default.ts';
import { splitModule } from './split-module.ts';
import { switchTechnology } from './switch-technology.ts';
import { upgrade } from './upgrade.ts';

/** The shelf of what can be said in plain words. The first that fits counts: what is said more narrowly stands before what takes more. */
export const sayings: readonly Saying[] = [
  renameSymbol,
  splitModule,
  moveFiles,
  renameColumn,
  renameTable,
  requireColumn,
  makeUnique,
  changeType,
  setDefault,
  addColumn,
  dropColumn,
  addIndex,
  addForeignKey,
  addCheck,
  upgrade,
  switchTechnology,
  breakCycles,
  doDeed,
  askStatus,
];
