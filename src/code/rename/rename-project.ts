import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { absoluteIn, type TreeProject } from '../api/tree-projects.ts';
import ts from '../typescript.cts';

/** The texts of a tree's own files by path from the root. What is put over them is what the services see. */
export type TreeTexts = {
  readonly root: string;
  readonly texts: ReadonlyMap<string, string>;
  /** What specifiers reach by the tree's own graph: file of the tree by `from specifier`, where the compiler finds none. */
  readonly reaches: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
};

/** A project of the tree with a language service over it, as it is or with other texts. */
export type RenameProject = {
  readonly name: string;
  /** Its own files, by path from the root. */
  readonly files: readonly string[];
  readonly program: ts.Program;
  readonly service: ts.LanguageService;
  readonly options: ts.CompilerOptions;
  /** The same project with these texts in place of those of before. */
  withTexts(changed: ReadonlyMap<string, string>, added?: AddedFiles): ts.Program;
};

/** Files that a project has besides, by path from the root, and what specifiers reach then. Their texts are among the changed. */
export type AddedFiles = { readonly paths: readonly string[]; readonly reaches: ReadonlyMap<string, string> };

const registry = ts.createDocumentRegistry(true);

/** Opens a project. The program of before is made at once, and stays as it is. */
export function openProject(project: TreeProject, tree: TreeTexts): RenameProject {
  const files = project.files.map((file) => relativeIn(tree.root, file));
  const before = ts.createLanguageService(hostOf(project, tree, new Map()), registry);
  const program = before.getProgram();
  if (program === undefined) throw new Error(`No program was made of ${project.name}.`);
  return {
    name: project.name,
    files,
    program,
    service: before,
    options: project.options,
    withTexts(changed, added = { paths: [], reaches: tree.reaches }) {
      const more = added.paths.map((path) => absoluteIn(tree.root, path));
      const larger = { ...project, files: [...project.files, ...more] };
      const host = hostOf(larger, { ...tree, reaches: added.reaches }, changed);
      const after = ts.createLanguageService(host, registry).getProgram();
      if (after === undefined) throw new Error(`No program was made of ${project.name}.`);
      return after;
    },
  };
}

function hostOf(
  { files, ambient, options }: TreeProject,
  { root, texts, reaches, signal }: TreeTexts,
  changed: ReadonlyMap<string, string>,
): ts.LanguageServiceHost {
  const cache = ts.createModuleResolutionCache(root, (path) => path, options);
  const own = (path: string): string | undefined => {
    const name = relativeIn(root, path);
    return changed.get(name) ?? texts.get(name);
  };
  const snapshots = new Map<string, ts.IScriptSnapshot | undefined>();
  const snapshotOf = (path: string): ts.IScriptSnapshot | undefined => {
    const text = own(path) ?? ts.sys.readFile(path);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  };
  return {
    getCompilationSettings: () => options,
    getScriptFileNames: () => [...files, ...ambient],
    // The registry is of the process, which may see a file with one text after another.
    getScriptVersion: (path) => {
      const text = own(path);
      return text === undefined ? 'installed' : createHash('sha256').update(text).digest('hex');
    },
    getScriptSnapshot(path) {
      if (!snapshots.has(path)) snapshots.set(path, snapshotOf(path));
      return snapshots.get(path);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    getCancellationToken: () => ({ isCancellationRequested: () => signal.aborted }),
    fileExists: ts.sys.fileExists,
    readFile: (path) => own(path) ?? ts.sys.readFile(path),
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath === undefined ? {} : { realpath: ts.sys.realpath }),
    resolveModuleNameLiterals: (literals, containing, redirected, settings, file) =>
      literals.map((literal) => {
        const mode = ts.getModeForUsageLocation(file, literal, settings);
        const found = ts.resolveModuleName(literal.text, containing, settings, ts.sys, cache, redirected, mode);
        const reached = found.resolvedModule?.resolvedFileName;
        if (reached !== undefined && texts.has(relativeIn(root, reached))) return found;
        const source = reaches.get(`${relativeIn(root, containing)} ${literal.text}`);
        return source === undefined ? found : { ...found, resolvedModule: ownModule(absoluteIn(root, source)) };
      }),
  };
}

function ownModule(path: string): ts.ResolvedModuleFull {
  const extension = /\.d\.[cm]?ts$|\.[^.]+$/.exec(path)?.[0] ?? '';
  return { resolvedFileName: path, extension, isExternalLibraryImport: false };
}

/** A path of a program, from the root of the tree. */
export function relativeIn(root: string, path: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : relative(root, path).replaceAll('\\', '/');
}
