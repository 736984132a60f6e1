import { specifiersOf } from '../engine/bindings.ts';
import type { Recipe, RecipeFile, TreeEdit, TreeTransform } from '../recipe.ts';
import { valueAt, withoutMember } from '../text/edit-json.ts';
import { baseName, folderPath } from '../text/search-text.ts';
import { joined } from '../tree/tree-path.ts';
import { isAdapter } from './adapter.ts';
import { type Flag, flagOf, flagParams, installedGroups, typesNameOf } from './flag-params.ts';
import { sentThrough } from './importers.ts';

const isSource = /\.([cm]?[jt]s|[jt]sx)$/;

const away: TreeTransform = {
  kind: 'tree',
  id: 'adapters',
  why: 'The choice is made: every file takes the package itself again, and the second version goes.',
  async transform(tree, { params }) {
    const flag = flagOf(params);
    const files: RecipeFile[] = [];
    for (const path of tree.paths) {
      const file = isSource.test(path) ? await tree.read(path) : undefined;
      if (file !== undefined) files.push(file);
    }
    const adapters = new Set(files.filter(({ text }) => isAdapter(text, flag)).map(({ path }) => path));
    const edits: TreeEdit[] = [...adapters].map((path) => ({ kind: 'remove', path }));
    if (adapters.size > 0) {
      for (const file of files) {
        const own = adapters.has(file.path) ? [] : sentBack(file, { adapters, flag });
        if (own.length > 0) edits.push({ kind: 'edit', path: file.path, edits: own });
      }
    }
    for (const path of tree.paths) {
      const text = baseName(path) === 'package.json' ? (await tree.read(path))?.text : undefined;
      const after = text === undefined ? undefined : withoutAlias(text, flag);
      if (after !== undefined && after !== text) edits.push({ kind: 'write', path, text: after });
    }
    return { edits, unresolved: [] };
  },
};

/** Takes away what `direct-to-flagged` made. */
export const flaggedToDirect: Recipe = {
  id: 'flagged-to-direct',
  summary: 'A flag between two versions of a package is taken away',
  why: 'Once the new version is in use everywhere, the old one and the choice are dead code.',
  applies: [],
  risk: 'medium',
  params: flagParams,
  transforms: [away],
};

function sentBack(
  file: RecipeFile,
  { adapters, flag }: { readonly adapters: ReadonlySet<string>; readonly flag: Flag },
) {
  if (!file.text.includes('-flag')) return [];
  const isOne = (specifier: string): boolean => {
    if (!specifier.startsWith('.')) return false;
    const path = joined(folderPath(file.path), specifier);
    const bare = path.replace(/\.[cm]?[jt]s$/, '');
    return adapters.has(path) || adapters.has(`${bare}.ts`) || (bare === path && adapters.has(`${bare}.js`));
  };
  return sentThrough({ specifiers: specifiersOf(file.root(), isOne) }, flag.package);
}

function withoutAlias(text: string, { package: name, alias }: Flag): string {
  let plain = text;
  for (const group of installedGroups) {
    for (const one of [alias, typesNameOf(alias)]) {
      const value = valueAt(plain, [group, one]);
      const isOurs = typeof value === 'string' && /^npm:/.test(value) && value.includes(`${name.replace(/^@/, '')}@`);
      if (isOurs) plain = withoutMember(plain, [group, one]);
    }
  }
  return plain;
}
