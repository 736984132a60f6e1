import ts from '../typescript.cts';
import { type PackageStore, parseFile } from './package-store.ts';

/** How a package is asked for: `import` of an ES module, or `require` of CommonJS. */
export type ImportMode = 'import' | 'require';

/** One program that sees one side, and what each specifier means in it. */
export type SurfaceProgram = {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** The module's symbol; undefined where nothing is found. */
  moduleOf(specifier: string, mode: ImportMode): ts.Symbol | undefined;
};

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ESNext,
  lib: ['lib.esnext.full.d.ts'],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowJs: true,
  esModuleInterop: true,
  jsx: ts.JsxEmit.Preserve,
  maxNodeModuleJsDepth: 10,
  types: [],
};

/**
 * A program of our own whose only files import the given specifiers, each as an ES module and as CommonJS does, so that
 * `exports`, `typesVersions`, companions in `@types` and ambient modules are resolved by the compiler itself.
 */
export function surfaceProgram(
  store: PackageStore,
  wanted: {
    /** Folder from which packages are looked for. */
    readonly from: string;
    readonly specifiers: readonly string[];
    readonly modes: readonly ImportMode[];
  },
): SurfaceProgram {
  const probes = new Map<string, string>();
  const pathOf = (mode: ImportMode): string => `${wanted.from}/godwit-${mode}-probe.ts`;
  for (const mode of wanted.modes) {
    const lines = wanted.specifiers.map((specifier, index) =>
      mode === 'import'
        ? `import * as m${index} from ${JSON.stringify(specifier)};`
        : `import m${index} = require(${JSON.stringify(specifier)});`,
    );
    probes.set(pathOf(mode), lines.join('\n'));
  }
  const program = ts.createProgram({ rootNames: [...probes.keys()], options, host: hostOf(store, probes) });
  const checker = program.getTypeChecker();
  return {
    program,
    checker,
    moduleOf(specifier, mode) {
      const literal = literalsOf(program.getSourceFile(pathOf(mode))).find(({ text }) => text === specifier);
      return literal === undefined ? undefined : checker.getSymbolAtLocation(literal);
    },
  };
}

function literalsOf(file: ts.SourceFile | undefined): readonly ts.StringLiteral[] {
  return (file?.statements ?? []).flatMap((statement) => {
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier))
      return [statement.moduleSpecifier];
    if (!ts.isImportEqualsDeclaration(statement) || !ts.isExternalModuleReference(statement.moduleReference)) return [];
    const { expression } = statement.moduleReference;
    return ts.isStringLiteral(expression) ? [expression] : [];
  });
}

function hostOf(store: PackageStore, probes: ReadonlyMap<string, string>): ts.CompilerHost {
  const { system } = store;
  const readFile = (path: string): string | undefined => probes.get(path) ?? system.readFile(path);
  return {
    fileExists: (path) => probes.has(path) || system.fileExists(path),
    readFile,
    directoryExists: system.directoryExists,
    getDirectories: system.getDirectories,
    realpath: system.realpath,
    getSourceFile(path, how) {
      const text = readFile(path);
      return text === undefined ? undefined : parseFile({ path, text, how });
    },
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => undefined,
  };
}
