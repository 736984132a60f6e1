import type { Spelling } from '../../../spelling.ts';
import { captureSpelling } from './capture.ts';
import { checkSpelling } from './checks.ts';
import { columnSpelling } from './columns.ts';
import { conditionSpelling } from './conditions.ts';
import { fitSpelling } from './fits.ts';
import { indexSpelling } from './indexes.ts';
import { nameSpelling } from './names.ts';
import { recompileSpelling } from './recompile.ts';
import { sequenceSpelling } from './sequences.ts';
import { syncSpelling } from './sync.ts';
import { tableSpelling } from './tables.ts';

/** How PostgreSQL writes what the operations want. */
export const postgresSpelling: Spelling = {
  ...nameSpelling,
  ...columnSpelling,
  ...indexSpelling,
  ...tableSpelling,
  ...syncSpelling,
  ...fitSpelling,
  ...captureSpelling,
  ...conditionSpelling,
  ...recompileSpelling,
  ...sequenceSpelling,
  ...checkSpelling,
};
