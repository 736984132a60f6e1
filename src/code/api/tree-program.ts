import ts from 'typescript';
import { companionOf, packageNameOf } from './package-name.ts';
import type { PackageStore, SideName } from './package-store.ts';
import type { TreeProject } from './tree-projects.ts';

/** What stands between a project of the tree and a program of it. */
export type TreeView = {
  readonly root: string;
  readonly store: PackageStore;
  readonly side: SideName;
  /** Packages that are taken from the store, whatever the tree has installed. */
  readonly mapped: ReadonlySet<string>;
  /** Parsed files, shared by the programs of one project. */
  readonly parsed: Map<string, ts.SourceFile>;
};

/**
 * A program over files of a project, in which the mapped packages are those of one side of the store, for the tree's own
 * files and for what it has installed. Everything else is resolved as the project's options say.
 */
export function treeProgram({ files, ambient, options }: TreeProject, view: TreeView): ts.Program {
  return ts.createProgram({ rootNames: [...files, ...ambient], options, host: hostOf(options, view) });
}

function hostOf(options: ts.CompilerOptions, view: TreeView): ts.CompilerHost {
  const { root, store, side, mapped, parsed } = view;
  const { system } = store;
  const anchor = `${store.home(side)}/anchor.ts`;
  const cache = ts.createModuleResolutionCache(root, (path) => path, options);
  const own = { ...options, typeRoots: [`${store.home(side)}/node_modules/@types`] };
  const base = ts.createCompilerHost(options, true);
  return {
    ...base,
    fileExists: system.fileExists,
    readFile: system.readFile,
    directoryExists: system.directoryExists,
    getDirectories: system.getDirectories,
    realpath: system.realpath,
    getCurrentDirectory: () => root,
    writeFile: () => undefined,
    getSourceFile(path, languageVersionOrOptions) {
      const known = parsed.get(path);
      if (known !== undefined) return known;
      const text = system.readFile(path);
      if (text === undefined) return undefined;
      const file = ts.createSourceFile(path, text, languageVersionOrOptions, true);
      parsed.set(path, file);
      return file;
    },
    resolveModuleNameLiterals: (literals, containing, redirected, settings, file) =>
      literals.map((literal) => {
        const name = packageNameOf(literal.text);
        const from = name !== undefined && mapped.has(name) ? anchor : containing;
        const mode = ts.getModeForUsageLocation(file, literal, settings);
        return ts.resolveModuleName(literal.text, from, settings, system, cache, redirected, mode);
      }),
    resolveTypeReferenceDirectiveReferences: (references, containing, redirected, settings) =>
      references.map((reference) => {
        const name = typeof reference === 'string' ? reference : reference.fileName;
        const isMapped = mapped.has(companionOf(name)) || mapped.has(name);
        const [from, how] = isMapped ? [anchor, own] : [containing, settings];
        return ts.resolveTypeReferenceDirective(name, from, how, system, redirected);
      }),
  };
}
