import type { PackageGroup } from '../package-group.ts';
import { express } from './express.ts';
import { react } from './react.ts';

/** Packages that are known to move together; `@types/x` follows `x` without being listed. */
export const packageGroups: readonly PackageGroup[] = [express, react];
