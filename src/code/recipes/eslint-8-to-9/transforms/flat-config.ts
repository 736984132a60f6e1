import { codeStyleOf } from '../../../engine/code-style.ts';
import type { ConfigSource } from '../../../engine/config-source.ts';
import type { TreeEdit, TreeTransform, TreeUnresolved, TreeView } from '../../../recipe.ts';
import { baseName, folderPath } from '../../../text/search-text.ts';
import { type ConfigTop, configTops, joined } from '../reading/config-tops.ts';
import { dependenciesOf, type Manifest, manifestOf, manifestsIn } from '../reading/manifests.ts';
import { type ConfigFile, configFile } from '../writing/config-file.ts';
import { relative } from '../writing/flat-object.ts';
import { ignoreGlob, ignorePatternsIn, isWithin } from '../writing/globs.ts';
import { type EnvironmentComments, environmentComments } from './environment-comments.ts';
import { leftOver, namedConfigs } from './left-over.ts';
import { type LintScripts, lintScriptsOf } from './lint-scripts.ts';
import { ignoredAsBefore } from './newly-linted.ts';
import { type OwnRules, ownRulesOf, renamedInComments } from './own-rules.ts';
import { changedManifest, isAddable } from './package-edits.ts';

/** Everything that the old format says, in one file of the new one for each folder that is linted as a whole. */
export const flatConfig: TreeTransform = {
  kind: 'tree',
  id: 'flat-config',
  why: 'ESLint 9 reads `eslint.config.*` and neither .eslintrc nor .eslintignore, and has no `--ext`, `--env`, `--rulesdir` and `--ignore-path` (Migrate to v9.x, New default config format; Configuration Migration Guide).',
  async transform(tree) {
    const manifests = await manifestsIn(tree);
    const { tops, unreadable } = await configTops(tree, manifests);
    const unreadablePaths = unreadable.map(({ path }) => path);
    const made = tops.filter((top) => isMade(top, tree, unreadablePaths));
    const takenOver = made.flatMap(({ folder, sources }) =>
      sources.map(({ path }) => path).filter((path) => folderPath(path) === folder),
    );
    const scripts = manifests.map((manifest) => lintScriptsOf(manifest, new Set(takenOver)));
    const environments = await environmentComments(tree);
    const edits: TreeEdit[] = [];
    const unresolved: TreeUnresolved[] = unreadable.map(({ path }) => ({ path, offset: 0, length: 0, ...notRead }));
    const needed = new Map<string, string[]>();
    const emptied = new Set<string>();
    for (const top of tops) {
      const one = await madeOf(top, {
        tree,
        manifests,
        scripts,
        environments,
        unreadable: unreadablePaths,
      });
      edits.push(...one.edits);
      unresolved.push(...one.unresolved);
      for (const path of one.emptied) emptied.add(path);
      const home = manifestOf(top.folder, manifests);
      if (home !== undefined) needed.set(home.path, [...(needed.get(home.path) ?? []), ...one.modules]);
    }
    for (const script of scripts) {
      const { manifest, changed, formatters } = script;
      const text = (await tree.read(manifest.path))?.text ?? '';
      const added = [...(needed.get(manifest.path) ?? []), ...formatters.map((name) => `eslint-formatter-${name}`)];
      const now = changedManifest(text, manifest, {
        scripts: changed,
        added: [...new Set(added)].sort(),
        isEmptied: emptied.has(manifest.path),
      });
      if (now !== text) edits.push({ kind: 'write', path: manifest.path, text: now });
      const isLinted = made.some(({ folder }) => folder === manifest.folder || isWithin(manifest.folder, folder));
      if (isLinted) unresolved.push(...namedConfigs(script, now));
    }
    return { edits, unresolved };
  },
};

const notRead = {
  message: 'This configuration of ESLint cannot be read.',
  cure: 'Write it in the new format by hand, with the Configuration Migration Guide of ESLint beside you.',
};

type Around = {
  readonly tree: TreeView;
  readonly manifests: readonly Manifest[];
  readonly scripts: readonly LintScripts[];
  readonly environments: readonly EnvironmentComments[];
  readonly unreadable: readonly string[];
};

type Made = {
  readonly edits: readonly TreeEdit[];
  readonly unresolved: readonly TreeUnresolved[];
  readonly modules: readonly string[];
  /** Packages whose own configuration goes. */
  readonly emptied: readonly string[];
};

const nothing: Made = { edits: [], unresolved: [], modules: [], emptied: [] };

async function madeOf(top: ConfigTop, around: Around): Promise<Made> {
  const { tree, manifests } = around;
  const inFolder = (name: string) => (top.folder === '.' ? name : `${top.folder}/${name}`);
  if (!isMade(top, tree, around.unreadable)) return nothing;
  const home = manifestOf(top.folder, manifests);
  const mine = around.scripts.filter(
    ({ manifest: { folder } }) => folder === top.folder || isWithin(folder, top.folder),
  );
  const name = nameOf(top.sources[0], home);
  const ownRules = ownRulesOf(tree, mine, top.folder);
  const ignored = await ignoresOf(tree, top, mine);
  const comments = around.environments.filter(({ path }) => isWithin(path, top.folder));
  const file = configFile({
    top,
    form: formOf(top.sources[0], name),
    style: await codeStyleOf(tree, top.folder),
    dependencies: dependenciesOf(home),
    flags: {
      extensions: mine.flatMap(({ extensions }) => extensions),
      environments: mine.flatMap(({ environments }) => environments),
      isStrictOnWarnings: mine.some(({ isStrictOnWarnings }) => isStrictOnWarnings) && !saysUnused(top),
    },
    ignores: [...ignored.patterns, ...ignoredAsBefore(tree, { top, scripts: mine, name })],
    ignoreFiles: ignored.files,
    ownRules: ownRules.paths,
    environments: grouped(comments, top.folder),
  });
  const loaded = new Set(file.loaded.map(({ source }) => source.path));
  const gone = [...top.sources.map(({ path }) => path), ...ignored.read].filter(
    (path) => baseName(path) !== 'package.json' && !loaded.has(path),
  );
  return {
    edits: [
      { kind: 'write', path: inFolder(name), text: file.text },
      ...gone.map((path): TreeEdit => ({ kind: 'remove', path })),
      ...(await commentEdits(tree, comments, ownRules)),
    ],
    unresolved: leftOver(file, { top, path: inFolder(name) }),
    modules: [...file.modules.filter(isAddable), ...needsOf(file)],
    emptied: [...top.sources.map(({ path }) => path), ...mine.map(({ manifest }) => manifest.path)].filter(
      (path) => baseName(path) === 'package.json',
    ),
  };
}

/** A tree that has the new format already is a person's work; one that cannot be read as a whole is left as it is. */
function isMade({ folder, sources }: ConfigTop, tree: TreeView, unreadable: readonly string[]): boolean {
  const isThere = tree.paths.some(
    (path) =>
      /^eslint\.config\.[cm]?[jt]s$/.test(baseName(path)) &&
      (folderPath(path) === folder || isWithin(folder, folderPath(path))),
  );
  return !isThere && sources.length > 0 && !unreadable.some((path) => isWithin(path, folder));
}

/** `@eslint/eslintrc` and what it is called with come with ESLint, but are imported by the tree itself now. */
function needsOf({ modules }: ConfigFile): readonly string[] {
  return modules.includes('@eslint/eslintrc') ? ['@eslint/js'] : [];
}

function saysUnused({ sources }: ConfigTop): boolean {
  return sources.some(({ file }) => file.text.includes('reportUnusedDisableDirectives'));
}

function nameOf(source: ConfigSource | undefined, home: Manifest | undefined): string {
  const type = home?.type ?? 'commonjs';
  if (source?.kind === 'code') {
    const ending = /\.([cm]?js)$/.exec(source.path)?.[1] ?? 'js';
    return `eslint.config.${ending === 'js' && type === 'module' && source.form === 'commonjs' ? 'cjs' : ending}`;
  }
  return type === 'module' ? 'eslint.config.js' : 'eslint.config.mjs';
}

function formOf(source: ConfigSource | undefined, name: string): 'module' | 'commonjs' {
  if (source?.kind === 'code') return source.form;
  return name.endsWith('.cjs') ? 'commonjs' : 'module';
}

async function ignoresOf(tree: TreeView, top: ConfigTop, scripts: readonly LintScripts[]) {
  const named = scripts.flatMap(({ manifest, ignorePaths }) =>
    ignorePaths.map((path) => joined(manifest.folder, path)),
  );
  const usual = [top.folder, ...scripts.map(({ manifest }) => manifest.folder)].map((folder) =>
    joined(folder, '.eslintignore'),
  );
  const read = [...new Set(usual)].filter(
    (path) => tree.paths.includes(path) && (named.length === 0 || named.includes(path)),
  );
  const patterns: string[] = [];
  for (const path of read) {
    const text = (await tree.read(path))?.text ?? '';
    patterns.push(...ignorePatternsIn(text).map((one) => ignoreGlob(one, relative(folderPath(path), top.folder))));
  }
  for (const { manifest } of scripts)
    patterns.push(...manifest.eslintIgnore.map((one) => ignoreGlob(one, relative(manifest.folder, top.folder))));
  const files = [...new Set(named)].filter((path) => !read.includes(path) && tree.paths.includes(path));
  return { patterns, read, files: files.map((path) => relative(path, top.folder)) };
}

function grouped(comments: readonly EnvironmentComments[], folder: string): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { path, names } of comments) {
    if (names.length === 0) continue;
    const key = names.join(',');
    groups.set(key, [...(groups.get(key) ?? []), relative(path, folder)]);
  }
  return groups;
}

async function commentEdits(
  tree: TreeView,
  comments: readonly EnvironmentComments[],
  own: OwnRules,
): Promise<readonly TreeEdit[]> {
  const renamed = await renamedInComments(tree, own);
  const paths = new Set([...comments, ...renamed].map(({ path }) => path));
  return [...paths].sort().map((path) => ({
    kind: 'edit',
    path,
    edits: [...comments, ...renamed].filter((one) => one.path === path).flatMap(({ edits }) => edits),
  }));
}
