import { homesIn } from '../../engine/homes.ts';
import type { RecipeContext, TreeEdit, TreeTransformed, TreeUnresolved, TreeView } from '../../recipe.ts';
import { baseName } from '../../text/search-text.ts';
import { joined } from '../../tree/tree-path.ts';
import { decide, leftMessage } from './deciding/decide.ts';
import { type LodashTree, readLodashTree } from './reading/lodash-tree.ts';
import type { LodashFile, LodashUse } from './reading/lodash-uses.ts';
import { type Settled, settle } from './settle.ts';
import { changedManifest, type Remainder } from './writing/manifest.ts';

/** Replaces what is proven equal in every file, round by round, then takes out what nothing uses. */
export async function convert(tree: TreeView, { params }: Pick<RecipeContext, 'params'>): Promise<TreeTransformed> {
  const homes = await homesIn(tree);
  const read = await readLodashTree(tree, { homes, params });
  if (read.files.length === 0) return { edits: [], unresolved: [] };
  const settled = settle(read);
  const edits: TreeEdit[] = [];
  for (const path of read.files) {
    const text = settled.texts.get(path);
    if (text !== undefined && text !== read.texts.get(path)) edits.push({ kind: 'write', path, text });
  }
  const unresolved = [...settled.files.flatMap((file) => leftIn(file, settled))];
  for (const folder of homes.keys()) {
    const change = await manifestOf(folder, { tree, read, settled });
    if (change === undefined) continue;
    edits.push(...change.edits);
    unresolved.push(...change.unresolved);
  }
  return { edits, unresolved };
}

function leftIn({ path, uses }: LodashFile, { outlookOf }: Settled): readonly TreeUnresolved[] {
  return uses.map((use) => {
    const decision = decide(use, outlookOf(path));
    const node = use.kind === 'call' ? use.call : use.node;
    const offset = node.getStart();
    return {
      path,
      offset,
      length: node.end - offset,
      message: leftMessage(use, 'why' in decision ? decision.why : ''),
      symbol: labelOf(use),
    };
  });
}

function labelOf(use: LodashUse): string {
  return use.kind === 'other' ? use.label : use.method;
}

type Seen = { readonly tree: TreeView; readonly read: LodashTree; readonly settled: Settled };

/** What becomes of a package.json in a folder; undefined where none of its files was changed. */
async function manifestOf(folder: string, { tree, read, settled }: Seen) {
  const isIn = (path: string): boolean => folder === '.' || path.startsWith(`${folder}/`);
  const isChanged = read.files.some((path) => isIn(path) && settled.texts.get(path) !== read.texts.get(path));
  const path = joined(folder, 'package.json');
  const text = (await tree.read(path))?.text;
  if (!isChanged || text === undefined) return undefined;
  const [used, named] = [
    await namedIn(tree, { isIn, texts: read.texts }),
    await namedIn(tree, { isIn, texts: settled.texts }),
  ];
  const remains = remaindersOf(settled.files.filter((file) => isIn(file.path)));
  const change = changedManifest(path, text, {
    remains,
    isUsed: (name) => used.has(name),
    isNamed: (name) => named.has(name),
  });
  const edits: readonly TreeEdit[] = change.text === text ? [] : [{ kind: 'write', path, text: change.text }];
  return { edits, unresolved: change.unresolved };
}

/** Strings that name a package of lodash in any file that a person wrote, lock files and manuals aside. */
async function namedIn(
  tree: TreeView,
  { isIn, texts }: { isIn(path: string): boolean; readonly texts: ReadonlyMap<string, string> },
): Promise<ReadonlySet<string>> {
  const named = new Set<string>();
  for (const path of tree.paths.filter((one) => isIn(one) && isRead(one))) {
    const text = texts.get(path) ?? (await tree.read(path))?.text ?? '';
    for (const [, name = ''] of text.matchAll(/["'`](lodash(?:-es|\.[a-z]+)?)(?:\/[^"'`\s]*)?["'`]/g)) named.add(name);
  }
  return named;
}

function isRead(path: string): boolean {
  const name = baseName(path);
  return (
    name !== 'package.json' &&
    /^\.\w+rc$|\.([cm]?[jt]sx?|json|json5|ya?ml|vue|svelte|mdx)$/.test(name) &&
    !/(^|-)lock\.|shrinkwrap/.test(name)
  );
}

function remaindersOf(files: readonly LodashFile[]): ReadonlyMap<string, readonly Remainder[]> {
  const byPackage = new Map<string, Map<string, string[]>>();
  for (const { path, source, uses } of files)
    for (const use of uses) {
      const node = use.kind === 'call' ? use.call : use.node;
      const labels = byPackage.get(use.package) ?? new Map<string, string[]>();
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      labels.set(labelOf(use), [...(labels.get(labelOf(use)) ?? []), `${path}:${line}`]);
      byPackage.set(use.package, labels);
    }
  return new Map(
    [...byPackage].map(([name, labels]) => [
      name,
      [...labels]
        .map(([label, places]) => ({ label, places }))
        .sort((one, other) => other.places.length - one.places.length || (one.label < other.label ? -1 : 1)),
    ]),
  );
}
