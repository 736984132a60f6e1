import { sourcesOf } from '../graph/built-from.ts';
import type { PackageNames } from '../graph/package-names.ts';
import { starIn } from '../graph/star.ts';
import type { TreeIndex } from '../graph/tree-index.ts';
import { isRecord, jsonOf } from '../text/read-data.ts';
import { joined } from '../tree/tree-path.ts';
import { exportsOf } from './module-exports.ts';
import type { Renamed, RenameStudy } from './study-rename.ts';

/** A package that exports a symbol to the outside, and the file by which it does. */
export type Publisher = { readonly name: string; readonly entry: string; readonly isPrivate: boolean };

/** The packages of the tree whose entries export a renamed symbol, or what it is a member of. */
export function publishedBy({ owner, wish }: Renamed, study: RenameStudy): readonly Publisher[] {
  const { index, texts } = study;
  return [...index.members.values()].flatMap((home): readonly Publisher[] => {
    const { name, folder } = home;
    if (name === undefined) return [];
    const entry = entriesOf(home, index).find((path) => exportsSymbol(path, { owner, wish, study }));
    if (entry === undefined) return [];
    const manifest = jsonOf(texts.get(folder === '.' ? 'package.json' : `${folder}/package.json`) ?? '{}');
    return [{ name, entry, isPrivate: isRecord(manifest) && manifest.private === true }];
  });
}

/** Sources of what a package.json says can be imported. */
export function entriesOf({ folder, exports, mains, built }: PackageNames, index: TreeIndex): readonly string[] {
  const isPattern = (target: string): number => (target.includes('*') ? 1 : 0);
  const targets = (exports === undefined ? mains : exports.map(({ target }) => joined(folder, target))).toSorted(
    (one, other) => isPattern(one) - isPattern(other),
  );
  const named = targets.length > 0 ? targets : [joined(folder, 'index.js'), joined(folder, 'index.ts')];
  return [...new Set(named)].flatMap((target) => {
    const sources = [target, ...sourcesOf(target, built).map(({ path }) => path)];
    if (target.includes('*'))
      return index.paths.filter((path) => sources.some((one) => starIn(one, path) !== undefined));
    const found = sources.find((path) => index.has(path));
    return found === undefined ? [] : [found];
  });
}

type Symbol = Pick<Renamed, 'owner' | 'wish'> & { readonly study: RenameStudy };

function exportsSymbol(path: string, { owner, study }: Symbol): boolean {
  const { root, projects } = study;
  const project =
    projects.find(({ files }) => files.includes(path)) ??
    projects.find(({ program }) => program.getSourceFile(`${root}/${path}`) !== undefined);
  if (project === undefined) return false;
  const place = (file: string, offset: number): string => `${file}:${offset}`;
  const all = exportsOf(project.program, `${root}/${path}`, { root, place });
  return [...all.values()].some((declared) => declared.split(',').some((one) => owner.has(one)));
}
