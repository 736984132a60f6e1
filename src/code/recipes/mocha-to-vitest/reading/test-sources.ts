import { posix } from 'node:path';
import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import type { TreeView } from '../../../recipe.ts';
import { within } from '../../../text/search-text.ts';
import ts from '../../../typescript.cts';
import { requiredModule } from '../../../vitest/source-names.ts';
import { type MochaFile, mochaFile, suiteAround } from './mocha-file.ts';
import type { MochaPackage } from './mocha-package.ts';

/** One source: what it is for Mocha, and the files of the package that it imports. */
type Source = {
  readonly root: ts.SourceFile;
  readonly mocha: MochaFile | undefined;
  readonly imports: readonly string[];
};
export type Sources = ReadonlyMap<string, Source>;

/** Every source of a package by its path from the folder of the package. */
export async function sourcesOf({ folder, files, ui }: MochaPackage, tree: TreeView): Promise<Sources> {
  const own = files.map((path) => (folder === '.' ? path : path.slice(folder.length + 1)));
  const all = new Set(own);
  const found = new Map<string, Source>();
  for (const path of own) {
    if (!/\.[cm]?[jt]sx?$/.test(path)) continue;
    const text = (await tree.read(within(folder, path)))?.text;
    if (text === undefined) continue;
    const root = parseSource(path, text);
    const mocha = ui === 'other' ? undefined : mochaFile({ path, text }, ui);
    found.set(path, { root, mocha, imports: importsOf(path, root, all) });
  }
  return found;
}

function importsOf(path: string, root: ts.SourceFile, all: ReadonlySet<string>): readonly string[] {
  return [...nodesBelow(root)].flatMap((node) => {
    const isStatement = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
    const named = isStatement ? node.moduleSpecifier : undefined;
    const specifier = named !== undefined && ts.isStringLiteral(named) ? named.text : requiredModule(node);
    if (specifier === undefined || !specifier.startsWith('.')) return [];
    const whole = posix.join(posix.dirname(path), specifier);
    const bare = whole.replace(/\.[cm]?js$/, '');
    const ends = ['', '.js', '.cjs', '.mjs', '.ts', '.cts', '.mts', '.tsx', '.jsx', '/index.js', '/index.ts'];
    const file = [whole, bare].flatMap((one) => ends.map((end) => one + end)).find((one) => all.has(one));
    return file === undefined ? [] : [file];
  });
}

/** True where a file, or one that it imports, declares suites or tests. */
export function declaresTests(path: string, sources: Sources, seen: Set<string> = new Set()): boolean {
  const source = sources.get(path);
  if (source === undefined || seen.has(path)) return false;
  seen.add(path);
  if (source.mocha?.declarations.some(({ role }) => role !== 'hook') === true) return true;
  return source.imports.some((one) => declaresTests(one, sources, seen));
}

/** True where a file has hooks outside of its suites: Mocha calls them around the tests of every file. */
export function hasRootHooks(path: string, sources: Sources): boolean {
  const file = sources.get(path)?.mocha;
  return (
    file?.declarations.some(
      ({ role, call }) => role === 'hook' && suiteAround(call, file) === undefined && !isInFunction(call),
    ) ?? false
  );
}

function isInFunction(node: ts.Node): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent) if (ts.isFunctionLike(at)) return true;
  return false;
}

/** True where a file does something when it is loaded, beside declaring and exporting. */
export function acts(path: string, sources: Sources): boolean {
  const statements = sources.get(path)?.root.statements ?? [];
  return statements.some((one) => {
    if (ts.isImportDeclaration(one)) return one.importClause === undefined;
    if (!ts.isExpressionStatement(one)) return ts.isIfStatement(one) || ts.isForOfStatement(one);
    const { expression } = one;
    if (ts.isStringLiteral(expression)) return false;
    return !(ts.isBinaryExpression(expression) && /^(module\.)?exports\b/.test(expression.left.getText()));
  });
}

/** True where another source of the package imports a file. */
export function isImported(path: string, sources: Sources): boolean {
  return [...sources].some(([from, { imports }]) => from !== path && imports.includes(path));
}
