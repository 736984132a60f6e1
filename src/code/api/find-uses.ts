import ts from '../typescript.cts';
import type { Use } from './use.ts';
import { importUses } from './use-imports.ts';
import { literalUses, overrideUses } from './use-literals.ts';
import { roleOf } from './use-role.ts';
import { type Sight, symbolAt, useAt, watchedKeys } from './use-sight.ts';

/**
 * Every use of the watched packages in one file, by symbol: imports in all styles, values, types, members, options in
 * object literals and JSX, members that are overridden. JavaScript included. The file must be of the sight's program.
 */
export function findUses(sight: Sight): readonly Use[] {
  const uses: Use[] = [];
  const visit = (node: ts.Node): void => {
    const imports = importUses(sight, node);
    uses.push(...imports);
    if (imports.length > 0 && !ts.isCallExpression(node) && !ts.isImportTypeNode(node)) return;
    if (ts.isImportDeclaration(node)) return;
    if (ts.isObjectLiteralExpression(node) || ts.isJsxAttributes(node)) uses.push(...literalUses(sight, node));
    if (ts.isClassLike(node) || ts.isInterfaceDeclaration(node)) uses.push(...overrideUses(sight, node));
    if (ts.isObjectBindingPattern(node)) uses.push(...bindingUses(sight, node));
    if (ts.isIdentifier(node) || isElementName(node)) uses.push(...nameUses(sight, node));
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(sight.file, visit);
  const isKnown = new Set<string>();
  return uses.filter(({ place, role }) => {
    const id = `${place.offset} ${place.length} ${role.kind}`;
    if (isKnown.has(id)) return false;
    isKnown.add(id);
    return true;
  });
}

function isElementName(node: ts.Node): node is ts.StringLiteralLike {
  return (
    ts.isStringLiteralLike(node) && ts.isElementAccessExpression(node.parent) && node.parent.argumentExpression === node
  );
}

function nameUses(sight: Sight, node: ts.Identifier | ts.StringLiteralLike): readonly Use[] {
  if (isDeclared(node) && !isAugmented(node)) return [];
  const symbol = symbolAt(sight.checker, node);
  const keys = watchedKeys(sight, symbol);
  const exported = exportedAt(sight, node);
  const untypedOf = symbol === undefined ? ownerOf(sight, node) : undefined;
  if (keys.length === 0 && exported === undefined && untypedOf === undefined) return [];
  return [useAt(sight, node, { role: roleOf(sight, node), keys, exported, untypedOf })];
}

/** The own name of a declaration, a property of a literal, an attribute: these are told otherwise, or no uses. */
function isDeclared(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return false;
  if (ts.isBindingElement(parent)) return true;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent)) return false;
  return 'name' in parent && parent.name === node;
}

/** Of a member that its owner's type does not have: the owner, where it is the package's. */
function ownerOf(sight: Sight, node: ts.Node): Use['untypedOf'] {
  const { parent } = node;
  if (!ts.isPropertyAccessExpression(parent) || parent.name !== node) return undefined;
  const type = sight.checker.getTypeAtLocation(parent.expression);
  const keys = [...watchedKeys(sight, type.aliasSymbol), ...watchedKeys(sight, type.getSymbol())];
  return keys.length === 0 ? undefined : keys;
}

/** An interface or namespace that adds to the package's own. */
function isAugmented({ parent }: ts.Node): boolean {
  return ts.isInterfaceDeclaration(parent) || ts.isModuleDeclaration(parent);
}

/** `space.name`, where `space` is the namespace of a module: what is read is an export. */
function exportedAt({ checker, isWanted }: Sight, node: ts.Node): Use['exported'] {
  const { parent } = node;
  const left =
    ts.isPropertyAccessExpression(parent) && parent.name === node
      ? parent.expression
      : ts.isQualifiedName(parent) && parent.right === node
        ? parent.left
        : undefined;
  if (left === undefined || !ts.isIdentifier(node)) return undefined;
  const symbol = checker.getSymbolAtLocation(left);
  const specifier = symbol?.declarations?.map(moduleOf).find((found) => found !== undefined);
  if (specifier === undefined || symbol === undefined || (symbol.flags & ts.SymbolFlags.Alias) === 0) return undefined;
  return isWanted(specifier) ? { specifier, name: node.text } : undefined;
}

/** The specifier of a namespace import, `import x = require()` or `const x = require()`. */
function moduleOf(declaration: ts.Declaration): string | undefined {
  if (ts.isNamespaceImport(declaration)) return textOf(declaration.parent.parent.moduleSpecifier);
  if (ts.isImportEqualsDeclaration(declaration) && ts.isExternalModuleReference(declaration.moduleReference))
    return textOf(declaration.moduleReference.expression);
  if (!ts.isVariableDeclaration(declaration)) return undefined;
  const { initializer } = declaration;
  return initializer !== undefined && ts.isCallExpression(initializer) ? textOf(initializer.arguments[0]) : undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** `const { member } = value` reads a member. */
function bindingUses(sight: Sight, node: ts.ObjectBindingPattern): readonly Use[] {
  const { checker } = sight;
  const type = checker.getTypeAtLocation(node);
  return node.elements.flatMap((element) => {
    const key = element.propertyName ?? element.name;
    if (element.dotDotDotToken !== undefined || !(ts.isIdentifier(key) || ts.isStringLiteralLike(key))) return [];
    const keys = watchedKeys(sight, checker.getPropertyOfType(type, key.text));
    return keys.length === 0 ? [] : [useAt(sight, key, { role: { kind: 'read' }, keys })];
  });
}
