import ts from 'typescript';
import type { ImportStyle, Use } from './use.ts';
import { type Sight, symbolAt, useAt, watchedKeys } from './use-sight.ts';

const mocks =
  /^(jest|vi|vitest|mock|td)\.(mock|doMock|unmock|dontMock|requireActual|requireMock|importActual|importMock|setMock|createMockFromModule|module|replace|replaceEsm)$/;

/**
 * The uses that an import makes: one for each name, one for the module where no name is taken. Nothing where the node
 * imports nothing that is wanted.
 */
export function importUses(sight: Sight, node: ts.Node): readonly Use[] {
  if (ts.isImportDeclaration(node)) return fromDeclaration(sight, node);
  if (ts.isExportDeclaration(node)) return fromExport(sight, node);
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    const specifier = literalText(node.moduleReference.expression);
    if (specifier === undefined || !sight.isWanted(specifier)) return [];
    return [imported(sight, node.name, { style: 'import-equals', name: '*', specifier })];
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const specifier = literalText(node.argument.literal);
    if (specifier === undefined || !sight.isWanted(specifier)) return [];
    const first = node.qualifier === undefined ? undefined : firstOf(node.qualifier);
    return [imported(sight, first ?? node.argument, { style: 'type', name: first?.text ?? '*', specifier })];
  }
  return ts.isCallExpression(node) ? fromCall(sight, node) : [];
}

type Imported = {
  readonly style: ImportStyle;
  readonly name: string;
  readonly specifier: string;
  readonly local?: string;
};

function imported(sight: Sight, node: ts.Node, { style, name, specifier, local }: Imported): Use {
  return useAt(sight, node, {
    role: { kind: 'import', style, name, local: local ?? node.getText(sight.file) },
    keys: name === '' ? [] : watchedKeys(sight, symbolAt(sight.checker, node)),
    exported: { specifier, name },
  });
}

function fromDeclaration(sight: Sight, node: ts.ImportDeclaration): readonly Use[] {
  const specifier = literalText(node.moduleSpecifier);
  if (specifier === undefined || !sight.isWanted(specifier)) return [];
  const { importClause } = node;
  if (importClause === undefined)
    return [imported(sight, node.moduleSpecifier, { style: 'side-effect', name: '', specifier })];
  const uses: Use[] = [];
  if (importClause.name !== undefined)
    uses.push(imported(sight, importClause.name, { style: 'default', name: 'default', specifier }));
  const bindings = importClause.namedBindings;
  if (bindings !== undefined && ts.isNamespaceImport(bindings))
    uses.push(imported(sight, bindings.name, { style: 'namespace', name: '*', specifier }));
  if (bindings !== undefined && ts.isNamedImports(bindings))
    uses.push(...named(sight, bindings.elements, { style: 'named', specifier }));
  return uses;
}

function fromExport(sight: Sight, node: ts.ExportDeclaration): readonly Use[] {
  const specifier = literalText(node.moduleSpecifier);
  if (specifier === undefined || !sight.isWanted(specifier)) return [];
  const clause = node.exportClause;
  if (clause !== undefined && ts.isNamedExports(clause))
    return named(sight, clause.elements, { style: 'export-from', specifier });
  return node.moduleSpecifier === undefined
    ? []
    : [imported(sight, node.moduleSpecifier, { style: 'export-from', name: '*', specifier })];
}

function named(
  sight: Sight,
  elements: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[],
  { style, specifier }: { readonly style: ImportStyle; readonly specifier: string },
): readonly Use[] {
  return elements.map((element) => {
    const node = element.propertyName ?? element.name;
    return imported(sight, node, { style, name: node.text, specifier, local: element.name.text });
  });
}

/** `require`, `import()` and mocks. What is taken from the module at once is a use of its own. */
function fromCall(sight: Sight, node: ts.CallExpression): readonly Use[] {
  const style = styleOf(node);
  const specifier = literalText(node.arguments[0]);
  const [literal] = node.arguments;
  if (style === undefined || specifier === undefined || literal === undefined || !sight.isWanted(specifier)) return [];
  if (style === 'mock') return [imported(sight, literal, { style, name: '', specifier })];
  const taker = takerOf(node);
  if (ts.isPropertyAccessExpression(taker))
    return [imported(sight, taker.name, { style, name: taker.name.text, specifier })];
  if (!ts.isVariableDeclaration(taker)) return [imported(sight, literal, { style, name: '*', specifier })];
  if (!ts.isObjectBindingPattern(taker.name)) return [imported(sight, taker.name, { style, name: '*', specifier })];
  return taker.name.elements.map((element) => {
    const key = element.propertyName ?? element.name;
    const name =
      element.dotDotDotToken === undefined && (ts.isIdentifier(key) || ts.isStringLiteral(key)) ? key.text : '*';
    return imported(sight, key, { style, name, specifier, local: element.name.getText(sight.file) });
  });
}

function styleOf({ expression, arguments: list }: ts.CallExpression): ImportStyle | undefined {
  if (list.length === 0) return undefined;
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return 'dynamic';
  if (ts.isIdentifier(expression) && expression.text === 'require') return 'require';
  const text = expression.getText();
  return mocks.test(text) || text === 'require.resolve' || text === 'import.meta.resolve' ? 'mock' : undefined;
}

/** What the module is given to: a variable or a property access; the call itself otherwise. */
function takerOf(node: ts.Node): ts.Node {
  const { parent } = node;
  if (ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent)) return takerOf(parent);
  if (ts.isVariableDeclaration(parent) && parent.initializer === node) return parent;
  return ts.isPropertyAccessExpression(parent) && parent.expression === node ? parent : node;
}

function firstOf(name: ts.EntityName): ts.Identifier {
  return ts.isIdentifier(name) ? name : firstOf(name.left);
}

function literalText(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}
