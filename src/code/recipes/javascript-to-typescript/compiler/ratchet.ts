import { type Flag, furtherFlags, strictFlags } from '../../../compiler/strict-flags.ts';
import type { VirtualTree } from '../../../compiler/virtual-tree.ts';
import { compilerOptions, type Settings } from '../reading/compiler-options.ts';
import { errorsOf } from './typed-texts.ts';

/** Which flags hold, and how many errors each of the others would give beside them. */
export type Ratchet = {
  readonly on: readonly Flag[];
  readonly off: readonly { readonly flag: Flag; readonly errors: number; readonly files: number }[];
};

/** The compiler takes them beside `strictNullChecks` only. */
const needsNullChecks: ReadonlySet<Flag> = new Set(['strictPropertyInitialization', 'exactOptionalPropertyTypes']);

/** The strictest set of flags under which the files have no error more than without any: each is tried beside those that hold already. */
export async function ratchet(
  world: VirtualTree,
  texts: ReadonlyMap<string, string>,
  { settings, files }: { readonly settings: Settings; readonly files: readonly string[] },
): Promise<Ratchet> {
  const errorsUnder = async (flags: readonly Flag[]): Promise<readonly string[]> => {
    const project = await world.project(texts, compilerOptions(settings, flags));
    return files.flatMap((path) => errorsOf(project, [path]).map(() => path));
  };
  const least = (await errorsUnder([])).length;
  const whole = await errorsUnder([...strictFlags, ...furtherFlags]);
  if (whole.length === least) return { on: [...strictFlags, ...furtherFlags], off: [] };
  let on: readonly Flag[] = (await errorsUnder(strictFlags)).length === least ? strictFlags : [];
  const off: { flag: Flag; errors: number; files: number }[] = [];
  for (const flag of [...strictFlags, ...furtherFlags]) {
    if (on.includes(flag)) continue;
    const isAlone = needsNullChecks.has(flag) && !on.includes('strictNullChecks');
    const errors = await errorsUnder([...on, flag, ...(isAlone ? (['strictNullChecks'] as const) : [])]);
    if (errors.length === least && !isAlone) on = [...on, flag];
    else off.push({ flag, errors: errors.length - least, files: new Set(errors).size });
  }
  return { on, off };
}
