import ts from '../../../typescript.cts';
import { stringOf } from './walk.ts';

/** True for a specifier within the same tree. */
export function isRelative(specifier: ts.Node | undefined): boolean {
  return stringOf(specifier)?.startsWith('.') === true;
}

/** The specifier of `const x = require('…')`, and of `require('…').member`. */
export function requiredBy(node: ts.Node): ts.Node | undefined {
  const value = ts.isVariableDeclaration(node) ? node.initializer : node;
  if (value === undefined) return undefined;
  if (ts.isPropertyAccessExpression(value)) return requiredBy(value.expression);
  if (!ts.isCallExpression(value) || !ts.isIdentifier(value.expression)) return undefined;
  return value.expression.text === 'require' ? value.arguments[0] : undefined;
}

/** The module that a name, or a member of it, comes from. */
export function moduleOf(node: ts.Expression, reader: SymbolReader): string | undefined {
  const direct = stringOf(requiredBy(node));
  if (direct !== undefined) return direct;
  if (ts.isPropertyAccessExpression(node)) return moduleOf(node.expression, reader);
  if (!ts.isIdentifier(node)) return undefined;
  for (const declaration of reader.symbolOf(node)?.declarations ?? []) {
    const found = stringOf(specifierOf(declaration));
    if (found !== undefined) return found;
  }
  return undefined;
}

function specifierOf(declaration: ts.Node): ts.Node | undefined {
  if (ts.isImportClause(declaration)) return declaration.parent.moduleSpecifier;
  if (ts.isNamespaceImport(declaration)) return declaration.parent.parent.moduleSpecifier;
  if (ts.isImportSpecifier(declaration)) return declaration.parent.parent.parent.moduleSpecifier;
  if (ts.isImportEqualsDeclaration(declaration)) {
    const { moduleReference } = declaration;
    return ts.isExternalModuleReference(moduleReference) ? moduleReference.expression : undefined;
  }
  if (ts.isBindingElement(declaration)) return requiredBy(declaration.parent.parent);
  return requiredBy(declaration);
}

/** As much of a reader as it takes to find where a name comes from. */
type SymbolReader = { symbolOf(node: ts.Node): ts.Symbol | undefined };
