import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import type { RecipeFile } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { isDeclared, requiredModule } from '../../../vitest/source-names.ts';

/** A file that speaks of Jest, and what its names mean. */
export type TestFile = {
  readonly root: ts.SourceFile;
  readonly isTypescript: boolean;
  /** Every node, parents first. */
  readonly nodes: readonly ts.Node[];
  /** Uses of Jest's own object, by whatever name the file calls it; not where that name is declared. */
  readonly uses: readonly ts.Identifier[];
  /** Whether the object is global or comes from `@jest/globals`, which types `jest.Mock` otherwise. */
  readonly isImported: boolean;
};

/** Reads a file. A name `jest` that the file declares itself is not Jest's. */
export function testFile({ path, text }: Pick<RecipeFile, 'path' | 'text'>): TestFile {
  const root = parseSource(path, text);
  const nodes = [...nodesBelow(root)];
  const imported = nodes.flatMap((node) => importedJest(node));
  const own = nodes.some((node) => isDeclared(node, 'jest') && !isFromGlobals(node));
  const names = new Set([...imported, ...(own || imported.length > 0 ? [] : ['jest'])]);
  const uses = nodes.filter((node): node is ts.Identifier => ts.isIdentifier(node) && names.has(node.text));
  return {
    root,
    isTypescript: /\.[cm]?tsx?$/.test(path),
    nodes,
    uses: uses.filter((node) => isUse(node)),
    isImported: imported.length > 0,
  };
}

/** The module of Jest's globals. */
export const globalsModule = '@jest/globals';

function importedJest(node: ts.Node): readonly string[] {
  if (ts.isImportSpecifier(node))
    return isFromGlobals(node) && (node.propertyName ?? node.name).text === 'jest' ? [node.name.text] : [];
  if (!ts.isBindingElement(node) || !ts.isIdentifier(node.name) || !isFromGlobals(node)) return [];
  const key = node.propertyName ?? node.name;
  return ts.isIdentifier(key) && key.text === 'jest' ? [node.name.text] : [];
}

/** True for a name that is taken from `@jest/globals`, by import or `require`. */
function isFromGlobals(node: ts.Node): boolean {
  if (ts.isImportSpecifier(node)) {
    const { moduleSpecifier } = node.parent.parent.parent;
    return ts.isStringLiteral(moduleSpecifier) && moduleSpecifier.text === globalsModule;
  }
  const declaration = ts.isBindingElement(node) ? node.parent.parent : undefined;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return false;
  return requiredModule(declaration.initializer) === globalsModule;
}

/** Not a declaration, a key, a property of something else, or a label. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isMethodDeclaration(parent)) return false;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  return !ts.isPropertySignature(parent) && !ts.isJsxAttribute(parent) && !ts.isModuleDeclaration(parent);
}

/** Functions that declare tests, and hooks; a callback of theirs may be asynchronous. */
export const testNames: ReadonlySet<string> = new Set(['it', 'test', 'xit', 'xtest', 'fit']);
export const hookNames: ReadonlySet<string> = new Set(['beforeAll', 'beforeEach', 'afterAll', 'afterEach']);
