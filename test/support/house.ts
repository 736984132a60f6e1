import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** One thing that breaks a rule of the house: where, and what to do. */
export type Breach = { readonly file: string; readonly line: number; readonly message: string };

/** One import, export-from, dynamic import or import type; `target` is the file in this repository that it means. */
export type Import = {
  readonly specifier: string;
  readonly line: number;
  readonly target: string | undefined;
  readonly isTypeOnly: boolean;
};

/** One parsed file of the repository. */
export type Source = {
  /** From the root of the repository, with slashes: `src/core/plan.ts`. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  /** Every node of the tree, parents before children. */
  readonly nodes: readonly ts.Node[];
  readonly imports: readonly Import[];
};

/** A rule of the house, over any set of files, so that it can be tried on made-up ones. */
export type Rule = (sources: readonly Source[]) => readonly Breach[];

/** Parses a set of files, given as path and text. */
export function parseHouse(files: Readonly<Record<string, string>>): readonly Source[] {
  return Object.entries(files).map(([path, text]) => {
    const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS);
    const nodes = nodesOf(tree);
    return { path, text, tree, nodes, imports: importsOf(path, nodes) };
  });
}

/** Reads and parses every TypeScript file below the given folders of the repository. */
export function readHouse(root: string, folders: readonly string[]): readonly Source[] {
  const files: Record<string, string> = {};
  for (const folder of folders) {
    for (const name of namesBelow(join(root, folder))) {
      const path = `${folder}/${name.replaceAll('\\', '/')}`;
      if (path.endsWith('.ts') && !isCase(path)) files[path] = readFileSync(join(root, path), 'utf8');
    }
  }
  return parseHouse(files);
}

/** Breaches as lines that an editor can jump to. */
export function asLines(breaches: readonly Breach[]): readonly string[] {
  return breaches.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

/** Line of a node, counted from 1, its doc comment left out. */
export function lineOf(node: ts.Node): number {
  const tree = node.getSourceFile();
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

/** A node and all that it holds, parents before children. */
export function nodesOf(root: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}

/** True for a file that holds tests or serves only them. */
export function isTest(path: string): boolean {
  return path.startsWith('test/') || /\.(test|conformance)\.ts$/.test(path);
}

/** True for a file of a recipe's case or of a tree to look at: it is what users wrote. */
function isCase(path: string): boolean {
  return /^(src\/code\/recipes\/[^/]+\/cases|test\/trees)\//.test(path);
}

/** The top-level folder of a file in src (`src/db/sql/quote.ts` → `db`); undefined outside and for src/index.ts. */
export function folderOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

function namesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}

function importsOf(path: string, nodes: readonly ts.Node[]): readonly Import[] {
  const imports: Import[] = [];
  for (const node of nodes) {
    const specifier = specifierOf(node);
    if (specifier !== undefined) {
      const isTypeOnly = ts.isImportDeclaration(node) && node.importClause?.isTypeOnly === true;
      imports.push({
        specifier: specifier.text,
        line: lineOf(node),
        target: targetOf(path, specifier.text),
        isTypeOnly,
      });
    }
  }
  return imports;
}

function specifierOf(node: ts.Node): ts.StringLiteral | undefined {
  const specifier = specifierNode(node);
  return specifier !== undefined && ts.isStringLiteral(specifier) ? specifier : undefined;
}

function specifierNode(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0];
  return undefined;
}

function targetOf(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}.ts`;
  if (!specifier.startsWith('.')) return undefined;
  return new URL(specifier, `file:///${path}`).pathname.slice(1);
}
