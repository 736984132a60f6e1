import type * as TypeScript from 'typescript';
import { parseFile } from '../api/package-store.ts';
import { folderPath } from '../text/search-text.ts';
import { joined } from '../tree/tree-path.ts';
import ts from '../typescript.cts';

/** The sources of a tree as the compiler sees them, with types of its library and of what is installed. */
export type TypedTree = {
  readonly checker: TypeScript.TypeChecker;
  sourceOf(path: string): TypeScript.SourceFile | undefined;
  /** Types of which a value that has a type's members may also be: wrappers, maps, sets, arguments, functions. */
  readonly probes: readonly TypeScript.Type[];
  readonly program: TypeScript.Program;
};

const root = '/tree/';
const probeName = `${root}godwit-probes.ts`;
const probeText = ['String', 'Number', 'Boolean', 'Map<any, any>', 'Set<any>', 'IArguments', 'Function', 'any[]']
  .map((type, at) => `export declare const probe${at}: ${type};`)
  .join('\n');

const options: TypeScript.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  // A name at the top of a script would be one with that of the library: `const { isFinite } = require('lodash')`.
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ['lib.esnext.full.d.ts'],
  jsx: ts.JsxEmit.Preserve,
  strict: true,
  noUncheckedIndexedAccess: true,
  esModuleInterop: true,
  allowJs: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
};

/** Texts by path, and which file of them a specifier in a file reaches. */
export type Texts = ReadonlyMap<string, string>;

/**
 * Reads sources together. JavaScript is read as TypeScript without annotations, so that what comments say of types is not
 * believed. Indexed access may be undefined, whatever the tree's own options say.
 */
export function typedTree(
  texts: Texts,
  { roots, before }: { readonly roots: readonly string[]; readonly before: TypedTree | undefined },
): TypedTree {
  const host = hostOf(texts, before);
  const program = ts.createProgram({
    rootNames: [probeName, ...roots.map(nameOf)],
    options,
    host,
    ...(before === undefined ? {} : { oldProgram: before.program }),
  });
  const checker = program.getTypeChecker();
  const probes = program.getSourceFile(probeName);
  const symbol = probes === undefined ? undefined : checker.getSymbolAtLocation(probes);
  return {
    checker,
    program,
    sourceOf: (path) => program.getSourceFile(nameOf(path)),
    probes: symbol === undefined ? [] : checker.getExportsOfModule(symbol).map((one) => checker.getTypeOfSymbol(one)),
  };
}

/** The name under which a file of the tree is compiled. */
function nameOf(path: string): string {
  return root + (/\.[cm]?jsx?$/.test(path) ? `${path}.tsx` : path);
}

function pathOf(name: string): string {
  return name.slice(root.length).replace(/(\.[cm]?jsx?)\.tsx$/, '$1');
}

function hostOf(texts: Texts, before: TypedTree | undefined): TypeScript.CompilerHost {
  const textOf = (name: string): string | undefined => {
    if (name === probeName) return probeText;
    return name.startsWith(root) ? texts.get(pathOf(name)) : undefined;
  };
  return {
    fileExists: (name) => textOf(name) !== undefined,
    readFile: textOf,
    getSourceFile(name, how) {
      const text = textOf(name);
      if (text === undefined) {
        const library = name.startsWith(root) ? undefined : ts.sys.readFile(name);
        return library === undefined ? undefined : parseFile({ path: name, text: library, how });
      }
      const old = before?.program.getSourceFile(name);
      if (old?.text === text) return old;
      return ts.createSourceFile(name, text, how, true);
    },
    resolveModuleNameLiterals: (literals, containing) =>
      literals.map(({ text }) => {
        const path = reached(pathOf(containing), text, texts);
        if (path === undefined) return { resolvedModule: undefined };
        const resolvedFileName = nameOf(path);
        const extension = /\.d\.[cm]?ts$/.test(path) ? ts.Extension.Dts : `.${resolvedFileName.split('.').at(-1)}`;
        return { resolvedModule: { resolvedFileName, extension, isExternalLibraryImport: false } };
      }),
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    getDefaultLibLocation: () => folderPath(ts.getDefaultLibFilePath(options)),
    getCurrentDirectory: () => root,
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => undefined,
  };
}

const endings = ['', '.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts'];

/** The file of the tree that a relative specifier reaches, as TypeScript and bundlers look for it. */
function reached(path: string, specifier: string, texts: Texts): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const target = joined(folderPath(path), specifier);
  const bare = target.replace(/\.([cm]?)jsx?$/, '');
  const bases = bare === target ? [target, `${target}/index`] : [target, bare];
  return bases
    .flatMap((base) => endings.map((ending) => base + ending))
    .find((one) => texts.has(one) && /\.[cm]?[jt]sx?$/.test(one));
}
