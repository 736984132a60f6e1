import type { TextEdit, TreeView } from '../../../recipe.ts';
import { baseName, folderPath, literalPattern } from '../../../text/search-text.ts';
import { joined } from '../reading/config-tops.ts';
import { relative } from '../writing/flat-object.ts';
import { isWithin } from '../writing/globs.ts';
import type { LintScripts } from './lint-scripts.ts';

/** Rules from `--rulesdir`: name → path from the new file. They are a plugin `rulesdir` from now on. */
export type OwnRules = { readonly paths: ReadonlyMap<string, string>; readonly folder: string };

/** The rules in the folders that scripts name with `--rulesdir`: each file is one, by its name. */
export function ownRulesOf(tree: TreeView, scripts: readonly LintScripts[], folder: string): OwnRules {
  const folders = scripts.flatMap(({ manifest, rulesFolders }) =>
    rulesFolders.map((path) => joined(manifest.folder, path)),
  );
  const files = tree.paths.filter((path) => folders.includes(folderPath(path)) && /^[^.]+\.c?js$/.test(baseName(path)));
  return {
    folder,
    paths: new Map(files.map((path) => [baseName(path).replace(/\.c?js$/, ''), `./${relative(path, folder)}`])),
  };
}

const directive = /(?:\/\*|\/\/)\s*eslint(?:-(?:disable|enable)(?:-next-line|-line)?)?\s[^\n]*?(?:\*\/|$)/gm;

/** Edits of comments that name the rules by what they were called. */
export async function renamedInComments(
  tree: TreeView,
  { paths, folder }: OwnRules,
): Promise<readonly { readonly path: string; readonly edits: readonly TextEdit[] }[]> {
  const found: { path: string; edits: readonly TextEdit[] }[] = [];
  if (paths.size === 0) return found;
  const names = [...paths.keys()].map(literalPattern).join('|');
  const named = new RegExp(`(?<![\\w/-])(?:${names})(?![\\w/-])`, 'g');
  for (const path of tree.paths) {
    if (!isWithin(path, folder) || !/\.([cm]?[jt]sx?|vue|svelte)$/.test(path)) continue;
    const text = (await tree.read(path))?.text ?? '';
    const edits = [...text.matchAll(directive)].flatMap(({ 0: comment, index }) => {
      const rules = comment.split(' -- ')[0] ?? '';
      return [...rules.matchAll(named)].map((match) => ({ offset: index + match.index, length: 0, text: 'rulesdir/' }));
    });
    if (edits.length > 0) found.push({ path, edits });
  }
  return found;
}
