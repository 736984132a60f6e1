import type { TopLevel } from '../split/module-shape.ts';
import { baseName, folderPath } from '../text/search-text.ts';
import { joined } from '../tree/tree-path.ts';

type Taken = {
  /** Paths of all modules. */
  readonly modules: Iterable<string>;
  readonly isTaken: (path: string) => boolean;
};

/** A path beside a module for some of its top levels, named after the first that is exported, else the first. Pure. */
export function pathForMoved(
  beside: string,
  moved: readonly Pick<TopLevel, 'isExported' | 'names'>[],
  { modules, isTaken }: Taken,
): string {
  const first = moved.find(({ isExported }) => isExported) ?? moved[0];
  const neighbours = [...modules].filter((path) => folderPath(path) === folderPath(beside));
  return newModulePath(beside, first?.names[0] ?? 'part', { neighbours, isTaken });
}

type Neighbours = { readonly neighbours: readonly string[]; readonly isTaken: (path: string) => boolean };

/** A path beside a module for what is named so, spelled as its neighbours are: `parse-url`, `parse_url`, `parseUrl`. Pure. */
function newModulePath(beside: string, name: string, { neighbours, isTaken }: Neighbours): string {
  const extension = /\.[^.]+$/.exec(beside)?.[0] ?? '.ts';
  const names = neighbours.map((path) => baseName(path).replace(/\..*$/, ''));
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9$]+|[A-Z]/g) ?? [name];
  const lower = words.map((word) => word.toLowerCase());
  const kebab = lower.join('-');
  const hasHumps = names.some((one) => /[a-z][A-Z]/.test(one)) && !names.some((one) => one.includes('-'));
  const bare = hasHumps ? name : names.some((one) => one.includes('_')) ? lower.join('_') : kebab;
  const folder = folderPath(beside);
  const lowerTaken = new Set(names.map((one) => one.toLowerCase()));
  for (let count = 1; ; count += 1) {
    const path = joined(folder, `${bare}${count === 1 ? '' : count}${extension}`);
    const plain = baseName(path).replace(/\..*$/, '').toLowerCase();
    if (!isTaken(path) && !lowerTaken.has(plain)) return path;
  }
}
