import picomatch from 'picomatch';
import semver from 'semver';
import { homeOf } from '../../../engine/homes.ts';
import { type HomePackage, sourceFiles, type TreeUnresolved, type TreeView } from '../../../recipe.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { foldersUp, joined } from '../../../tree/tree-path.ts';
import { dayjsDeclared, dayjsRange } from '../writing/manifest.ts';

/** One package and its texts. */
export type MomentPackage = {
  readonly home: HomePackage;
  readonly manifest: string;
  /** Sources, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Sources that name moment. */
  readonly naming: readonly string[];
  /** Files that are no sources and name it, manuals and lock files aside. */
  readonly named: readonly string[];
  /** The version that package-lock.json installs. */
  readonly locked: string | undefined;
  /** Dependencies that ask for moment beside them. */
  readonly companions: readonly string[];
};

const specifier = /["'`]moment([-/][^"'`\s]*)?["'`]/;
const isSource = picomatch([...sourceFiles], { dot: true });
const isOther = picomatch(['**/*.{json,json5,yml,yaml,vue,svelte,mdx}', '**/.*rc'], { dot: true });
const isLock = picomatch(['**/package.json', '**/*lock.*', '**/npm-shrinkwrap.json'], { dot: true });

/** Reads the files that belong to one package, and not to one below it. */
export async function readMomentPackage(
  tree: TreeView,
  home: HomePackage,
  homes: ReadonlyMap<string, HomePackage>,
): Promise<MomentPackage> {
  const texts = new Map<string, string>();
  const naming: string[] = [];
  const named: string[] = [];
  for (const path of tree.paths.filter((one) => homeOf(one, homes)?.path === home.path)) {
    if (!isSource(path) && (!isOther(path) || isLock(path))) continue;
    const text = (await tree.read(path))?.text;
    if (text === undefined) continue;
    if (isSource(path)) texts.set(path, text);
    if (specifier.test(text)) (isSource(path) ? naming : named).push(path);
  }
  const manifest = (await tree.read(joined(home.path, 'package.json')))?.text ?? '';
  const locked = lockedIn((await tree.read('package-lock.json'))?.text ?? '', home.path);
  return { home, manifest, texts, naming, named, locked, companions: await companionsOf(tree, home) };
}

function lockedIn(lock: string, folder: string): string | undefined {
  const read = jsonOf(lock);
  const packages = isRecord(read) && isRecord(read.packages) ? read.packages : {};
  const installed = packages[joined(folder, 'node_modules/moment')] ?? packages['node_modules/moment'];
  return isRecord(installed) && typeof installed.version === 'string' ? installed.version : undefined;
}

/** Installed dependencies whose peer moment is; plugins by their name. */
async function companionsOf(tree: TreeView, home: HomePackage): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of Object.keys(home.dependencies).filter((one) => one !== 'moment')) {
    const isNamed = /(^|\/)moment-/.test(name);
    if (isNamed || (await asksForMoment(tree, home.path, name))) found.push(name);
  }
  return found;
}

async function asksForMoment(tree: TreeView, folder: string, name: string): Promise<boolean> {
  for (const parent of foldersUp(folder)) {
    const manifest = jsonOf((await tree.installed(joined(parent, `node_modules/${name}/package.json`))) ?? '');
    if (!isRecord(manifest)) continue;
    return isRecord(manifest.peerDependencies) && manifest.peerDependencies.moment !== undefined;
  }
  return false;
}

/** What one file says that changes what moment does everywhere. */
const breakers: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /\btz\.setDefault\b/, why: 'moment-timezone gives every value a zone' },
  {
    pattern: /["'`]moment-(?!(timezone|range|locales-webpack-plugin|mini)["'`])[\w-]+["'`]/,
    why: 'an extension may change what moment does',
  },
  { pattern: /\b(jest|vi)\.\w*[mM]ock\w*\(\s*["'`]moment["'`]/, why: 'a mock takes the place of moment' },
];

/** The same by whatever name a file has moment. */
function namedBreakers(text: string): typeof breakers {
  const found = text.matchAll(/\b(\w+)\s*(?:,\s*\{[^}]*\}\s*)?(?:from|=\s*require\()\s*["'`]moment["'`]/g);
  const name = [...new Set(['moment', ...[...found].map(([, one = '']) => one)])].join('|');
  return [
    { pattern: new RegExp(`\\b(${name})\\.(fn|prototype)\\b`), why: 'methods of moment are added or replaced' },
    { pattern: new RegExp(`\\b(${name})\\.now\\s*=(?!=)`), why: 'the present of moment is set' },
  ];
}

/** Why nothing of a package can be proven equal; empty where something may be. Pure. */
export function packageRefusals(source: MomentPackage): readonly TreeUnresolved[] {
  const manifest = manifestRefusal(source);
  if (manifest !== undefined) {
    const offset = Math.max(source.manifest.indexOf('"moment"'), 0);
    return [refusal(joined(source.home.path, 'package.json'), { offset, length: '"moment"'.length }, manifest)];
  }
  return [...source.texts].flatMap(([path, text]) =>
    [...namedBreakers(text), ...breakers].flatMap(({ pattern, why }) => {
      const found = pattern.exec(text);
      return found === null
        ? []
        : [refusal(path, { offset: found.index, length: found[0].length }, `${why} (\`${found[0]}\`)`)];
    }),
  );
}

/** The version from which on what is claimed was measured. */
const measured = '2.31.0';

function manifestRefusal({ home, manifest, naming, locked }: MomentPackage): string | undefined {
  const read = jsonOf(manifest);
  const peers = isRecord(read) && isRecord(read.peerDependencies) ? read.peerDependencies : {};
  if (peers.moment !== undefined) return 'it is a peer dependency: whoever uses this package brings it and its values';
  const range = home.dependencies.moment;
  if (range === undefined) return `package.json declares no version of moment, which ${naming[0] ?? ''} imports`;
  const other = dayjsDeclared(manifest);
  const isOlder = other !== undefined && (semver.validRange(other) === null || !semver.subset(other, dayjsRange));
  if (isOlder)
    return `dayjs ${other} allows versions for which equality was not measured (upgrade to ${dayjsRange} first)`;
  const within = `>=${measured} <3`;
  const isRange = semver.validRange(range) !== null && semver.subset(range, '2');
  if (isRange && semver.satisfies(locked ?? semver.minVersion(range)?.version ?? '0.0.0', within)) return undefined;
  const found = locked === undefined || !isRange ? `the range ${range}` : `package-lock.json has ${locked}, which`;
  return `${found} is not within ${measured} and 3, for which equality was measured (upgrade moment first)`;
}

function refusal(
  path: string,
  span: { readonly offset: number; readonly length: number },
  why: string,
): TreeUnresolved {
  return {
    path,
    ...span,
    message: `moment stays in the whole package: ${why}.`,
    cure: 'Take that out first, or leave moment: nothing of this package was changed.',
    symbol: 'moment',
  };
}

/** The first place of any source that matches, as `path:line`. */
export function placeOf(texts: ReadonlyMap<string, string>, pattern: RegExp): string | undefined {
  for (const [path, text] of texts) {
    const match = pattern.exec(text);
    if (match !== null) return `${path}:${text.slice(0, match.index).split('\n').length}`;
  }
  return undefined;
}
