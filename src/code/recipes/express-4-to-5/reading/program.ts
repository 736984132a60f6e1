import type { RecipeFile } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { expressTypes } from './express-types.ts';

/** A file as the compiler reads it, alone in a world that knows nothing but Express. */
export type OneFileProgram = { readonly tree: ts.SourceFile; readonly checker: ts.TypeChecker };

const typesName = '/express-types.d.ts';
const options: ts.CompilerOptions = {
  allowJs: true,
  allowSyntheticDefaultImports: true,
  esModuleInterop: false,
  jsx: ts.JsxEmit.Preserve,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noLib: true,
  noResolve: true,
  skipLibCheck: true,
  strict: true,
  target: ts.ScriptTarget.ESNext,
  types: [],
};

let types: ts.SourceFile | undefined;

/** Parses a file and readies a checker for it. Nothing is checked before it is asked about; no other file is read. */
export function oneFileProgram(file: RecipeFile): OneFileProgram {
  types ??= ts.createSourceFile(typesName, expressTypes, ts.ScriptTarget.ESNext, true);
  const declarations = types;
  const name = `/file.${extensions[file.language] ?? 'js'}`;
  const tree = ts.createSourceFile(name, file.text, ts.ScriptTarget.ESNext, true);
  const host: ts.CompilerHost = {
    fileExists: (path) => path === name || path === typesName,
    readFile: () => undefined,
    getSourceFile: (path) => (path === name ? tree : path === typesName ? declarations : undefined),
    getDefaultLibFileName: () => typesName,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (path) => path,
    getNewLine: () => '\n',
    useCaseSensitiveFileNames: () => true,
    writeFile: () => undefined,
  };
  const program = ts.createProgram({ rootNames: [name, typesName], options, host });
  return { tree, checker: program.getTypeChecker() };
}

const extensions: Readonly<Record<string, string>> = { javascript: 'js', typescript: 'ts', tsx: 'tsx' };
