import type { CheckTool } from '../check-tool.ts';
import { jest } from './jest.ts';
import { nodeTest } from './node-test.ts';
import { tsc } from './tsc.ts';
import { vitest } from './vitest.ts';

/** The programs whose runs godwit reads; of any other it knows the exit code. */
export const checkTools: readonly CheckTool[] = [tsc, vitest, jest, nodeTest];
