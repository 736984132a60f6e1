import ts from '../typescript.cts';
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
    return [imported(sight, node.name, { style: 'import-equals', name: '*', module: node.moduleReference.expression })];
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const specifier = literalText(node.argument.literal);
    if (specifier === undefined || !sight.isWanted(specifier)) return [];
    const first = node.qualifier === undefined ? undefined : firstOf(node.qualifier);
    return [
      imported(sight, first ?? node.argument, {
        style: 'type',
        name: first?.text ?? '*',
        module: node.argument.literal,
      }),
    ];
  }
  return ts.isCallExpression(node) ? fromCall(sight, node) : [];
}

type Imported = {
  readonly style: ImportStyle;
  readonly name: string;
  /** The literal that names the module. */
  readonly module: ts.Node;
  readonly local?: string;
  readonly isAlone?: boolean;
};

function imported(sight: Sight, node: ts.Node, { style, name, module, local, isAlone }: Imported): Use {
  const specifier = literalText(module) ?? '';
  const isWritten = style === 'require' || style === 'import-equals';
  const isStatic =
    style === 'named' ||
    style === 'default' ||
    style === 'namespace' ||
    style === 'export-from' ||
    style === 'side-effect';
  const isTypeOnly =
    ts.findAncestor(node, ts.isImportDeclaration)?.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  return useAt(sight, node, {
    role: {
      kind: 'import',
      style,
      name,
      local: local ?? node.getText(sight.file),
      isAlone: isAlone ?? true,
      isRequired: isWritten || (isStatic && sight.isCommonJs && !isTypeOnly),
      module: { offset: module.getStart(sight.file) + 1 + sight.markLength, length: specifier.length },
    },
    keys: name === '' ? [] : watchedKeys(sight, symbolAt(sight.checker, node)),
    exported: { specifier, name },
  });
}

function fromDeclaration(sight: Sight, node: ts.ImportDeclaration): readonly Use[] {
  const module = node.moduleSpecifier;
  if (!isWantedLiteral(sight, module)) return [];
  const { importClause } = node;
  if (importClause === undefined) return [imported(sight, module, { style: 'side-effect', name: '', module })];
  const uses: Use[] = [];
  const { name, namedBindings: bindings } = importClause;
  if (name !== undefined)
    uses.push(imported(sight, name, { style: 'default', name: 'default', module, isAlone: bindings === undefined }));
  if (bindings !== undefined && ts.isNamespaceImport(bindings))
    uses.push(imported(sight, bindings.name, { style: 'namespace', name: '*', module, isAlone: name === undefined }));
  if (bindings !== undefined && ts.isNamedImports(bindings))
    uses.push(...named(sight, bindings.elements, { style: 'named', module, isAlone: name === undefined }));
  return uses;
}

function fromExport(sight: Sight, node: ts.ExportDeclaration): readonly Use[] {
  const module = node.moduleSpecifier;
  if (module === undefined || !isWantedLiteral(sight, module)) return [];
  const clause = node.exportClause;
  if (clause !== undefined && ts.isNamedExports(clause))
    return named(sight, clause.elements, { style: 'export-from', module, isAlone: true });
  return [imported(sight, module, { style: 'export-from', name: '*', module })];
}

function named(
  sight: Sight,
  elements: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[],
  { style, module, isAlone }: { readonly style: ImportStyle; readonly module: ts.Node; readonly isAlone: boolean },
): readonly Use[] {
  return elements.map((element) => {
    const node = element.propertyName ?? element.name;
    const local = element.name.text;
    return imported(sight, node, { style, name: node.text, module, local, isAlone: isAlone && elements.length === 1 });
  });
}

/** `require`, `import()` and mocks. What is taken from the module at once is a use of its own. */
function fromCall(sight: Sight, node: ts.CallExpression): readonly Use[] {
  const style = styleOf(node);
  const [module] = node.arguments;
  if (style === undefined || module === undefined || !isWantedLiteral(sight, module)) return [];
  if (style === 'mock') return [imported(sight, module, { style, name: '', module })];
  const taker = takerOf(node);
  if (ts.isPropertyAccessExpression(taker))
    return [imported(sight, taker.name, { style, name: taker.name.text, module })];
  if (!ts.isVariableDeclaration(taker)) return [imported(sight, module, { style, name: '*', module })];
  if (!ts.isObjectBindingPattern(taker.name)) return [imported(sight, taker.name, { style, name: '*', module })];
  const { elements } = taker.name;
  return elements.map((element) => {
    const key = element.propertyName ?? element.name;
    const isNamed = element.dotDotDotToken === undefined && (ts.isIdentifier(key) || ts.isStringLiteral(key));
    const local = element.name.getText(sight.file);
    return imported(sight, key, {
      style,
      name: isNamed ? key.text : '*',
      module,
      local,
      isAlone: elements.length === 1,
    });
  });
}

function isWantedLiteral(sight: Sight, node: ts.Node): boolean {
  const specifier = literalText(node);
  return specifier !== undefined && sight.isWanted(specifier);
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
