import type { TreeTransformed, TreeUnresolved, TreeView } from '../../../recipe.ts';
import { joined } from '../../../tree/tree-path.ts';
import { type PackageFiles, UnfitPackage } from '../reading/package-files.ts';
import { memberAt } from '../writing/manifest.ts';
import { dualManifest } from './dual-manifest.ts';
import { type DualEntry, dualEntries } from './entries.ts';
import { wrapperText, wrapperTypes } from './wrapper.ts';

/**
 * Publishes ES modules beside CommonJS: each entry gets a module that imports the CommonJS and exports what that gives, so that
 * there is one instance of everything, whoever loads it. Nothing else changes. Throws UnfitPackage.
 */
export async function dualPackage(tree: TreeView, files: PackageFiles, home: string): Promise<TreeTransformed> {
  const { manifest } = files;
  if (manifest.fields.private === true)
    throw new UnfitPackage(
      'dual=true publishes ES modules beside CommonJS, and this package is private. Leave the option away, and it becomes ES modules.',
    );
  const entries = await dualEntries(tree, files, home);
  const paths = new Set(tree.paths);
  const made = entries.flatMap((entry) => [
    { path: joined(home, entry.wrapper), text: wrapperText(entry) },
    ...(entry.types === undefined
      ? []
      : [{ path: joined(home, entry.wrapperTypes), text: wrapperTypes({ ...entry, types: entry.types }) }]),
  ]);
  const taken = made.find(({ path }) => paths.has(path));
  if (taken !== undefined)
    throw new UnfitPackage(`${taken.path} is there already, and would be the ES module of an entry. Rename it first.`);
  const text = dualManifest(files, { home, entries, paths: tree.paths });
  return {
    edits: [...made.map((one) => ({ kind: 'write' as const, ...one })), { kind: 'write', path: manifest.path, text }],
    unresolved: entries.flatMap((entry) => changedDefault(entry, { path: manifest.path, text })),
  };
}

/** Who imported compiled CommonJS got all of it as the default. */
function changedDefault(
  entry: DualEntry,
  { path, text }: { readonly path: string; readonly text: string },
): readonly TreeUnresolved[] {
  if (entry.fallback !== 'default') return [];
  return [
    {
      ...memberAt(text, ['exports', entry.key]),
      path,
      message: `\`import\` of this entry gives its \`default\` then; before, the default of an import was all of its exports.`,
      cure: 'Publish it as a new major version.',
    },
  ];
}
