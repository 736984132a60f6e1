import { builtinModules } from 'node:module';
import type { VirtualTree } from '../../../compiler/virtual-tree.ts';
import { UnfitTree } from '../../../engine/unfit-tree.ts';
import type { TreeView } from '../../../recipe.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { foldersUp, joined } from '../../../tree/tree-path.ts';
import { type PackageFacts, recordAt } from '../reading/package-facts.ts';

/** Packages of types that the package needs: those to be added, and what has none. */
export type TypePackages = {
  /** For `types` of the compiler's options. */
  readonly ambient: readonly string[];
  readonly added: Readonly<Record<string, string>>;
  /** Packages without types of their own and without a package in @types that is known here, with the reason. */
  readonly untyped: ReadonlyMap<string, string>;
};

const builtins = new Set(builtinModules);
const nodeNames =
  /\bnode:|\b(process|Buffer|global|setImmediate|console|URL|URLSearchParams|fetch|setTimeout|setInterval|TextEncoder|TextDecoder|structuredClone|AbortController|AbortSignal|performance|queueMicrotask|Blob|crypto)\b/;
/** Packages of types depend on others; chains are shorter than this. */
const packagesMax = 60;

/** Finds the types of everything that is imported: installed, else published in the same major. Throws UnfitTree where packages are not installed. */
export async function typePackages(
  tree: TreeView,
  facts: PackageFacts,
  {
    world,
    specifiers,
    hasDom,
  }: { readonly world: VirtualTree; readonly specifiers: readonly string[]; readonly hasDom: boolean },
): Promise<TypePackages> {
  const added: Record<string, string> = {};
  const untyped = new Map<string, string>();
  const names = [...new Set(specifiers.flatMap(packageName))].sort();
  for (const name of names) {
    const manifest = await installedManifest(tree, facts.home, name);
    if (manifest === undefined && Object.hasOwn(facts.dependencies, name))
      throw new UnfitTree(
        `${name} is not installed, so that its types cannot be looked at. Install the packages of the tree first, e.g. \`npm ci\`.`,
      );
    if (manifest === undefined || (await hasTypes(tree, facts.home, { name, manifest }))) continue;
    const version = typeof manifest.version === 'string' ? manifest.version : '0.0.0';
    const why = await addTypes(tree, facts, {
      world,
      name: typesName(name),
      range: `^${version.split('.')[0]}`,
      added,
    });
    if (why !== undefined) untyped.set(name, why);
  }
  const texts = facts.candidates.map((path) => facts.texts.get(path) ?? '');
  const usesNode = specifiers.some((one) => one.startsWith('node:') || builtins.has(one));
  const needsNode = usesNode || (!hasDom && texts.some((text) => nodeNames.test(text)));
  const usesVite =
    Object.hasOwn(facts.dependencies, 'vite') && texts.some((text) => /\bimport\.meta\.(env|glob|hot)\b/.test(text));
  const bundled = usesVite ? ['vite/client'] : [];
  if (!needsNode) return { ambient: bundled, added, untyped };
  const range = `^${(facts.floor ?? '20').split('.')[0]}`;
  const why = await addTypes(tree, facts, { world, name: '@types/node', range, added });
  if (why !== undefined)
    throw new UnfitTree(
      `The types of Node are not there: ${why} Add them first: \`npm install --save-dev @types/node@${range.slice(1)}\`.`,
    );
  return { ambient: [...bundled, 'node'], added, untyped };
}

function packageName(specifier: string): readonly string[] {
  if (/^[./#]|:/.test(specifier) || builtins.has(specifier)) return [];
  const [scope = '', name = ''] = specifier.split('/');
  return [specifier.startsWith('@') ? `${scope}/${name}` : scope];
}

function typesName(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}

type Manifest = Readonly<Record<string, unknown>>;

async function installedManifest(tree: TreeView, home: string, name: string): Promise<Manifest | undefined> {
  for (const folder of foldersUp(home)) {
    const value = jsonOf((await tree.installed(joined(folder, `node_modules/${name}/package.json`))) ?? '');
    if (isRecord(value)) return value;
  }
  return undefined;
}

async function hasTypes(
  tree: TreeView,
  home: string,
  { name, manifest }: { readonly name: string; readonly manifest: Manifest },
): Promise<boolean> {
  if (typeof manifest.types === 'string' || typeof manifest.typings === 'string') return true;
  if (/\.d\.[cm]?ts"|"types"/.test(JSON.stringify(manifest.exports ?? {}))) return true;
  const main = typeof manifest.main === 'string' ? manifest.main : 'index.js';
  const entries = [main, ...(JSON.stringify(manifest.exports ?? '').match(/\.\/[^"*]+\.[cm]?js/g) ?? [])];
  const declared = ['index.d.ts', ...entries.map((one) => one.replace(/(\.([cm]?)js)?$/, '.d.$2ts'))];
  for (const folder of foldersUp(home))
    for (const one of declared)
      if ((await tree.installed(joined(folder, `node_modules/${name}/${one.replace(/^\.\//, '')}`))) !== undefined)
        return true;
  return false;
}

type Wanted = {
  readonly world: VirtualTree;
  readonly name: string;
  readonly range: string;
  readonly added: Record<string, string>;
};

/** Adds a package of types, as it is installed or published; or says why it cannot be had. */
async function addTypes(tree: TreeView, facts: PackageFacts, wanted: Wanted): Promise<string | undefined> {
  const { name, range, added } = wanted;
  const installed = await installedManifest(tree, facts.home, name);
  if (installed !== undefined) {
    if (!Object.hasOwn(facts.dependencies, name) && typeof installed.version === 'string')
      added[name] = `^${installed.version}`;
    return undefined;
  }
  const queue = [{ name, range }];
  const seen = new Set<string>();
  while (queue.length > 0 && seen.size < packagesMax) {
    const one = queue.shift();
    if (one === undefined || seen.has(one.name)) continue;
    seen.add(one.name);
    if (one.name !== name && (await installedManifest(tree, facts.home, one.name)) !== undefined) continue;
    const found = await tree.published(one.name, one.range);
    if ('why' in found) {
      if (one.name === name) return found.why;
      continue;
    }
    if (one.name === name) added[name] = `^${found.version}`;
    for (const [path, text] of found.files)
      wanted.world.lay(joined(facts.home, `node_modules/${one.name}/${path}`), text);
    const needs = recordAt(isRecord(found.manifest) ? found.manifest : {}, 'dependencies');
    queue.push(...Object.entries(needs).map(([needed, of]) => ({ name: needed, range: String(of) })));
  }
  return undefined;
}
