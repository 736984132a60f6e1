/** Where the server's WAL and its slowest standby were at one moment, in bytes since the beginning; its clock in ms. */
export type WalPosition = { readonly atMs: number; readonly written: number; readonly replayed: number };

const samplesMax = 64;

/**
 * How long ago the server had already written what its slowest standby has not replayed yet, in milliseconds. The
 * server's own replay_lag does not tell while a standby replays nothing at all: it comes with the standby's progress.
 */
export function replayLag(): (now: WalPosition) => number {
  let waiting: readonly Pick<WalPosition, 'atMs' | 'written'>[] = [];
  return ({ atMs, written, replayed }) => {
    waiting = [...waiting, { atMs, written }].filter((sample) => sample.written > replayed);
    // The first one counts; between the others every second will do.
    if (waiting.length > samplesMax) waiting = waiting.filter((_, place) => place % 2 === 0);
    return Math.max(0, atMs - (waiting[0]?.atMs ?? atMs));
  };
}
