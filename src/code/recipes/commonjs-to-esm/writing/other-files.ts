import { applyEdits } from '../../../engine/apply-edits.ts';
import { parseSource } from '../../../engine/compiler-tree.ts';
import { configuredPaths, isConfiguration } from '../../../graph/configured-paths.ts';
import { mayName, readFileNames } from '../../../graph/read-file.ts';
import { resolve } from '../../../graph/resolve.ts';
import { isIndexed, treeIndex } from '../../../graph/tree-index.ts';
import { configuredText } from '../../../move/configured-edits.ts';
import type { TextEdit, TreeEdit, TreeTransformed, TreeUnresolved, TreeView } from '../../../recipe.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { folderPath } from '../../../text/search-text.ts';
import { relativeFrom } from '../../../tree/tree-path.ts';
import type { World } from '../deciding/world.ts';
import { isLintConfig, lintConfigEdits } from './lint-config.ts';
import { lintScripts } from './lint-scripts.ts';
import { listedFolders } from './listed-folders.ts';
import { entryEdits, manifestEdits } from './manifest.ts';
import { patternEdits } from './script-patterns.ts';
import { codeFindings, scriptTexts } from './scripts.ts';

type Others = {
  readonly world: World;
  readonly placeOf: (path: string) => string;
  readonly manifest: string;
  readonly usesJest: boolean;
};

/** Edits of what names renamed files and is no CommonJS of the package: configuration, ES modules, other packages; and the package.json. */
export async function otherFiles(tree: TreeView, others: Others): Promise<TreeTransformed> {
  const { world, placeOf, manifest } = others;
  const files = new Map(
    [...world.modules.keys()].filter((path) => placeOf(path) !== path).map((path) => [path, placeOf(path)]),
  );
  const moved = { files, folders: new Map<string, string>() };
  const texts = new Map<string, string>();
  for (const path of tree.paths) {
    if (world.modules.has(path)) continue;
    if (!(isIndexed(path) || isConfiguration(path) || mayName(path) || isLintConfig(path))) continue;
    const text = (await tree.read(path))?.text;
    if (text !== undefined) texts.set(path, text);
  }
  const index = treeIndex(tree.paths, texts);
  const name = nameOf(texts.get(manifest));
  const edits: TreeEdit[] = [];
  const unresolved: TreeUnresolved[] = [];
  for (const [path, text] of texts) {
    const own = new Map<number, TextEdit>();
    const places = files.size === 0 || !isConfiguration(path) ? [] : configuredPaths(path, text, index);
    for (const place of places) {
      const put = configuredText(place, moved, index);
      if (put !== undefined) own.set(place.offset, { offset: place.offset, length: place.length, text: put });
    }
    for (const one of mayName(path) && !isIndexed(path) ? readFileNames(path, text) : []) {
      const reach = resolve(path, one, index);
      const to = reach === undefined ? undefined : files.get(reach.target);
      if (to !== undefined && one.specifier.startsWith('.'))
        own.set(one.offset, { offset: one.offset, length: one.length, text: relativeFrom(folderPath(path), to) });
      const isRequired =
        one.kind === 'require' &&
        name !== undefined &&
        (one.specifier === name || one.specifier.startsWith(`${name}/`));
      if (isRequired)
        unresolved.push({
          path,
          offset: one.offset,
          length: one.length,
          message: `This requires ${name}, which is made of ES modules now: that takes Node 20.19 or 22.12, and gives the module with its names, not its default.`,
          cure: 'Turn this package into ES modules too, or import it.',
        });
    }
    const lint = isLintConfig(path) ? lintConfigEdits(path, text, { world, placeOf }) : undefined;
    for (const edit of lint?.edits ?? []) own.set(edit.offset, edit);
    unresolved.push(...(lint?.open ?? []).map((one) => ({ ...one, path })));
    if (/\.[cm]?[jt]sx?$/.test(path))
      unresolved.push(...listedFolders(path, parseSource(path, text), { world, placeOf }));
    const sorted = [...own.values()].sort((one, other) => one.offset - other.offset);
    if (path === manifest) {
      const after = manifestText(path, { before: text, text: applyEdits(text, sorted).text }, others);
      edits.push({ kind: 'write', path, text: after });
      unresolved.push(...codeFindings(text, { text: after, path, world, placeOf }));
      unresolved.push(...patternEdits(after, { path, world, placeOf }).open);
    } else if (own.size > 0) edits.push({ kind: 'edit', path, edits: sorted });
  }
  return { edits, unresolved };
}

/** The package.json, of which paths are written anew already, with scripts, entry, kind of modules and ESLint as they are then. */
function manifestText(
  path: string,
  { before, text }: { readonly before: string; readonly text: string },
  { world, placeOf, usesJest }: Others,
): string {
  const named = scriptTexts(text, { text: before, path, world, placeOf });
  const reached = applyEdits(named, patternEdits(named, { path, world, placeOf }).edits).text;
  const led = applyEdits(reached, entryEdits({ path, text: reached, before }, { files: world.files, placeOf })).text;
  const typed = applyEdits(led, manifestEdits(led, { usesJest })).text;
  const linted = applyEdits(typed, lintConfigEdits(path, typed, { world, placeOf }).edits).text;
  return applyEdits(linted, lintScripts(linted, { world, placeOf })).text;
}

function nameOf(manifest: string | undefined): string | undefined {
  const value = manifest === undefined ? undefined : jsonOf(manifest);
  return isRecord(value) && typeof value.name === 'string' ? value.name : undefined;
}
