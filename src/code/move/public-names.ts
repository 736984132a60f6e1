import type { Finding } from '#core/finding';
import type { TreeIndex } from '../graph/tree-index.ts';
import { lineAt } from '../text/place.ts';
import { isPrivate, manifestOf } from './across-packages.ts';
import { keysTo } from './candidates.ts';
import type { FileMove } from './moved-paths.ts';
import type { MoveStudy } from './study-move.ts';

type Named = { readonly name: string; readonly pattern: string };

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
    const manifest = manifestOf(home.folder);
    const text = texts.get(manifest) ?? '';
    const quoted = JSON.stringify(lost.pattern);
    return [
      {
        rule: 'move/public-name',
        severity: 'error' as const,
        message: `Others import ${from} as ${lost.name}, and ${lost.pattern} of exports does not take in ${to}.`,
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
  const { name, exports: entries = [] } = home;
  return keysTo(path, home, entries).map(({ key, pattern }) => ({ name: name + key.slice(1), pattern }));
}
