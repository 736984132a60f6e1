import { countAny } from '../../../compiler/count-any.ts';
import type { Flag } from '../../../compiler/strict-flags.ts';
import { type Project, wordsOf } from '../../../compiler/virtual-tree.ts';
import type { TreeUnresolved } from '../../../recipe.ts';
import type ts from '../../../typescript.cts';
import { countOf, type Measured, ownFiles } from '../measured.ts';
import type { StrictFiles } from '../strict-files.ts';

/** How many `any` a project holds. */
export type Anys = { readonly written: number; readonly implied: number };

/** Counts them in the files of the tree that are no declarations; the project has every flag of `strict`. */
export function anysOf(project: Project): Anys {
  const counts = ownFiles(project)
    .filter((path) => /(?<!\.d)\.[cm]?tsx?$/.test(path))
    .map((path) => countAny(path, project));
  return {
    written: counts.reduce((sum, { written }) => sum + written, 0),
    implied: counts.reduce((sum, { implied }) => sum + implied, 0),
  };
}

/** What a flag came to. */
export type Tightened = {
  readonly flag: Flag;
  readonly config: string;
  /** Errors under the flag that are not there without it, as it was and as it is. */
  readonly before: Measured['errors'];
  readonly after: Measured['errors'];
  /** Undefined where the flag is on for all. */
  readonly strict: StrictFiles | undefined;
  /** Configuration that keeps the flag where it holds. */
  readonly ratchet: string;
  readonly anys: { readonly before: Anys; readonly after: Anys };
};

/** What a person should know of a flag: where it stands, what is left of it in each file, and how many `any` there are. */
export function flagFindings(one: Tightened): readonly TreeUnresolved[] {
  const { flag, config, before, after, strict, anys } = one;
  const [was, left] = [countOf(before), countOf(after)];
  const mended = was === 0 ? '' : ` ${counted(was, 'error')} before, ${was - left} mended by types, ${left} left.`;
  const any = ` any: ${anys.before.written} written and ${anys.before.implied} implied before, ${anys.after.written} and ${anys.after.implied} now.`;
  return [
    { path: config, offset: 0, length: 0, isAdvice: true, message: `${flag} ${standing(one)}.${mended}${any}` },
    ...(strict === undefined ? [] : [...after].map(([path, errors]) => leftIn(path, errors, flag))),
  ];
}

function standing({ strict, ratchet, after }: Tightened): string {
  if (strict === undefined) return 'is on';
  const where = `in ${counted(after.size, 'file')}`;
  if (strict.kept.length === 0) return `stays off: there are errors ${where}, which every other file reaches`;
  const rest =
    strict.reaching.length === 0
      ? ''
      : `; ${counted(strict.reaching.length, 'more file')} without an error reach one of these`;
  return `does not hold ${where} and is kept for ${counted(strict.kept.length, 'file')} by ${ratchet}${rest}`;
}

/** A package without types is `any`. */
const untypedPackage = 7016;

function leftIn(path: string, errors: readonly ts.Diagnostic[], flag: Flag): TreeUnresolved {
  const [first] = errors.toSorted((one, other) => (one.start ?? 0) - (other.start ?? 0));
  const words = first === undefined ? '' : wordsOf(first.messageText);
  return {
    path,
    offset: first?.start ?? 0,
    length: first?.length ?? 0,
    isAdvice: true,
    message: `${flag} is off here: ${counted(errors.length, 'error')}, the first TS${first?.code}: ${words}`,
    cure:
      first?.code === untypedPackage
        ? 'Add types of that package (@types/…), and run the recipe again.'
        : 'Mend them, and run the recipe again: the flag is then on for this file too.',
  };
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
