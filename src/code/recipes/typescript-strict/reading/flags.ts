import { minVersion, satisfies } from 'semver';
import { type Flag, furtherFlags, strictFlags } from '../../../compiler/strict-flags.ts';
import { UnfitTree } from '../../../engine/unfit-tree.ts';
import type ts from '../../../typescript.cts';

/**
 * The flags of `strict` by what they cost as a rule. `noImplicitAny` comes before `strictNullChecks`: without it the compiler
 * takes `let x = null` for nothing but `null`, and `[]` for an array of nothing.
 */
export const family: readonly Flag[] = [
  'strictBindCallApply',
  'strictFunctionTypes',
  'strictBuiltinIteratorReturn',
  'noImplicitThis',
  'useUnknownInCatchVariables',
  'noImplicitAny',
  'strictNullChecks',
  'strictPropertyInitialization',
];

/** Versions of the compiler that know a flag; the others are in every one. https://www.typescriptlang.org/tsconfig/ */
const since: Readonly<Partial<Record<Flag, string>>> = {
  strictBuiltinIteratorReturn: '>=5.6',
  useUnknownInCatchVariables: '>=4.4',
  exactOptionalPropertyTypes: '>=4.4',
  noImplicitOverride: '>=4.3',
  noUncheckedIndexedAccess: '>=4.1',
};

/** The compiler takes them beside `strictNullChecks` only. */
export const needsNullChecks: ReadonlySet<Flag> = new Set([
  'strictPropertyInitialization',
  'exactOptionalPropertyTypes',
]);

/** The flags of a list, in its order. Throws UnfitTree for what is none. */
export function flagsOf(list: string): readonly Flag[] {
  const all = [...strictFlags, ...furtherFlags];
  return list.split(',').map((word) => {
    const flag = all.find((one) => one === word.trim());
    if (flag !== undefined) return flag;
    throw new UnfitTree(`flags=${word.trim()} is no flag that this recipe knows: ${all.join(', ')}.`);
  });
}

/** True where a compiler of this version, or of the lowest in this range, knows a flag. */
export function isKnown(flag: Flag, version: string): boolean {
  const lowest = minVersion(version);
  return lowest === null || satisfies(lowest, since[flag] ?? '*', { includePrerelease: true });
}

/** True where a flag is on, by itself or as one of `strict`. */
export function isOn(flag: Flag, options: ts.CompilerOptions): boolean {
  const own = options[flag];
  return typeof own === 'boolean' ? own : strictFlags.some((one) => one === flag) && options.strict === true;
}
