import picomatch from 'picomatch';
import semver from 'semver';
import { parseSource } from '../../../engine/compiler-tree.ts';
import { homeOf } from '../../../engine/homes.ts';
import { type HomePackage, sourceFiles, type TreeUnresolved, type TreeView } from '../../../recipe.ts';
import { folderPath } from '../../../search-text.ts';
import { foldersUp } from '../../../tree-path.ts';
import { type Broken, brokenIn, type Premises } from '../deciding/premises.ts';
import type { Premise } from '../native-form.ts';
import { readTargets, type TargetOf } from './package-target.ts';

/** All that is read of a tree before the first decision. */
export type LodashTree = {
  /** Every source by its path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Those that name lodash in a version that is known here. */
  readonly files: readonly string[];
  /** Files that name another version. */
  readonly unresolved: readonly TreeUnresolved[];
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
  const old = new Map(
    naming.flatMap((path) => {
      const version = otherVersion(path, homes);
      return version === undefined ? [] : [[path, version] as const];
    }),
  );
  const granted = new Set((params.assume ?? '').split(/[\s,]+/).filter((one) => one !== ''));
  const isSearched = params.premises !== 'proven';
  return {
    texts,
    files: naming.filter((path) => !old.has(path)),
    unresolved: [...old].map(([path, version]) => otherVersionLeft(path, version)),
    premises: naming.length === old.size ? new Map() : premisesOf(texts, { granted, isSearched }),
    granted,
    targetOf: await readTargets(tree, homes),
  };
}

/** The range of lodash that a file's packages name, where it may bring another major version than 4. */
function otherVersion(path: string, homes: ReadonlyMap<string, HomePackage>): string | undefined {
  for (const folder of foldersUp(folderPath(path))) {
    const { dependencies = {} } = homes.get(folder) ?? {};
    const ranges = Object.entries(dependencies).filter(([name]) => /^lodash(-es|\.[a-z]+)?$/.test(name));
    if (ranges.length === 0) continue;
    return ranges.map(([, range]) => range).find((range) => !isFour(range));
  }
  return homeOf(path, homes) === undefined ? 'no version' : 'no version in package.json';
}

function isFour(range: string): boolean {
  if (semver.validRange(range) === null) return /^(catalog:|workspace:)?$/.test(range);
  return semver.subset(range, '4') || semver.minVersion(range)?.major === 4;
}

function otherVersionLeft(path: string, version: string): TreeUnresolved {
  return {
    path,
    offset: 0,
    length: 0,
    message: `This file is left: it has lodash as \`${version}\`, and equality is proven for lodash 4 alone.`,
    cure: 'Name a version 4 of lodash in package.json, and let the tests pass with it first.',
  };
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
