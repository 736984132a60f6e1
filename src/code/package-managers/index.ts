import type { PackageManagerKind } from '../package-manager.ts';
import { bun } from './bun.ts';
import { npm } from './npm.ts';
import { pnpm } from './pnpm.ts';
import { yarn } from './yarn.ts';

/** The package managers whose lock files godwit reads. */
export const packageManagers: readonly PackageManagerKind[] = [npm, pnpm, yarn, bun];
