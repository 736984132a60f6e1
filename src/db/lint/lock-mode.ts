/** Modes of table locks from weakest to strongest, as PostgreSQL names them (manual, 13.3.1). */
export const lockModes = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const;
export type LockMode = (typeof lockModes)[number];

/** 0 for the weakest, 7 for the strongest. */
export function strengthOf(mode: LockMode): number {
  return lockModes.indexOf(mode);
}

/** Do INSERT, UPDATE and DELETE wait for it? True from SHARE on. */
export function blocksWrites(mode: LockMode): boolean {
  return strengthOf(mode) >= strengthOf('SHARE');
}

/** Does SELECT wait for it? Only for ACCESS EXCLUSIVE. */
export function blocksReads(mode: LockMode): boolean {
  return mode === 'ACCESS EXCLUSIVE';
}

/** The stronger of two modes. */
export function stronger(one: LockMode, other: LockMode): LockMode {
  return strengthOf(one) >= strengthOf(other) ? one : other;
}
