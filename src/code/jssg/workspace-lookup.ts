import { join } from 'node:path';
import ts from 'typescript';
import type { StagedFiles } from './staged-files.ts';

/** A range of a file, in UTF-16 code units. */
export type Location = { readonly file: string; readonly start: number; readonly end: number };

/** Names across the files of a workspace. */
export interface WorkspaceLookup {
  /** Where a name that comes from another file of the workspace is declared; undefined where it does not. */
  definition(file: string, offset: number): Location | undefined;
  /** Where the name at a place is used, in all files, imports included; its declaration in this file is not. */
  references(file: string, offset: number): readonly Location[];
  /** Says that a file has another text now. */
  changed(file: string): void;
}

/**
 * Opens a workspace with our own TypeScript. `files` are absolute; compiler options are those of the tsconfig.json in the
 * root, if it has one, so that aliases are followed.
 */
export function workspaceLookup(root: string, files: readonly string[], staged: StagedFiles): WorkspaceLookup {
  const versions = new Map<string, number>();
  const options = optionsOf(root, staged);
  const exists = (path: string): boolean => isReadable(staged, path);
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => files.filter(exists),
    getScriptVersion: (file) => String(versions.get(file) ?? 0),
    getScriptSnapshot(file) {
      const text = readIn(staged, file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    fileExists: exists,
    readFile: (file) => readIn(staged, file),
    directoryExists: (folder) => kindIn(staged, folder) === 'folder',
    getDirectories: () => [],
  });
  const isOwn = (file: string): boolean => file.startsWith(root) && !file.includes('/node_modules/');
  return {
    definition(file, offset) {
      const found = service
        .getDefinitionAtPosition(file, offset)
        ?.find((one) => isOwn(one.fileName) && one.fileName !== file);
      return found === undefined ? undefined : locationOf(found.fileName, found.textSpan);
    },
    references(file, offset) {
      const entries = (service.findReferences(file, offset) ?? []).flatMap(({ references }) => references);
      const wanted = entries.filter(
        (entry) => isOwn(entry.fileName) && !(entry.fileName === file && entry.isDefinition === true),
      );
      const byPlace = new Map(wanted.map((entry) => [`${entry.fileName}:${entry.textSpan.start}`, entry]));
      return [...byPlace.values()].map((entry) => locationOf(entry.fileName, entry.textSpan));
    },
    changed: (file) => void versions.set(file, (versions.get(file) ?? 0) + 1),
  };
}

function locationOf(file: string, { start, length }: ts.TextSpan): Location {
  return { file, start, end: start + length };
}

function optionsOf(root: string, staged: StagedFiles): ts.CompilerOptions {
  const path = join(root, 'tsconfig.json');
  const text = readIn(staged, path);
  const config: unknown = text === undefined ? {} : ts.parseConfigFileTextToJson(path, text).config;
  const host = {
    useCaseSensitiveFileNames: true,
    fileExists: (file: string) => isReadable(staged, file),
    readFile: (file: string) => readIn(staged, file),
    readDirectory: () => [],
  };
  const { paths, baseUrl } = ts.parseJsonConfigFileContent(config ?? {}, host, root).options;
  return {
    allowJs: true,
    noEmit: true,
    noLib: true,
    types: [],
    jsx: ts.JsxEmit.Preserve,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    ignoreDeprecations: '6.0',
    ...(paths === undefined ? {} : { paths }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
  };
}

function isReadable(staged: StagedFiles, path: string): boolean {
  return kindIn(staged, path) === 'file';
}

function readIn(staged: StagedFiles, path: string): string | undefined {
  return isReadable(staged, path) ? staged.read(path) : undefined;
}

/** The compiler also looks outside of the tree, for types of others; there is nothing for it. */
function kindIn(staged: StagedFiles, path: string): 'file' | 'folder' | undefined {
  try {
    return staged.kindOf(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
