import { type Flag, flagsOf } from './flags.ts';
import type { Callable } from './parse-command-line.ts';
import { spelledName } from './spelled-name.ts';

/** Flags of every verb, and what they take. */
export const globalFlags = [
  { flag: '--json', takes: 'nothing', summary: 'One JSON document on standard output' },
  { flag: '--db', takes: 'word', summary: 'The database, as a URL' },
  { flag: '--target', takes: 'word', summary: 'The target of the configuration' },
  { flag: '--cwd', takes: 'folder', summary: 'Work in this folder' },
  { flag: '--yes', takes: 'nothing', summary: 'Answer ordinary questions with yes; never consent' },
  { flag: '--no-color', takes: 'nothing', summary: 'No colour' },
  { flag: '--quiet', takes: 'nothing', summary: 'No progress and no notes' },
  { flag: '--verbose', takes: 'nothing', summary: 'More about what happened and why' },
  { flag: '--help', takes: 'nothing', summary: 'Help' },
] as const;

/** Something that can be called, with the flags that stand beside its argument. */
type Called = {
  /** As it is typed, such as `recipe run`. */
  readonly spelled: string;
  readonly summary: string;
  readonly flags: readonly Flag[];
  readonly takesConsent: boolean;
  readonly takesArgument: boolean;
};

/** All that a shell is to offer. */
export type Offered = {
  readonly all: readonly Called[];
  /** What may stand first. */
  readonly names: readonly string[];
  /** What has commands of its own, such as `recipe`. */
  readonly groups: readonly { readonly group: string; readonly own: readonly string[] }[];
  readonly recipeIds: readonly string[];
  /** Those whose argument is a plan. */
  readonly takesPlan: readonly string[];
};

/** What the scripts of all shells offer. Pure. */
export function completionWords(callables: readonly Callable[], recipeIds: readonly string[]): Offered {
  const names = [...new Set(callables.map(({ name }) => name.split('/')[0] ?? name))];
  const groups = [...new Set(callables.flatMap(({ name }) => (name.includes('/') ? [name.split('/')[0] ?? ''] : [])))];
  return {
    all: callables.map((callable) => ({
      spelled: spelledName(callable.name),
      summary: callable.summary,
      flags: flagsOf(callable.input).filter(({ field }) => field !== callable.argument),
      takesConsent: callable.takesConsent === true,
      takesArgument: callable.argument !== undefined,
    })),
    names,
    groups: groups.map((group) => ({
      group,
      own: callables.flatMap(({ name }) => (name.startsWith(`${group}/`) ? [name.split('/')[1] ?? ''] : [])),
    })),
    recipeIds,
    takesPlan: callables.filter(({ argument }) => argument === 'plan').map(({ name }) => spelledName(name)),
  };
}

/** Flags after which a value stands. */
export function flagsWithValue(all: Offered['all']): readonly string[] {
  const own = all.flatMap(({ flags }) =>
    flags.flatMap(({ flag, kind }) => (kind === 'boolean' || kind === 'optional' ? [] : [flag])),
  );
  const ofAll = globalFlags.flatMap(({ flag, takes }) => (takes === 'nothing' ? [] : [flag]));
  return [...new Set([...ofAll, ...own, '--confirm'])].sort();
}
