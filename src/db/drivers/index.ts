import type { Driver } from '../driver.ts';
import { postgres } from './postgres/index.ts';

/** The shelf: every kind of database that godwit can migrate. */
export const drivers: readonly Driver[] = [postgres];
