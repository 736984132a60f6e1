import { getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import * as z from 'zod';
import type { TreeView } from '../../../recipe.ts';
import { jsonOf } from '../../../text/read-data.ts';
import { baseName, folderPath } from '../../../text/search-text.ts';
import { foldersUp, joined } from '../../../tree/tree-path.ts';

/** A tsconfig: a file of the tree, or of an installed package that one of them extends. */
export type Config = {
  readonly path: string;
  readonly text: string;
  /** False for one that a package brings: it cannot be changed. */
  readonly isOwn: boolean;
  readonly options: Readonly<Record<string, unknown>>;
  readonly files: readonly string[] | undefined;
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[] | undefined;
  /** Paths of the configs that it refers to, from the root. */
  readonly references: readonly string[];
  /** What it extends, in order; later ones win. */
  readonly bases: readonly Config[];
  /** What it extends and is not to be found. */
  readonly missing: readonly string[];
};

/** All of the tree's own configs, and which of them are compiled. */
export type Configs = { readonly own: readonly Config[]; readonly programs: readonly Config[] };

/** An option as it holds for a program, and the config that says so. */
export type Setting = { readonly value: unknown; readonly from: Config };

const strings = z.array(z.string()).optional().catch(undefined);
const configSchema = z.object({
  extends: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .default([])
    .catch([]),
  compilerOptions: z.record(z.string(), z.unknown()).default({}).catch({}),
  files: strings,
  include: strings,
  exclude: strings,
  references: z
    .array(z.object({ path: z.string() }))
    .default([])
    .catch([]),
});

const named = /(^|\/)tsconfig([.\-_][^/]*)?\.json$/;
const depthMax = 20;

/** Reads every tsconfig of a tree with what it extends. A file that is no JSON is left out. */
export async function readConfigs(tree: TreeView): Promise<Configs> {
  const reader = readerOf(tree, await foldersOfOwnPackages(tree));
  for (const path of tree.paths.filter((one) => named.test(one))) await reader.read(path, 0);
  // Bases have names of any kind; they were reached through what extends them.
  const own = [...reader.known.values()].flatMap((config) => (config?.isOwn === true ? [config] : []));
  const scripts = await scriptsOf(tree);
  const extended = new Set(own.flatMap(({ bases }) => bases.map(({ path }) => path)));
  const referred = new Set(own.flatMap(({ references }) => references));
  const isProgram = (config: Config): boolean => {
    if (config.files?.length === 0 && config.include === undefined) return false;
    const name = baseName(config.path);
    return (
      name === 'tsconfig.json' || !extended.has(config.path) || referred.has(config.path) || scripts.includes(name)
    );
  };
  return { own: own.toSorted((one, other) => (one.path < other.path ? -1 : 1)), programs: own.filter(isProgram) };
}

/** Options of a program after `extends`; `extra` is one that is tried out in one of its configs. */
export function settingsOf(
  config: Config,
  extra?: { readonly at: Config; readonly key: string; readonly value: unknown },
): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>();
  for (const base of config.bases) for (const [key, setting] of settingsOf(base, extra)) settings.set(key, setting);
  for (const [key, value] of Object.entries(config.options)) settings.set(key, { value, from: config });
  if (extra?.at.path === config.path) settings.set(extra.key, { value: extra.value, from: config });
  for (const [key, { value }] of settings) if (value === null) settings.delete(key);
  return settings;
}

/** A text option in lower case, as the compiler compares it. */
export function textOf(settings: ReadonlyMap<string, Setting>, key: string): string | undefined {
  const value = settings.get(key)?.value;
  return typeof value === 'string' ? value.toLowerCase() : undefined;
}

/** `files`, `include` or `exclude` of a program, with the folder from which they are meant. */
export function listOf(
  config: Config,
  key: 'files' | 'include' | 'exclude',
): { readonly folder: string; readonly list: readonly string[] } | undefined {
  const own = config[key];
  if (own !== undefined) return { folder: folderPath(config.path), list: own };
  return config.bases.toReversed().flatMap((base) => listOf(base, key) ?? [])[0];
}

/** The configs of a chain, the ones at its root first, the config itself last. */
export function chainOf(config: Config): readonly Config[] {
  return [...config.bases.flatMap(chainOf), config];
}

/** What a chain extends and nobody could read: of such a program not all options are known. */
export function missingOf(config: Config): readonly string[] {
  return chainOf(config).flatMap(({ missing }) => missing);
}

function readerOf(tree: TreeView, packages: ReadonlyMap<string, string>) {
  const known = new Map<string, Config | undefined>();
  const own = new Set(tree.paths);
  const textAt = async (path: string): Promise<string | undefined> =>
    own.has(path) ? (await tree.read(path))?.text : tree.installed(path);
  const read = async (path: string, depth: number): Promise<Config | undefined> => {
    if (known.has(path)) return known.get(path);
    const text = await textAt(path);
    const parsed = text === undefined ? undefined : parsedConfig(text);
    if (text === undefined || parsed === undefined || depth > depthMax) return undefined;
    const bases: Config[] = [];
    const missing: string[] = [];
    for (const specifier of parsed.extends) {
      const base = await extended(path, specifier, depth);
      if (base === undefined) missing.push(specifier);
      else bases.push(base);
    }
    const references = parsed.references.map(({ path: to }) => configAt(joined(folderPath(path), to)));
    const { files, include, exclude, compilerOptions: options } = parsed;
    const isOwn = own.has(path);
    const config: Config = { path, text, isOwn, options, files, include, exclude, references, bases, missing };
    known.set(path, config);
    return config;
  };
  const extended = async (from: string, specifier: string, depth: number): Promise<Config | undefined> => {
    for (const candidate of candidatesFor(folderPath(from), specifier, packages)) {
      const config = await read(candidate, depth + 1);
      if (config !== undefined) return config;
    }
    return undefined;
  };
  return { known, read };
}

function parsedConfig(text: string): z.infer<typeof configSchema> | undefined {
  const errors: ParseError[] = [];
  const root: Node | undefined = parseTree(text, errors, { allowTrailingComma: true });
  if (root === undefined || errors.length > 0) return undefined;
  const value: unknown = getNodeValue(root);
  const parsed = configSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

function configAt(path: string): string {
  return path.endsWith('.json') ? path : joined(path, 'tsconfig.json');
}

/** Where `extends` is looked for (https://www.typescriptlang.org/tsconfig/#extends). */
function candidatesFor(folder: string, specifier: string, packages: ReadonlyMap<string, string>): readonly string[] {
  if (/^\.{1,2}(\/|$)/.test(specifier)) return withEndings(joined(folder, specifier));
  const [, name = specifier, rest = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(specifier) ?? [];
  const home = packages.get(name);
  const workspace = home === undefined ? [] : withEndings(joined(home, rest === '' ? 'tsconfig.json' : rest));
  const up = foldersUp(folder).flatMap((parent) => withEndings(joined(parent, `node_modules/${specifier}`)));
  return [...workspace, ...up];
}

function withEndings(path: string): readonly string[] {
  return path.endsWith('.json') ? [path] : [`${path}.json`, `${path}/tsconfig.json`];
}

const manifestSchema = z.object({
  name: z.string().optional().catch(undefined),
  scripts: z.record(z.string(), z.string()).default({}).catch({}),
});

async function manifestsOf(tree: TreeView) {
  const manifests: (z.infer<typeof manifestSchema> & { readonly path: string })[] = [];
  for (const path of tree.paths.filter((one) => baseName(one) === 'package.json')) {
    const parsed = manifestSchema.safeParse(jsonOf((await tree.read(path))?.text ?? ''));
    if (parsed.success) manifests.push({ path, ...parsed.data });
  }
  return manifests;
}

async function foldersOfOwnPackages(tree: TreeView): Promise<ReadonlyMap<string, string>> {
  const manifests = await manifestsOf(tree);
  return new Map(
    manifests.flatMap(({ name, path }) => (name === undefined ? [] : [[name, folderPath(path)] as const])),
  );
}

async function scriptsOf(tree: TreeView): Promise<string> {
  const manifests = await manifestsOf(tree);
  return manifests.flatMap(({ scripts }) => Object.values(scripts)).join('\n');
}
