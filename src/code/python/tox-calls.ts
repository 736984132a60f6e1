import { isCombination } from '../python-places/python-workflow.ts';
import type { PythonGoal } from './python-goal.ts';
import { minorOf } from './python-minor.ts';
import type { PythonVersion } from './snapshot.ts';

type Tree = {
  readonly versions: readonly PythonVersion[];
  readonly goal: PythonGoal;
  readonly floor: number;
};

/**
 * The minor of the environment of tox that a command asks for once its own is gone: that environment has no other factor, stands
 * in a list of the tree, and no other command of the file asks for the same then. Undefined where only a person can say. Pure.
 */
export function toxCallTo(text: string, one: PythonVersion, { versions, goal, floor }: Tree): number | undefined {
  const { offset, length, file } = one.place;
  const environments = versions.filter(({ kind }) => kind === 'tox').map(({ value }) => minorOf(value) ?? 0);
  const isWhole =
    one.value.startsWith('py') &&
    /[\s,"'=:]/.test(text[offset - 1] ?? '') &&
    !/[\w.{-]/.test(text[offset + length] ?? '');
  if (!isWhole || !environments.includes(minorOf(one.value) ?? -1) || isCombination(text, offset)) return undefined;
  const target = Math.min(goal.minor, ...environments.filter((minor) => minor >= floor));
  const others = versions.filter(
    ({ kind, place }) => kind === one.kind && place.file === file && place.offset !== offset,
  );
  const isTwice = others.some(({ value }) => (minorOf(value) ?? 0) < floor || minorOf(value) === target);
  return isTwice ? undefined : target;
}
