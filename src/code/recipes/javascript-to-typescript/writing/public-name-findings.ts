import type { TreeUnresolved } from '../../../recipe.ts';
import type { Converted } from '../converted.ts';
import type { PackageFacts } from '../reading/package-facts.ts';
import { byPublicName, type Reaches } from '../reading/reaches.ts';
import { specifierAfter } from './stay-findings.ts';

type Named = {
  readonly reaches: Reaches;
  readonly facts: Pick<PackageFacts, 'running' | 'texts' | 'home'>;
  readonly converted: Pick<Converted, 'moves' | 'texts' | 'stays'>;
};

/** True where tests of the package load it as others do, and so need what the build writes. Pure. */
export function needsBuild({ reaches, facts, converted }: Named): boolean {
  if (facts.running !== 'build') return false;
  return byPublicName(reaches, facts.running).some(
    ({ from, reach }) => facts.texts.has(from) && reach !== undefined && converted.moves.has(reach.target),
  );
}

/** What leads through the public names of the package, which lead to what the build writes. Pure. */
export function publicNameFindings(
  { reaches, facts, converted }: Named,
  { isBuiltFirst }: { readonly isBuiltFirst: boolean },
): readonly TreeUnresolved[] {
  if (facts.running !== 'build') return [];
  const found = new Map<string, TreeUnresolved>();
  for (const { from, specifier, reach, offset, length } of byPublicName(reaches, facts.running)) {
    const isOwn = facts.texts.has(from);
    // A file that stays for it says so itself.
    if (reach === undefined || !converted.moves.has(reach.target) || converted.stays.has(from)) continue;
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
