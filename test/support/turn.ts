import { execFileSync } from 'node:child_process';

/**
 * Journeys take turns: what is too long for every run is divided, and each commit has its own part, so that all of it is
 * looked at over several. GODWIT_TEST_TURN names another one; with SLOW=1 everything is looked at.
 */
export function turnOfCommit(): number {
  const named = process.env.GODWIT_TEST_TURN;
  if (named !== undefined) return Number.parseInt(named, 10);
  try {
    return Number.parseInt(execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).slice(0, 7), 16);
  } catch {
    // A copy without its history.
    return 0;
  }
}

/** Of a list, every so many, beginning where this run's turn is; all of it with SLOW=1. */
export function inTurn<T>(all: readonly T[], turns: number): readonly T[] {
  if (process.env.SLOW === '1') return all;
  const turn = Number(process.env.GODWIT_TEST_TURN ?? 0);
  return all.filter((_, index) => (index + turn) % turns === 0);
}
