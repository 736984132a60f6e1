import picomatch from 'picomatch';
import semver from 'semver';
import { parseSource } from '../../../engine/compiler-tree.ts';
import { type HomePackage, sourceFiles, type TreeView } from '../../../recipe.ts';
import { folderPath } from '../../../text/search-text.ts';
import { foldersUp } from '../../../tree/tree-path.ts';
import { type Broken, brokenIn, type Premises } from '../deciding/premises.ts';
import type { Premise } from '../native-form.ts';
import { readTargets, type TargetOf } from './package-target.ts';

/** All that is read of a tree before the first decision. */
export type LodashTree = {
  /** Every source by its path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Those that name lodash. */
  readonly files: readonly string[];
  /** The range in which a file has a package of lodash, where that is not version 4. */
  otherVersion(path: string, name: string): string | undefined;
  readonly premises: Premises;
  readonly granted: ReadonlySet<string>;
  readonly targetOf: TargetOf;
};

/** What a premise can be granted by. */
const searchable: readonly Premise[] = ['no-holes', 'no-boxed-primitives', 'no-async-generators'];
const unsearchable: readonly Premise[] = ['no-dotted-keys'];

/** Reads every source of a tree that mentions lodash, and the premises that all of its sources keep. */
export async function readLodashTree(
  tree: TreeView,
  {
    homes,
    params,
  }: { readonly homes: ReadonlyMap<string, HomePackage>; readonly params: Readonly<Record<string, string>> },
): Promise<LodashTree> {
  const isSource = picomatch([...sourceFiles], { dot: true });
  const texts = new Map<string, string>();
  for (const path of tree.paths.filter((one) => isSource(one))) {
    const text = (await tree.read(path))?.text;
    if (text !== undefined) texts.set(path, text);
  }
  const naming = [...texts]
    .filter(([, text]) => /["'`]lodash(-es|\.[a-z]+)?(\/[\w./]+)?["'`]/.test(text))
    .map(([path]) => path);
  const granted = new Set((params.assume ?? '').split(/[\s,]+/).filter((one) => one !== ''));
  const isSearched = params.premises !== 'proven';
  return {
    texts,
    files: naming,
    otherVersion: (path, name) => otherVersion(path, name, homes),
    premises: naming.length === 0 ? new Map() : premisesOf(texts, { granted, isSearched }),
    granted,
    targetOf: await readTargets(tree, homes),
  };
}

/** The range that the nearest package.json names; one that nobody names is none that is known. */
function otherVersion(path: string, name: string, homes: ReadonlyMap<string, HomePackage>): string | undefined {
  for (const folder of foldersUp(folderPath(path))) {
    const range = homes.get(folder)?.dependencies[name];
    if (range !== undefined) return isFour(range) ? undefined : range;
  }
  return 'no range in package.json';
}

function isFour(range: string): boolean {
  if (semver.validRange(range) === null) return /^(catalog:|workspace:)?$/.test(range);
  return semver.subset(range, '4') || semver.minVersion(range)?.major === 4;
}

/** The premises that do not hold: what the user grants is not looked for. */
function premisesOf(
  texts: ReadonlyMap<string, string>,
  { granted, isSearched }: { readonly granted: ReadonlySet<string>; readonly isSearched: boolean },
): Premises {
  const broken = new Map<Premise, Broken | true>();
  for (const premise of isSearched ? unsearchable : [...searchable, ...unsearchable]) broken.set(premise, true);
  if (isSearched)
    for (const [path, text] of texts)
      for (const [premise, place] of brokenIn(path, parseSource(path, text))) broken.set(premise, place);
  for (const premise of granted) for (const one of broken.keys()) if (one === premise) broken.delete(one);
  return broken;
}
