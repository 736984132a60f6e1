import type { TreeView } from '../recipe.ts';
import { foldersUp, joined } from '../tree/tree-path.ts';
import ts from '../typescript.cts';

/** Where the tree stands in the compiler's eyes; nothing of it is on the disk. */
const root = '/tree';

/** Texts of a tree and of what it has installed, as a compiler asks for them: at once, and without a disk. */
export interface VirtualTree {
  /** The project with these texts of its own, of which it begins at `roots`, else at all; what is imported from packages is read beforehand. */
  project(texts: ReadonlyMap<string, string>, options: ts.CompilerOptions, roots?: readonly string[]): Promise<Project>;
  /** Lays a file over what is installed. */
  lay(path: string, text: string): void;
}

/** A language service over texts of the tree. Paths are from the root of the tree. */
export type Project = {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly service: ts.LanguageService;
  source(path: string): ts.SourceFile | undefined;
  diagnostics(path: string): readonly ts.Diagnostic[];
};

/** What the compiler says, with paths from the root of the tree. */
export function wordsOf(messageText: string | ts.DiagnosticMessageChain): string {
  return ts.flattenDiagnosticMessageText(messageText, ' ').replaceAll(/(?<=['"])\/tree\//g, '');
}

/** Packages import packages; chains of types are shorter than this. */
const roundsMax = 40;

/** Files of packages in the compiler's eyes come from `tree.installed`; the compiler's own library from its package. */
export function virtualTree(tree: TreeView): VirtualTree {
  const installed = new Map<string, string | undefined>();
  const registry = ts.createDocumentRegistry(true);
  const resolution = { rounds: 0 };
  return {
    lay(path, text) {
      installed.set(path, text);
    },
    async project(texts, options, roots = [...texts.keys()].filter((path) => /\.[cm]?[jt]sx?$/.test(path))) {
      for (let round = 0; round < roundsMax; round += 1) {
        const wanted = new Set<string>();
        resolution.rounds += 1;
        const host = hostOf({ texts, roots, installed, wanted, options, stamp: resolution.rounds });
        const service = ts.createLanguageService(host, registry);
        const program = service.getProgram();
        if (program === undefined) throw new Error('The compiler made no program.');
        if (wanted.size === 0 || round === roundsMax - 1) return projectOf(service, program);
        service.dispose();
        await Promise.all(
          [...wanted].map(async (path) => {
            installed.set(path, await tree.installed(path));
          }),
        );
      }
      throw new Error('Types of packages import each other without end.');
    },
  };
}

function projectOf(service: ts.LanguageService, program: ts.Program): Project {
  return {
    program,
    checker: program.getTypeChecker(),
    service,
    source: (path) => program.getSourceFile(absolute(path)),
    diagnostics: (path) => [
      ...service.getSyntacticDiagnostics(absolute(path)),
      ...service.getSemanticDiagnostics(absolute(path)),
    ],
  };
}

type Known = {
  readonly texts: ReadonlyMap<string, string>;
  readonly roots: readonly string[];
  readonly installed: ReadonlyMap<string, string | undefined>;
  readonly wanted: Set<string>;
  readonly options: ts.CompilerOptions;
  readonly stamp: number;
};

function hostOf({ texts, roots, installed, wanted, options, stamp }: Known): ts.LanguageServiceHost {
  const read = (path: string): string | undefined => {
    const own = fromRoot(path);
    if (own === undefined) return isLibrary(path) ? ts.sys.readFile(path) : undefined;
    if (!/(^|\/)node_modules\//.test(own)) return texts.get(own);
    if (!installed.has(own) && mayBeFile(own)) wanted.add(own);
    return installed.get(own);
  };
  return {
    getCompilationSettings: () => options,
    getScriptFileNames: () => roots.map(absolute),
    getScriptVersion: (path) => {
      const own = fromRoot(path);
      return own === undefined || own.includes('node_modules/') ? '0' : `${stamp}`;
    },
    getScriptSnapshot: (path) => {
      const text = read(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    fileExists: (path) => read(path) !== undefined,
    readFile: read,
    directoryExists: (path) => folderMayBe(path, texts),
    getDirectories: () => [],
    useCaseSensitiveFileNames: () => true,
  };
}

/** Packages stand in folders named node_modules above a file; of those only the ones that may be there are asked for. */
function mayBeFile(path: string): boolean {
  return /\.([cm]?[jt]sx?|json)$/.test(path) && !/node_modules\/.*node_modules\/.*node_modules\//.test(path);
}

function folderMayBe(path: string, texts: ReadonlyMap<string, string>): boolean {
  const own = fromRoot(path);
  if (own === undefined) return path === root;
  if (own.includes('node_modules')) return !/^node_modules\/.*\/node_modules\/.*\/node_modules/.test(own);
  return own === '.' || [...texts.keys()].some((one) => foldersUp(one).includes(own));
}

function isLibrary(path: string): boolean {
  return path.startsWith(libraryFolder);
}

const libraryFolder = ts
  .getDefaultLibFilePath({})
  .replaceAll('\\', '/')
  .replace(/[^/]+$/, '');

/** A path of the tree as the compiler sees it. */
export function absolute(path: string): string {
  return `${root}/${path}`;
}

/** A path that the compiler sees, from the root of the tree; undefined for one of its own library. */
export function fromRoot(path: string): string | undefined {
  return path.startsWith(`${root}/`) ? joined('.', path.slice(root.length + 1)) : undefined;
}
