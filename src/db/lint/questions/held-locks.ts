import type { Lock } from '../effects/effects.ts';
import { blocksWrites, stronger } from '../lock-mode.ts';
import type { Unit } from '../unit.ts';

/** Tables that were there before and that a unit locks so that writes of others wait. */
export function tablesHeld({ effects }: Unit): readonly string[] {
  if (effects.locks.length === 0) return [];
  const strong = effects.locks.filter(({ kind, mode }) => kind === 'table' && blocksWrites(mode));
  return [...new Set(strong.map(({ relation }) => relation))];
}

/** The locks of several units on tables of others, each table once with its strongest. */
export function heldLocks(units: readonly Unit[]): readonly Lock[] {
  const found = new Map<string, Lock>();
  for (const lock of units.flatMap(({ effects }) => effects.locks)) {
    if (lock.kind !== 'table' || !blocksWrites(lock.mode)) continue;
    const mode = stronger(lock.mode, found.get(lock.relation)?.mode ?? lock.mode);
    found.set(lock.relation, { ...lock, mode });
  }
  return [...found.values()];
}

/** Tables that a unit locks ACCESS EXCLUSIVE. */
export function tablesShut({ effects }: Unit): readonly string[] {
  if (effects.locks.length === 0) return [];
  const shut = effects.locks.filter(({ kind, mode }) => kind === 'table' && mode === 'ACCESS EXCLUSIVE');
  return [...new Set(shut.map(({ relation }) => relation))];
}

/** Does a unit work for as long as a table is large? */
export function isLong({ effects }: Unit): boolean {
  return effects.rewrites.length + effects.scans.length + effects.builds.length > 0;
}

/** Tables that a unit writes anew, rows and all; one that is emptied is not. */
export function writtenAnew({ kind, node, effects }: Unit): readonly string[] {
  if (kind === 'TruncateStmt') return [];
  if ('RefreshMatViewStmt' in node && node.RefreshMatViewStmt.skipData === true) return [];
  return effects.rewrites;
}
