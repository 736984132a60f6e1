import { homeOf, homesIn } from '../engine/homes.ts';
import type { HomePackage, Recipe, RecipeFile, TreeEdit, TreeTransform, TreeUnresolved, TreeView } from '../recipe.ts';
import { editJson, valueAt } from '../text/edit-json.ts';
import { folderPath } from '../text/search-text.ts';
import { commonFolder, joined, relativeFrom } from '../tree/tree-path.ts';
import { type AdapterForm, adapterText, isAdapter, type Taken } from './adapter.ts';
import { type Flag, flagOf, flagParams, installedGroups, typesNameOf } from './flag-params.ts';
import { type Importer, importerOf, sentThrough } from './importers.ts';

const isSource = /\.([cm]?[jt]s|[jt]sx)$/;

const adapters: TreeTransform = {
  kind: 'tree',
  id: 'adapters',
  why: 'Old and new stand side by side under two names (an npm alias), and one module chooses, so that the new one can be tried and left again without a release.',
  async transform(tree, { params }) {
    const flag = flagOf(params);
    const homes = await homesIn(tree);
    const found: Importer[] = [];
    const unresolved: TreeUnresolved[] = [];
    for (const path of tree.paths) {
      const home = homeOf(path, homes);
      if (!isSource.test(path) || path.endsWith('.d.ts') || home?.dependencies[flag.package] === undefined) continue;
      const file = await tree.read(path);
      if (file?.text.includes(flag.package) !== true || isAdapter(file.text, flag)) continue;
      const looked = importerOf(file, flag.package);
      unresolved.push(...looked.unresolved);
      if (looked.importer !== undefined) found.push(looked.importer);
    }
    const edits: TreeEdit[] = [];
    for (const home of homes.values()) {
      const own = found.filter(({ file }) => homeOf(file.path, homes) === home);
      if (own.length > 0) edits.push(...(await flagged(own, { home, flag, tree })));
    }
    return { edits, unresolved };
  },
};

/** Sends every file of a package through adapters, and puts the new version beside the old one. */
export const directToFlagged: Recipe = {
  id: 'direct-to-flagged',
  summary: 'Two versions of a package side by side, chosen by an environment variable',
  why: 'A risky move can be tried where one likes, and left again, while both versions are installed.',
  applies: [],
  risk: 'medium',
  params: flagParams,
  transforms: [adapters],
};

type Place = { readonly home: HomePackage; readonly flag: Flag; readonly tree: TreeView };

async function flagged(importers: readonly Importer[], place: Place): Promise<readonly TreeEdit[]> {
  const { home, flag, tree } = place;
  const folder = commonFolder(importers.map(({ file }) => file.path)) ?? '.';
  const edits: TreeEdit[] = [];
  for (const form of ['require', 'import', 'typescript'] as const) {
    const own = importers.filter((one) => one.form === form);
    if (own.length === 0) continue;
    const isShared = form !== 'typescript' && importers.some((one) => one.form !== form);
    const path = joined(folder, `${fileName(flag.package)}${extensionOf(form, { home, isShared })}`);
    edits.push({ kind: 'write', path, text: adapterText(form, flag, together(own)) });
    for (const one of own)
      edits.push({ kind: 'edit', path: one.file.path, edits: sentThrough(one, moduleFrom(one.file, path)) });
  }
  const manifest = joined(home.path, 'package.json');
  const text = (await tree.read(manifest))?.text;
  const declared = text === undefined ? undefined : withAlias(text, flag);
  if (text !== undefined && declared !== undefined && declared !== text)
    edits.push({ kind: 'write', path: manifest, text: declared });
  return edits;
}

function fileName(name: string): string {
  return `${name.replace(/^@/, '').replaceAll('/', '-')}-flag`;
}

/** Where two forms share a folder, the name of one of them tells which. */
function extensionOf(
  form: AdapterForm,
  { home, isShared }: { readonly home: HomePackage; readonly isShared: boolean },
) {
  if (form === 'typescript') return '.ts';
  if (form === 'require') return home.type === 'module' || isShared ? '.cjs' : '.js';
  return isShared && home.type === 'commonjs' ? '.mjs' : '.js';
}

function together(importers: readonly Importer[]): Taken {
  const all = (list: (taken: Taken) => readonly string[]): readonly string[] =>
    [...new Set(importers.flatMap(({ taken }) => list(taken)))].sort();
  const names = all((taken) => taken.names);
  return {
    isDefault: importers.some(({ taken }) => taken.isDefault),
    names,
    types: all((taken) => taken.types).filter((type) => !names.includes(type)),
  };
}

/** The module of an adapter as a file names it: in TypeScript with the extension that its other imports have. */
function moduleFrom(file: RecipeFile, adapter: string): string {
  const module = relativeFrom(folderPath(file.path), adapter);
  if (!adapter.endsWith('.ts')) return module;
  const style = /(?:from|import)\s*['"]\.{1,2}\/[^'"]*\.(js|ts)['"]/.exec(file.text)?.[1];
  return module.replace(/\.ts$/, style === undefined ? '' : `.${style}`);
}

/** package.json with the new version beside the old one, in the same group. */
function withAlias(text: string, { package: name, alias, spec, typesSpec }: Flag): string {
  const groupOf = (one: string) => installedGroups.find((group) => valueAt(text, [group, one]) !== undefined);
  const group = groupOf(name);
  if (group === undefined || spec === '') return text;
  const added = edited(text, [group, alias], spec);
  return typesSpec === '' ? added : edited(added, [groupOf(typesNameOf(name)) ?? group, typesNameOf(alias)], typesSpec);
}

function edited(text: string, keys: readonly string[], to: string): string {
  const answer = editJson(text, { keys, from: undefined, to });
  return typeof answer === 'string' ? answer : text;
}
