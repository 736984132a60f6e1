import type { UseFinder } from '../use-finder.ts';
import { sqlFiles } from './sql-files.ts';
import { sqlStrings } from './sql-strings.ts';

/** Every way in which code is known to name columns. */
export const useFinders: readonly UseFinder[] = [sqlStrings, sqlFiles];
