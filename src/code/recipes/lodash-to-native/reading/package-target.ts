import semver from 'semver';
import { homeOf } from '../../../engine/homes.ts';
import { optionsOf } from '../../../graph/config-chain.ts';
import type { HomePackage, TreeView } from '../../../recipe.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { folderPath } from '../../../text/search-text.ts';
import { foldersUp, joined } from '../../../tree/tree-path.ts';

/** What the files of a folder may use, and whether their types are checked strictly. */
export type PackageTarget = {
  /** The edition of ECMAScript that whatever runs them has. */
  readonly year: number;
  /** That of the compiler's library; it counts for TypeScript alone. */
  readonly libraryYear: number;
  readonly isStrict: boolean;
};

/** Answers the target of a file. */
export type TargetOf = (path: string) => PackageTarget;

/** The first version of Node that has all of an edition of which this recipe makes use. */
const nodes: readonly (readonly [string, number])[] = [
  ['18.0.0', 2023],
  ['16.9.0', 2022],
  ['15.0.0', 2021],
  ['14.0.0', 2020],
  ['12.0.0', 2019],
  ['10.0.0', 2018],
  ['8.0.0', 2017],
  ['6.0.0', 2016],
];
const oldest = 2015;
/** What every supported Node has, where a package says nothing. */
const unsaid = 2023;
/** What browsers that a list names are sure to have. */
const browsers = 2019;

/** Reads `engines`, `browserslist` and each tsconfig with what it extends. */
export async function readTargets(tree: TreeView, homes: ReadonlyMap<string, HomePackage>): Promise<TargetOf> {
  const configs = await configTexts(tree);
  const years = new Map<string, number>();
  for (const folder of homes.keys()) {
    const manifest = jsonOf((await tree.read(joined(folder, 'package.json')))?.text ?? '');
    const hasList = tree.paths.includes(joined(folder, '.browserslistrc'));
    years.set(folder, yearOf(isRecord(manifest) ? manifest : {}, hasList));
  }
  return (path) => {
    const home = homeOf(path, homes);
    const config = foldersUp(folderPath(path))
      .map((folder) => joined(folder, 'tsconfig.json'))
      .find((one) => configs.has(one));
    return {
      year: (home === undefined ? undefined : years.get(home.path)) ?? unsaid,
      ...compiled(config, configs),
    };
  };
}

function yearOf({ engines, browserslist }: Readonly<Record<string, unknown>>, hasList: boolean): number {
  const range = isRecord(engines) && typeof engines.node === 'string' ? engines.node : undefined;
  const least = range === undefined || semver.validRange(range) === null ? undefined : semver.minVersion(range);
  if (least != null) return nodes.find(([version]) => semver.gte(least, version))?.[1] ?? oldest;
  return browserslist !== undefined || hasList ? browsers : unsaid;
}

function compiled(config: string | undefined, texts: ReadonlyMap<string, string>) {
  const options = config === undefined ? undefined : optionsOf(config, texts);
  const setting = (name: string): unknown => options?.get(name)?.value;
  const lib = setting('lib');
  const target = setting('target');
  // Spread sets and `for … of` are not what they say where the compiler writes for engines without iterators.
  const isOld = typeof target === 'string' && /^es[35]$/i.test(target);
  const named = Array.isArray(lib) ? lib : [target];
  const years = named.map((one) => editionOf(String(one)));
  return {
    libraryYear: options === undefined ? unsaid : isOld ? 0 : Math.max(oldest, ...years),
    isStrict:
      setting('strictNullChecks') === true || (setting('strict') === true && setting('strictNullChecks') !== false),
  };
}

function editionOf(name: string): number {
  if (/^esnext$/i.test(name)) return 9999;
  return Number(/^es(\d{4})$/i.exec(name)?.[1] ?? oldest);
}

const chainMax = 20;

/** Texts of every tsconfig of the tree, and of those of packages that they extend. */
async function configTexts(tree: TreeView): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const path of tree.paths.filter((one) => /(^|\/)[\w.-]*tsconfig[\w.-]*\.json$/.test(one))) {
    const text = (await tree.read(path))?.text;
    if (text !== undefined) texts.set(path, text);
  }
  const waiting = [...texts];
  for (let turn = 0; turn < chainMax && waiting.length > 0; turn += 1)
    for (const [path, text] of waiting.splice(0)) {
      for (const [, specifier = ''] of text.matchAll(/"extends"\s*:\s*"([^."/][^"]*)"/g)) {
        const base = await installedConfig(tree, folderPath(path), specifier);
        if (base !== undefined && !texts.has(base[0])) {
          texts.set(...base);
          waiting.push(base);
        }
      }
    }
  return texts;
}

async function installedConfig(
  tree: TreeView,
  folder: string,
  specifier: string,
): Promise<[string, string] | undefined> {
  for (const parent of foldersUp(folder))
    for (const ending of ['', '.json', '/tsconfig.json']) {
      const path = joined(parent, `node_modules/${specifier}${ending}`);
      const text = await tree.installed(path);
      if (text !== undefined) return [path, text];
    }
  return undefined;
}
