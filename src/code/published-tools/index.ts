import type { PublishedTool } from '../published-tool.ts';
import { nextCodemod } from './next-codemod.ts';
import { tailwindUpgrade } from './tailwind-upgrade.ts';

/** The published tools that godwit calls, where it is allowed to. */
export const publishedTools: readonly PublishedTool[] = [nextCodemod, tailwindUpgrade];
