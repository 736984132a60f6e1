import type { ConfiguredPath } from '../graph/configured-paths.ts';
import type { TreeIndex } from '../graph/tree-index.ts';
import { folderPath } from '../text/search-text.ts';
import { joined, relativeFrom } from '../tree/tree-path.ts';
import { builtForms } from './candidates.ts';
import { type MovedPaths, movedBelow, movedPath } from './moved-paths.ts';

/** A path in configuration as it is written after the moves; undefined where it stays. Pure. */
export function configuredText(place: ConfiguredPath, moved: MovedPaths, before: TreeIndex): string | undefined {
  const { specifier, base, from, reach } = place;
  const home = movedPath(from, moved);
  const target = movedPath(reach.target, moved);
  const newBase = base === folderPath(from) ? folderPath(home) : movedBelow(base, moved);
  if (newBase === base && target === reach.target) return undefined;
  const lead = /^(?:(?:<rootDir>|\$\{[\w.:]+\})?\/)?/.exec(specifier)?.[0] ?? '';
  const plain = specifier.slice(lead.length);
  const shownTarget = reach.isBuilt ? builtTarget(place, target, before) : target;
  if (shownTarget === undefined) return undefined;
  const way = sameClimb(plain, base, { to: newBase, target: shownTarget }) ?? relativeFrom(newBase, shownTarget);
  const shown = plain.startsWith('./') || way.startsWith('../') ? way : way.replace(/^\.\//, '');
  const text = `${lead}${shown}${plain.endsWith('/') && !shown.endsWith('/') ? '/' : ''}`;
  return text === specifier ? undefined : text;
}

/** A way that goes up further than it has to keeps doing so, where that leads to the target: `../src/a` from within `src`. */
function sameClimb(
  plain: string,
  base: string,
  { to, target }: { readonly to: string; readonly target: string },
): string | undefined {
  const ups = /^(\.\.\/)*/.exec(plain)?.[0] ?? '';
  if (ups === '' || relativeFrom(base, joined(base, plain)) === plain.replace(/\/$/, '')) return undefined;
  const top = joined(to, ups);
  const way = relativeFrom(top, target);
  return top.startsWith('..') || !way.startsWith('./') ? undefined : `${ups}${way.slice(2)}`;
}

/** The built form of the new source that is of the kind of the built form of before. */
function builtTarget({ specifier, base, from }: ConfiguredPath, target: string, before: TreeIndex): string | undefined {
  const built = before.homeOf(from)?.built.filter(({ isCertain }) => isCertain) ?? [];
  const old = joined(base, specifier);
  const out = built.find((one) => old.startsWith(`${one.out}/`));
  if (out === undefined) return undefined;
  const ending = /(\.d)?\.[cm]?[jt]sx?$/.exec(old)?.[0] ?? '';
  return builtForms(target, [out]).find(
    (path) => path.endsWith(ending) && path.includes('.d.') === old.includes('.d.'),
  );
}
