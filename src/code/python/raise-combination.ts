import { combinationAt } from '../text/combination.ts';
import { type Entry, entriesBeside, type Followed, followed } from '../text/matrix-values.ts';
import type { PythonGoal } from './python-goal.ts';
import { minorOf } from './python-minor.ts';
import type { PythonVersion } from './snapshot.ts';

type Aim = { readonly entries: readonly Entry[]; readonly goal: PythonGoal; readonly floor: number };

/**
 * What becomes of a Python in a combination of a matrix. One that stays in the list stays here; one that is gone goes where its
 * entry went, where nothing stands beside it but the machine or a yes or no, and no other combination comes to the same.
 * Undefined where nothing is to be done. Pure.
 */
export function raisedCombination(
  text: string,
  one: PythonVersion,
  { entries, goal, floor }: Aim,
): Followed | undefined {
  const minor = minorOf(one.value) ?? goal.minor;
  const listed = entriesBeside(text, one, entries);
  if (minor >= goal.minor || (minor >= floor && listed.length > 0)) return undefined;
  const left = {
    kind: 'left',
    why: 'it is one combination of a matrix, and what stands beside it is for this version',
  } as const;
  const found = followed(text, one, listed);
  const combination = combinationAt(text, one.place.offset);
  if (found?.kind !== 'raised' || combination === undefined) return left;
  const { key, beside, others } = combination;
  if (!Object.entries(beside).every(isPlain)) return left;
  const isSame = (other: Readonly<Record<string, unknown>>): boolean => {
    const { [key]: version, ...rest } = other;
    const own = minorOf(String(version));
    const isThere = own === undefined || own < floor || own === minorOf(found.text.replaceAll(/["']/g, ''));
    return isThere && inOrder(rest) === inOrder(beside);
  };
  return others.some(isSame) ? { kind: 'left', why: 'another combination of the matrix would be the same' } : found;
}

const machines = /^(os|runs?[-_]?on|runner|platform|machine|arch|architecture)$/i;
const kept = /^((ubuntu|windows|macos)-[\w.-]+|x64|x86|arm64|aarch64)$/i;
/** Machines that are gone, or for which no newer Python is built. https://github.com/actions/python-versions */
const old = /^(ubuntu-(1\d|20)\.|macos-1[0-2]|windows-201)/i;
/** What is so named says that a job counts for less. */
const loose = /experiment|allow|continue|optional|legacy|deprecat|old|eol|may|fail/i;

function isPlain([key, value]: readonly [string, unknown]): boolean {
  if (value === 'true' || value === 'false') return !loose.test(key);
  return typeof value === 'string' && machines.test(key) && kept.test(value) && !old.test(value);
}

function inOrder(record: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
