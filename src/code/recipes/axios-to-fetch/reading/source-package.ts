import picomatch from 'picomatch';
import semver from 'semver';
import { homeOf } from '../../../engine/homes.ts';
import { type HomePackage, type RecipeFile, sourceFiles, type TreeUnresolved, type TreeView } from '../../../recipe.ts';
import type { TypescriptSettings } from '../../../snapshot.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { joined } from '../../../tree/tree-path.ts';
import { typescriptSettings } from '../../../typescript-settings.ts';
import { clientForm, type ModuleForm } from '../writing/client-source.ts';

/** One package and its texts. */
export type SourcePackage = {
  readonly home: HomePackage;
  readonly manifest: string;
  readonly paths: readonly string[];
  readonly texts: ReadonlyMap<string, string>;
  /** Sources that import axios. */
  readonly naming: readonly RecipeFile[];
  /** The client that an earlier run has written; it is not among the texts. */
  readonly client: { readonly path: string; readonly form: ModuleForm } | undefined;
  /** Files that name it and are no sources: manuals aside. */
  readonly named: readonly string[];
  /** The version that package-lock.json installs for it, of axios and of Node's types. */
  readonly locked: { readonly axios: string | undefined; readonly types: string | undefined };
  /** What its tsconfig.json sets, or why that cannot be read. */
  readonly settings: TypescriptSettings | string;
};

const specifier = /["'`]axios(\/[^"'`\s]*)?["'`]/;
const isSource = picomatch([...sourceFiles], { dot: true });
const isOther = picomatch(['**/*.{json,json5,yml,yaml,vue,svelte,mdx}', '**/.*rc'], { dot: true });
const isLock = picomatch(['**/package.json', '**/*lock.*', '**/npm-shrinkwrap.json'], { dot: true });

/** Reads the files that belong to one package, and not to one below it. */
export async function readPackage(
  tree: TreeView,
  home: HomePackage,
  homes: ReadonlyMap<string, HomePackage>,
): Promise<SourcePackage> {
  const paths = tree.paths.filter((path) => homeOf(path, homes)?.path === home.path);
  const texts = new Map<string, string>();
  const naming: RecipeFile[] = [];
  const named: string[] = [];
  let client: SourcePackage['client'];
  for (const path of paths.filter((one) => isSource(one) || (isOther(one) && !isLock(one)))) {
    const file = await tree.read(path);
    if (file === undefined) continue;
    const form = /(^|\/)http-client\.[cm]?[jt]s$/.test(path) ? clientForm(file.text) : undefined;
    if (form !== undefined) {
      client = { path, form };
      continue;
    }
    if (isSource(path)) texts.set(path, file.text);
    if (specifier.test(file.text)) {
      if (isSource(path)) naming.push(file);
      else named.push(path);
    }
  }
  const manifest = (await tree.read(joined(home.path, 'package.json')))?.text ?? '';
  const lock = (await tree.read('package-lock.json'))?.text ?? '';
  const locked = { axios: lockedIn(lock, home.path, 'axios'), types: lockedIn(lock, home.path, '@types/node') };
  const settings = await typescriptSettings(
    joined(home.path, 'tsconfig.json'),
    async (path) => (await tree.read(path))?.text ?? tree.installed(path),
  );
  return { home, manifest, paths, texts, naming, client, named, locked, settings };
}

function lockedIn(lock: string, folder: string, name: string): string | undefined {
  const read = jsonOf(lock);
  const packages = isRecord(read) && isRecord(read.packages) ? read.packages : {};
  const installed = packages[joined(folder, `node_modules/${name}`)] ?? packages[`node_modules/${name}`];
  return isRecord(installed) && typeof installed.version === 'string' ? installed.version : undefined;
}

/** What one file says that changes what all calls of axios do, or how their errors are read. */
const breakers: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /\.interceptors\b/, why: 'interceptors change requests and answers of other calls' },
  {
    pattern: /\baxios\w*\.defaults\b|\.defaults\.(headers|baseURL|timeout|transform\w+|adapter)\b/,
    why: 'defaults that are set later change other calls',
  },
  {
    pattern: /["'`](axios-[\w-]+|moxios|@[\w-]+\/axios[\w-]*|retry-axios)["'`]/,
    why: 'an extension of axios works on other calls',
  },
  {
    pattern: /\b(jest|vi)\.\w*[mM]ock\w*\(\s*["'`]axios|\b(stub|spyOn|replace|mock\w*|proxyquire)\w*\([^)\n]*\baxios\b/,
    why: 'a mock takes the place of axios',
  },
  {
    pattern:
      /\b(CanceledError|CancelToken)\b|\bisCancel\(|\bAxiosError\.\w|\bnew\s+AxiosError\b|\bextends\s+AxiosError\b/,
    why: 'classes of axios are used beyond telling whether an error is one of axios',
  },
  { pattern: /\bdeclare\s+module\s+["']axios/, why: 'types of axios are extended' },
  {
    pattern: /\b(e|ex|err|error|reason)\w*\??\.(config|request|toJSON)\b|\bresponse\??\.(config|request)\b/,
    why: 'something of an error or answer is read that only axios has',
  },
];

/** Dependencies by which code runs in a browser or elsewhere, where axios is built on something else. */
const elsewhere =
  /^(react|react-dom|react-native|vue|nuxt|next|svelte|@sveltejs\/kit|@angular\/core|preact|solid-js|electron|expo|jquery)$/;

/** The version beside which the client is run. Older ones differ, as in the fields of errors (seen with 1.6.8). */
const compared = '1.21.1';

/** Why nothing of a package can be proven equal; empty where something may be. Pure. */
export function packageRefusals(source: SourcePackage): readonly TreeUnresolved[] {
  const manifest = manifestRefusal(source);
  if (manifest !== undefined) return [manifestPlace(source, manifest)];
  return [...source.texts].flatMap(([path, text]) =>
    [...breakers, ...caughtBreakers(text)].flatMap(({ pattern, why }) => {
      const found = pattern.exec(text);
      return found === null
        ? []
        : [refusal({ path, offset: found.index, length: found[0].length }, `${why} (\`${found[0]}\`)`)];
    }),
  );
}

/** What is read of an error, whatever a `catch` calls it. */
function caughtBreakers(text: string): typeof breakers {
  const caught = [...text.matchAll(/\bcatch\s*\(\s*(?:async\s*)?\(?\s*([A-Za-z_]\w*)/g)];
  const names = new Set(caught.flatMap(([, name]) => name ?? []).filter((name) => !/^(e|reason)/.test(name)));
  const why = 'something of an error is read that only axios has';
  return [...names].map((name) => ({ pattern: new RegExp(`\\b${name}\\??\\.(config|request|toJSON)\\b`), why }));
}

function manifestRefusal({ home, manifest, naming, locked }: SourcePackage): string | undefined {
  const range = home.dependencies.axios;
  const shown = naming[0]?.path ?? '';
  if (range === undefined) return `package.json declares no version of axios, which ${shown} imports`;
  if (semver.validRange(range) === null || !semver.subset(range, '^1')) return `axios ${range} is not version 1`;
  const lowest = locked.axios ?? semver.minVersion(range)?.version ?? range;
  if (!semver.satisfies(lowest, `>=${compared}`))
    return `${locked.axios === undefined ? `the range ${range} allows` : 'package-lock.json has'} axios ${lowest}, and versions before ${compared} do otherwise (upgrade axios first)`;
  const browser = Object.keys(home.dependencies).find((name) => elsewhere.test(name));
  if (browser !== undefined) return `\`${browser}\` says that code runs where axios is not built on Node's http`;
  if (/"(browser|browserslist)"\s*:/.test(manifest))
    return "package.json names browsers, where axios is not built on Node's http";
  const nock = home.dependencies.nock;
  if (nock !== undefined && (semver.validRange(nock) === null || !semver.subset(nock, '>=14')))
    return `nock ${nock} does not see requests of fetch`;
  const node = /"engines"\s*:\s*\{[^}]*"node"\s*:\s*"([^"]*)"/.exec(manifest)?.[1];
  const isOld = node !== undefined && (semver.validRange(node) === null || !semver.subset(node, '>=20.3'));
  return isOld ? `\`engines.node\` is ${node}: AbortSignal.any needs 20.3` : undefined;
}

function manifestPlace({ home, manifest }: SourcePackage, why: string): TreeUnresolved {
  const offset = Math.max(manifest.indexOf('"axios"'), 0);
  return refusal({ path: joined(home.path, 'package.json'), offset, length: '"axios"'.length }, why);
}

const typed = '20.16.0';

/** Why the client cannot be written in TypeScript; undefined where the types of Node know what it calls. Pure. */
export function typesRefusal({ home, locked, settings }: SourcePackage): string | undefined {
  const range = home.dependencies['@types/node'];
  if (range === undefined)
    return 'package.json does not declare `@types/node`, whose types of `fetch` the client needs';
  const lowest = locked.types ?? (semver.validRange(range) === null ? undefined : semver.minVersion(range)?.version);
  const isKnown = lowest !== undefined && semver.gte(lowest, typed);
  if (isKnown) return libraryRefusal(settings);
  return `\`@types/node\` ${lowest ?? range} is older than ${typed}, whose types of \`fetch\` the client needs`;
}

const recent = /^es(2019|20[2-9]\d|next)$/i;

/** `Object.fromEntries` and `flatMap` are of ES2019. */
function libraryRefusal(settings: TypescriptSettings | string): string | undefined {
  if (typeof settings === 'string') return settings.replace(/\.$/, '');
  const { lib, target } = settings.options;
  const named = Array.isArray(lib) ? lib : [target];
  if (named.some((one) => typeof one === 'string' && recent.test(one))) return undefined;
  const shown = Array.isArray(lib) ? `\`lib\` ${lib.join(', ')}` : `\`target\` ${String(target ?? 'is not set')}`;
  return `${settings.file}: ${shown}, and the client needs ES2019`;
}

type Place = { readonly path: string; readonly offset: number; readonly length: number };

function refusal(place: Place, why: string): TreeUnresolved {
  const cure = 'Take that out first, or leave axios: nothing of this package was changed.';
  return { ...place, message: `axios stays in the whole package: ${why}.`, cure, symbol: 'axios' };
}
