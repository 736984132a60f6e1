import { gte, minVersion } from 'semver';
import type { TreeView } from '../../../recipe.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { folderPath } from '../../../text/search-text.ts';
import { foldersUp, joined } from '../../../tree/tree-path.ts';
import { isBuiltinName } from '../reading/builtin-modules.ts';
import { type CommonModule, wholeUse } from '../reading/common-module.ts';
import { importedNames, type PackageFacts, packageFacts } from '../reading/installed-package.ts';
import { loadingCalls } from '../reading/loading-call.ts';
import { type Files, requiredPath } from '../reading/node-path.ts';
import type { PackageFiles } from '../reading/package-files.ts';
import { isTarget } from '../reading/scope.ts';
import { preloadedBy } from '../reading/script-code.ts';
import { type ToolFate, type ToolSources, toolFate, versionOf } from './tool-files.ts';
import type { NodeAbilities, World } from './world.ts';

/** Reads what has to be known of a package, of its tree and of what it has installed. */
export async function readWorld(tree: TreeView, files: PackageFiles, home: string): Promise<World> {
  const found = await filesOf(tree);
  const { has } = found;
  const { fields } = files.manifest;
  const preloaded = new Map(preloadedBy(fields, { home, files: found }).map((one) => [one.path, one.script]));
  const facts = (specifier: string) => installedFacts(tree, files.manifest.path, specifier);
  const reached = reachable(files, { found, named: JSON.stringify([fields, ...preloaded.keys()]) });
  const modules = await withLoadingCalls(reached, facts);
  const packages = new Map<string, PackageFacts | undefined>();
  for (const { requires } of modules.values())
    for (const { specifier } of requires)
      if (!specifier.startsWith('.') && !isBuiltinName(specifier) && !packages.has(specifier))
        packages.set(specifier, await facts(specifier));
  const entries = entryPaths(files, { has, home });
  const publics = new Set([...entries, ...importedPaths(files, has)]);
  const entryNames = new Map<string, ReadonlySet<string>>();
  for (const path of entries)
    entryNames.set(path, await importedNames(path, async (one) => (await tree.read(one))?.text));
  const required = requiredIn(modules, found);
  const sources = { manifest: files.manifest, installed: (one: string) => tree.installed(one) };
  const lint = await versionOf('eslint', sources);
  const toolFates = new Map<string, ToolFate>();
  for (const path of modules.keys()) {
    const script = preloaded.get(path);
    const fate = script !== undefined ? preloadFate(script) : await toolFate(path, sources);
    if (fate !== undefined) toolFates.set(path, fate);
  }
  return {
    home,
    files: found,
    modules,
    packages,
    node: await readableBy(lint, nodeAbilities(fields), sources),
    isPublic: (path) => publics.has(path),
    isEntry: (path) => entries.has(path),
    entryNames,
    toolFates,
    jest: await jestOf(tree, files),
    lintVersion: lint,
    mayAwait: (path) => !publics.has(path) && !required.has(path),
    mutated: mutatedIn(modules),
  };
}

/** The same files, in which a call that an entry of its package stands for is that entry, where it is installed. */
async function withLoadingCalls(
  modules: ReadonlyMap<string, CommonModule>,
  facts: (specifier: string) => Promise<PackageFacts | undefined>,
): Promise<ReadonlyMap<string, CommonModule>> {
  const made = new Map<string, CommonModule>();
  for (const [path, module] of modules) {
    let { requires } = module;
    for (const { from, to } of loadingCalls(module)) {
      const found = await facts(to.specifier);
      if (found?.kind === 'common' && !found.isDual) requires = requires.map((one) => (one === from ? to : one));
    }
    made.set(path, requires === module.requires ? module : { ...module, requires });
  }
  return made;
}

function preloadFate(script: string): ToolFate {
  return {
    kind: 'cjs',
    why: `the script "${script}" loads it by --require, which older versions of Node give CommonJS alone`,
  };
}

/** `jest` is no global of an ES module: it is imported, or a member of `import.meta` (https://jestjs.io/docs/ecmascript-modules). */
async function jestOf(tree: TreeView, { manifest: { path, fields } }: PackageFiles): Promise<World['jest']> {
  if (!/\bjest\b/.test(JSON.stringify(fields.scripts ?? {}))) return undefined;
  for (const folder of foldersUp(folderPath(path)))
    if ((await tree.installed(joined(folder, 'node_modules/@jest/globals/package.json'))) !== undefined)
      return 'package';
  return 'meta';
}

/** What `import` finds under a name, read from what is installed above a file. */
export function installedFacts(tree: TreeView, from: string, specifier: string): Promise<PackageFacts | undefined> {
  return packageFacts(from, specifier, async (path) => (await tree.installed(path))?.replace(/^\uFEFF/, ''));
}

/** What of Node the `engines` of a package.json promise. Pure. */
export function nodeAbilities({ engines }: Readonly<Record<string, unknown>>): NodeAbilities {
  const floor = isRecord(engines) && typeof engines.node === 'string' ? lowest(engines.node) : undefined;
  return {
    hasDirname: floor !== undefined && gte(floor, '20.11.0'),
    hasAttributes: floor !== undefined && gte(floor, '20.10.0'),
  };
}

/** Syntax that ESLint cannot read is not written: its parser espree knows `with` since 10.3, which ESLint 9.14 takes. */
async function readableBy(lint: string | undefined, node: NodeAbilities, sources: ToolSources): Promise<NodeAbilities> {
  const parser = await versionOf('espree', sources);
  const isRead = lint === undefined || (parser === undefined ? gte(lint, '9.14.0') : gte(parser, '10.3.0'));
  return isRead ? node : { ...node, hasAttributes: false };
}

async function filesOf(tree: TreeView): Promise<Files> {
  const paths = new Set(tree.paths);
  const mains = new Map<string, string>();
  for (const path of tree.paths.filter((one) => /(^|\/)package\.json$/.test(one))) {
    const fields = jsonOf((await tree.read(path))?.text ?? '');
    if (isRecord(fields) && typeof fields.main === 'string') mains.set(folderPath(path), fields.main);
  }
  return { has: (path) => paths.has(path), mainOf: (folder) => mains.get(folder) };
}

function lowest(range: string): string | undefined {
  try {
    return minVersion(range)?.version;
  } catch {
    // A range that cannot be read promises nothing.
    return undefined;
  }
}

/** Files without anything of CommonJS are scripts of their own, of browsers perhaps: they are left alone where nothing requires them. */
function reachable(
  { modules }: PackageFiles,
  { found, named }: { readonly found: Files; readonly named: string },
): ReadonlyMap<string, CommonModule> {
  const required = requiredIn(modules, found);
  return new Map(
    [...modules].filter(([path, { requires, exportUses, otherRequires, dirnames, filenames }]) => {
      const isCommon =
        requires.length + exportUses.length + otherRequires.length + dirnames.length + filenames.length > 0;
      return isCommon || required.has(path) || named.includes(path);
    }),
  );
}

function requiredIn(modules: ReadonlyMap<string, CommonModule>, files: Files): ReadonlySet<string | undefined> {
  const all = [...modules.values()];
  return new Set(
    all.flatMap(({ path, requires }) => requires.map(({ specifier }) => requiredPath(path, specifier, files))),
  );
}

/** Files that users of the package load by its name. A private package has no users. */
function entryPaths(
  { manifest: { fields } }: PackageFiles,
  { has, home }: { readonly has: Has; readonly home: string },
): ReadonlySet<string> {
  if (fields.private === true) return new Set();
  const exported = [...JSON.stringify(fields.exports ?? {}).matchAll(/\.\/[^"*]+\.js/g)].map(([target]) => target);
  const main = typeof fields.main === 'string' ? fields.main : 'index.js';
  return new Set([main, ...exported].flatMap((one) => fileAt(joined(home, one), has)));
}

/** Files of CommonJS that ES modules of the package itself load. */
function importedPaths({ esModules }: PackageFiles, has: Has): readonly string[] {
  return [...esModules].flatMap(([path, text]) =>
    [...text.matchAll(/(?:from|import)\s*\(?['"](\.[^'"]+)['"]/g)].flatMap(([, specifier = '']) =>
      fileAt(joined(`${path}/..`, specifier), has),
    ),
  );
}

type Has = (path: string) => boolean;

function fileAt(path: string, has: Has): readonly string[] {
  const found = [path, `${path}.js`, joined(path, 'index.js')].find(has);
  return found === undefined ? [] : [found];
}

/** Names of modules of which some file changes a property: who takes a name from them at the start would not see it. */
function mutatedIn(modules: ReadonlyMap<string, CommonModule>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const module of modules.values()) {
    for (const { specifier, binding, node } of module.requires) {
      if (binding.kind === 'whole' && wholeUse(module, binding.name).isMutated) found.add(specifier);
      if (binding.kind === 'member' && isTarget(node.parent)) found.add(specifier);
    }
  }
  return found;
}
