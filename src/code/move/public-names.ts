import type { Finding } from '#core/finding';
import { starIn, withStar } from '../graph/star.ts';
import type { TreeIndex } from '../graph/tree-index.ts';
import { lineAt } from '../text/place.ts';
import { joined } from '../tree/tree-path.ts';
import { isPrivate } from './across-packages.ts';
import { builtForms } from './candidates.ts';
import type { FileMove } from './moved-paths.ts';
import type { MoveStudy } from './study-move.ts';

type Named = { readonly name: string; readonly target: string };

/**
 * Names by which a package that others install gives a file through a pattern of `exports`, and which lead nowhere after the
 * moves: whoever imports them stands outside of the tree, so that no check of it shows them. Pure.
 */
export function publicNames({ before, after, texts }: MoveStudy, moves: readonly FileMove[]): readonly Finding[] {
  return moves.flatMap(({ from, to }) => {
    const home = before.homeOf(from);
    if (home?.name === undefined || isPrivate(home, texts)) return [];
    const then = new Set(namesOf(to, after).map(({ name }) => name));
    const lost = namesOf(from, before).find(({ name }) => !then.has(name));
    if (lost === undefined) return [];
    const manifest = joined(home.folder, 'package.json');
    const text = texts.get(manifest) ?? '';
    const quoted = JSON.stringify(lost.target);
    return [
      {
        rule: 'move/public-name',
        severity: 'error' as const,
        message: `Others import ${from} as ${lost.name}, and ${lost.target} of exports does not take in ${to}.`,
        cure: `Add ${lost.name} to exports with its new target, or leave it out and say so in the notes of the release.`,
        object: from,
        ...lineAt(manifest, text, { offset: Math.max(0, text.indexOf(quoted)), length: quoted.length }),
      },
    ];
  });
}

function namesOf(path: string, tree: TreeIndex): readonly Named[] {
  const home = tree.homeOf(path);
  if (home?.name === undefined) return [];
  const { name, folder, exports: keys = [] } = home;
  const forms = [path, ...builtForms(path, home.built)];
  return keys.flatMap(({ key, target }) =>
    forms.flatMap((form) => {
      const star = starIn(joined(folder, target), form);
      return star === undefined ? [] : [{ name: name + withStar(key, star).slice(1), target }];
    }),
  );
}
