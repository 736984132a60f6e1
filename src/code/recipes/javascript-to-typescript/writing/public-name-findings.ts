import type { TreeUnresolved } from '../../../recipe.ts';
import type { Converted } from '../converted.ts';
import type { PackageFacts } from '../reading/package-facts.ts';
import { builtNames, type Reaches } from '../reading/reaches.ts';
import { specifierAfter } from './stay-findings.ts';

type Named = {
  readonly reaches: Reaches;
  readonly facts: Pick<PackageFacts, 'running' | 'texts' | 'home' | 'candidates'>;
  readonly converted: Pick<Converted, 'moves' | 'texts' | 'stays'>;
};

/** True where tests of the package load it as others do, and so need what the build writes. Pure. */
export function needsBuild({ reaches, facts }: Pick<Named, 'reaches' | 'facts'>): boolean {
  return builtNames(reaches, facts).some(({ from }) => facts.texts.has(from));
}

/** What leads through the public names of the package, which lead to what the build writes. Pure. */
export function publicNameFindings(
  { reaches, facts, converted }: Named,
  { isBuiltFirst }: { readonly isBuiltFirst: boolean },
): readonly TreeUnresolved[] {
  const found = new Map<string, TreeUnresolved>();
  for (const { from, specifier, offset, length } of builtNames(reaches, facts)) {
    const isOwn = facts.texts.has(from);
    // A file that stays for it says so itself.
    if (converted.stays.get(from)?.specifier !== undefined) continue;
    found.set(`${from} ${specifier}`, {
      ...(isOwn ? specifierAfter(from, specifier, converted) : { path: from, offset, length }),
      ...(isOwn && isBuiltFirst ? { isAdvice: true as const } : {}),
      message: `${specifier} leads to what the build writes, which is not there before a build.`,
      cure:
        isOwn && isBuiltFirst
          ? 'The script pretest builds it now; build it first where tests are started in another way.'
          : `Build ${facts.home === '.' ? 'the package' : facts.home} before what runs this.`,
    });
  }
  return [...found.values()];
}
