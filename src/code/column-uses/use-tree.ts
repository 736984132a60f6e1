import type ts from 'typescript';
import type { NamedChange } from '#core/named-change';
import type { UseFile, UseTree } from './code-use.ts';
import { constantsIn } from './modules/constants.ts';
import { namesInTree } from './modules/names-in-tree.ts';
import { treeModules } from './modules/tree-modules.ts';
import { parseCode } from './parse-code.ts';
import type { CodeRead } from './read-code.ts';
import { takersOfNames } from './takers-of-names.ts';

/** What finders look at: the files that have a word of a change, and those that take one from another file. */
export function useTree(
  { texts, packages, index, isOpen }: Pick<CodeRead, 'texts' | 'packages' | 'index' | 'isOpen'>,
  { changes, readNames, signal }: Pick<UseTree, 'changes' | 'readNames' | 'signal'>,
): UseTree {
  const all = new Map<string, UseFile>();
  const modules = treeModules(all, index);
  const names = namesInTree({ files: all, modules, isOpen });
  for (const [path, text] of texts)
    all.set(
      path,
      useFile(path, text, () => names),
    );
  const about = [...all.values()].filter(({ text }) => isAbout(text, changes));
  const takers = takersOfNames(about, { changes, files: all, modules });
  const files = [...about, ...takers].sort((one, other) => (one.path < other.path ? -1 : 1));
  return {
    changes,
    files,
    readNames,
    names,
    constants: constantsIn(names),
    usesPackage: (name) => packages.has(name),
    signal,
  };
}

/** Is a file read as JavaScript or TypeScript? */
export function isCode(path: string): boolean {
  return /\.[cm]?[jt]sx?$/i.test(path) && !/\.d\.[cm]?ts$/.test(path);
}

function useFile(path: string, text: string, names: () => ReturnType<UseFile['names']>): UseFile {
  let parsed: { readonly tree: ts.SourceFile | undefined } | undefined;
  const tree = () => {
    if (!isCode(path)) return undefined;
    parsed ??= { tree: parseCode(path, text) };
    return parsed.tree;
  };
  return { path, text, tree, names: () => (tree() === undefined ? undefined : names()) };
}

/** Does a text have a word that a change is about? Without one it uses nothing, where no mapping gives the column another name. */
function isAbout(text: string, changes: readonly NamedChange[]): boolean {
  const lower = text.toLowerCase().replaceAll('_', '');
  if (
    /prisma|drizzle|camelcaseplugin|knexsnakecasemappers|knex-stringcase|namingstrategy|jointable|createquerybuilder/.test(
      lower,
    )
  )
    return true;
  return changes.some((change) =>
    ('column' in change ? [change.column, change.table.name] : [change.table.name]).some((word) =>
      lower.includes(word.toLowerCase().replaceAll('_', '')),
    ),
  );
}
