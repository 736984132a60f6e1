import { dirname, join } from 'node:path';
import ts from '../typescript.cts';
import type { StagedFiles } from './staged-files.ts';

/** Modules across the files of a workspace. */
export interface WorkspaceLookup {
  /** Absolute source files, in order. */
  readonly files: readonly string[];
  /** The file of the workspace that a specifier means in another; undefined where it means none. */
  resolve(specifier: string, from: string): string | undefined;
}

/**
 * Opens a workspace: modules are found by our own TypeScript, with the aliases of the tsconfig.json in its root and of
 * those nearer to the importing file, and as they stand on the stage.
 */
export function workspaceLookup(root: string, files: readonly string[], staged: StagedFiles): WorkspaceLookup {
  const host: ts.ModuleResolutionHost = {
    fileExists: (path) => kindIn(staged, path) === 'file',
    readFile: (path) => (kindIn(staged, path) === 'file' ? staged.read(path) : undefined),
    directoryExists: (folder) => kindIn(staged, folder) === 'folder',
    getDirectories: () => [],
  };
  const options = new Map<string, ts.CompilerOptions>();
  const optionsIn = (folder: string): ts.CompilerOptions => {
    const known = options.get(folder);
    if (known !== undefined) return known;
    const isTop = folder === root || dirname(folder) === folder;
    const found = readOptions(folder, host) ?? (isTop ? baseOptions : optionsIn(dirname(folder)));
    options.set(folder, found);
    return found;
  };
  return {
    files,
    resolve(specifier, from) {
      const { resolvedModule } = ts.resolveModuleName(specifier, from, optionsIn(dirname(from)), host);
      const path = resolvedModule?.resolvedFileName;
      return path !== undefined && kindIn(staged, path) === 'file' && path.startsWith(root) ? path : undefined;
    },
  };
}

const baseOptions: ts.CompilerOptions = {
  allowJs: true,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  preserveSymlinks: true,
};

function readOptions(folder: string, host: ts.ModuleResolutionHost): ts.CompilerOptions | undefined {
  const path = join(folder, 'tsconfig.json');
  const text = host.fileExists(path) ? host.readFile(path) : undefined;
  if (text === undefined) return undefined;
  const config: unknown = ts.parseConfigFileTextToJson(path, text).config;
  const parseHost = {
    useCaseSensitiveFileNames: true,
    fileExists: (file: string) => host.fileExists(file),
    readFile: (file: string) => host.readFile(file),
    readDirectory: () => [],
  };
  const { paths, pathsBasePath, baseUrl } = ts.parseJsonConfigFileContent(config ?? {}, parseHost, folder).options;
  return {
    ...baseOptions,
    ...(paths === undefined ? {} : { paths }),
    ...(pathsBasePath === undefined ? {} : { pathsBasePath }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
  };
}

/** The compiler also looks outside of the tree; there is nothing for it. */
function kindIn(staged: StagedFiles, path: string): 'file' | 'folder' | undefined {
  try {
    return staged.kindOf(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
