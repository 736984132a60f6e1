import ts from '../typescript.cts';
import { keyOf } from './declaration.ts';
import { describedBy, homeOf } from './package-name.ts';
import type { PackageStore } from './package-store.ts';
import { readItem } from './read-item.ts';
import type { ShapeReader } from './read-shape.ts';
import type { DeclarationKey } from './shape.ts';
import type { Entry, Item, Surface } from './surface.ts';
import { type ImportMode, type SurfaceProgram, surfaceProgram } from './surface-program.ts';

export type SurfaceRequest = {
  /** Folder from which the package is looked for. */
  readonly from: string;
  readonly package: string;
  readonly version: string;
  /** As imports write them: `chalk`, `rxjs/operators`. */
  readonly specifiers: readonly string[];
  readonly modes: readonly ImportMode[];
  /** Packages that have a surface of their own in the same comparison: they are only named here. */
  readonly apart: ReadonlySet<string>;
  readonly signal: AbortSignal;
};

/** React's types have some 1,500 named things; what goes beyond this many is only named, not compared. */
const itemsMax = 6_000;

/** Reads what the specifiers of a package export. Throws the signal's reason on abort. */
export function readSurface(store: PackageStore, request: SurfaceRequest): Surface {
  const { from, specifiers, modes, signal } = request;
  const seen = surfaceProgram(store, { from, specifiers, modes });
  const queue = new Set<ts.Symbol>();
  const reader: ShapeReader = {
    checker: seen.checker,
    itemKey: (declaration) => `${request.version} ${keyOf(declaration)}`,
    onNamed: (symbol) => queue.add(symbol),
    isCompared: (file) => isCompared(file.fileName, request),
  };
  const entries = modes.flatMap((mode) =>
    specifiers.flatMap((specifier) => readEntry(seen, { specifier, mode }, { reader, queue }) ?? []),
  );
  const globals = readGlobals(seen, reader, queue);
  if (globals !== undefined) entries.push(globals);
  const items = new Map<DeclarationKey, Item>();
  let isWhole = true;
  for (const symbol of queue) {
    signal.throwIfAborted();
    if (items.size >= itemsMax) {
      isWhole = false;
      break;
    }
    const item = readItem(reader, symbol);
    if (item !== undefined) items.set(item.key, item);
  }
  return {
    package: request.package,
    version: request.version,
    source: sourceOf(seen, request),
    entries,
    items,
    isWhole,
  };
}

/** What a package's types are made of may stand in other packages; Node's own types are compared only for themselves. */
function isCompared(file: string, { package: name, apart }: SurfaceRequest): boolean {
  const from = homeOf(file)?.name;
  if (from === undefined || from === 'undici-types' || from === 'typescript' || apart.has(describedBy(from)))
    return false;
  return from !== '@types/node' || name === '@types/node';
}

function readEntry(
  { checker, moduleOf }: SurfaceProgram,
  { specifier, mode }: { readonly specifier: string; readonly mode: ImportMode },
  { reader, queue }: { readonly reader: ShapeReader; readonly queue: Set<ts.Symbol> },
): Entry | undefined {
  const module = moduleOf(specifier, mode);
  if (module === undefined) return undefined;
  const exports = new Map<string, DeclarationKey>();
  const keep = (symbol: ts.Symbol): DeclarationKey | undefined => {
    const meant = resolved(checker, symbol);
    const declaration = meant.declarations?.[0];
    if (declaration === undefined) return undefined;
    queue.add(meant);
    return reader.itemKey(declaration);
  };
  for (const symbol of checker.getExportsOfModule(module)) {
    const key = keep(symbol);
    if (key !== undefined && symbol.name !== 'export=' && symbol.name !== 'prototype') exports.set(symbol.name, key);
  }
  const equals = module.exports?.get(ts.InternalSymbolName.ExportEquals);
  const exportEquals = equals === undefined ? undefined : keep(equals);
  return { specifier, mode, exports, ...(exportEquals === undefined ? {} : { exportEquals }) };
}

/** The name of the entry that holds what is there without an import: `declare global`, and files that are no modules. */
export const globalSpecifier = '(global)';

function readGlobals(
  { program, checker }: SurfaceProgram,
  reader: ShapeReader,
  queue: Set<ts.Symbol>,
): Entry | undefined {
  const exports = new Map<string, DeclarationKey>();
  for (const file of program.getSourceFiles()) {
    if (!file.isDeclarationFile || !reader.isCompared(file)) continue;
    for (const name of globalNames(file)) {
      const symbol = checker.getSymbolAtLocation(name);
      const declaration = symbol?.declarations?.[0];
      if (symbol === undefined || declaration === undefined) continue;
      queue.add(symbol);
      exports.set(symbol.name, reader.itemKey(declaration));
    }
  }
  return exports.size === 0 ? undefined : { specifier: globalSpecifier, mode: 'import', exports };
}

function globalNames(file: ts.SourceFile): readonly ts.Node[] {
  const blocks = file.statements.flatMap((statement) =>
    ts.isModuleDeclaration(statement) &&
    statement.name.text === 'global' &&
    statement.body !== undefined &&
    ts.isModuleBlock(statement.body)
      ? [...statement.body.statements]
      : [],
  );
  const own = ts.isExternalModule(file) ? [] : file.statements;
  return [...blocks, ...own].flatMap((statement) => {
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name);
    const isNamed =
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isFunctionDeclaration(statement) ||
      ts.isEnumDeclaration(statement);
    if (isNamed) return statement.name === undefined ? [] : [statement.name];
    return ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name) && statement.name.text !== 'global'
      ? [statement.name]
      : [];
  });
}

/** What an alias (`export { x } from`) leads to. */
function resolved(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

function sourceOf({ program }: SurfaceProgram, { package: name }: SurfaceRequest): Surface['source'] {
  const own = program
    .getSourceFiles()
    .filter(({ fileName }) => describedBy(homeOf(fileName)?.name ?? '') === describedBy(name));
  if (own.some(({ isDeclarationFile }) => isDeclarationFile)) return 'types';
  return own.length > 0 ? 'javascript' : 'none';
}
