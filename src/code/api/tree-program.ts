import ts from '../typescript.cts';
import { companionOf, homeOf, packageNameOf } from './package-name.ts';
import { libraryFile, type PackageStore, parseFile } from './package-store.ts';
import type { TreeProject } from './tree-projects.ts';

/** What stands between a project of the tree and a program of it. */
export type TreeView = {
  readonly root: string;
  readonly store: PackageStore;
  /** A file from whose folder a package is looked for, whoever imports it; packages that are not named, from their importer. */
  readonly anchors: ReadonlyMap<string, string>;
  /** Parsed files, shared by the programs of one project. */
  readonly parsed: Map<string, ts.SourceFile>;
  /** Packages whose JavaScript is read where they have no types; the mapped ones where it is left out. */
  readonly readInto?: ReadonlySet<string>;
  /** Texts that stand in place of the files', by absolute path. */
  readonly instead?: ReadonlyMap<string, string>;
};

/**
 * A program over files of a project, in which the mapped packages are those of one side of the store, for the tree's own
 * files and for what it has installed. Everything else is resolved as the project's options say.
 */
export function treeProgram({ files, ambient, options }: TreeProject, view: TreeView): ts.Program {
  return ts.createProgram({ rootNames: [...files, ...ambient], options, host: hostOf(options, view) });
}

function hostOf(options: ts.CompilerOptions, view: TreeView): ts.CompilerHost {
  const { root, store, anchors, parsed, instead } = view;
  const readInto = view.readInto ?? new Set(anchors.keys());
  const { system } = store;
  const cache = ts.createModuleResolutionCache(root, (path) => path, options);
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
    getSourceFile(path, how) {
      const changed = instead?.get(path);
      if (changed !== undefined) return ts.createSourceFile(path, changed, how, true);
      const known = parsed.get(path) ?? libraryFile(path);
      if (known !== undefined) return known;
      const text = system.readFile(path);
      if (text === undefined) return undefined;
      const file = parseFile({ path, text, how });
      parsed.set(path, file);
      return file;
    },
    resolveModuleNameLiterals: (literals, containing, redirected, settings, file) =>
      literals.map((literal) => {
        const name = packageNameOf(literal.text);
        const from = (name === undefined ? undefined : anchors.get(name)) ?? containing;
        const mode = ts.getModeForUsageLocation(file, literal, settings);
        const found = ts.resolveModuleName(literal.text, from, settings, system, cache, redirected, mode);
        return asSource(found, readInto);
      }),
    resolveTypeReferenceDirectiveReferences: (references, containing, redirected, settings) =>
      references.map((reference) => {
        const name = typeof reference === 'string' ? reference : reference.fileName;
        const anchor = anchors.get(companionOf(name)) ?? anchors.get(name);
        if (anchor === undefined)
          return ts.resolveTypeReferenceDirective(name, containing, settings, system, redirected);
        const roots = { ...settings, typeRoots: [`${anchor.slice(0, anchor.lastIndexOf('/'))}/node_modules/@types`] };
        return ts.resolveTypeReferenceDirective(name, anchor, roots, system, redirected);
      }),
  };
}

/** JavaScript of a package without types is read as if it were the tree's, or the compiler would not look into it. */
function asSource(found: ts.ResolvedModuleWithFailedLookupLocations, names: ReadonlySet<string>) {
  const { resolvedModule } = found;
  if (resolvedModule === undefined || !/\.[cm]?jsx?$/.test(resolvedModule.resolvedFileName)) return found;
  const home = homeOf(resolvedModule.resolvedFileName)?.name;
  if (home === undefined || !names.has(home)) return found;
  return { ...found, resolvedModule: { ...resolvedModule, isExternalLibraryImport: false } };
}
