import ts from '../typescript.cts';
import type { Use } from './use.ts';
import { type Sight, useAt, watchedKeys } from './use-sight.ts';

/** What an object literal, or the attributes of a JSX element, give to a type of the package: each property, and the whole. */
export function literalUses(sight: Sight, node: ts.ObjectLiteralExpression | ts.JsxAttributes): readonly Use[] {
  const { checker } = sight;
  const contextual = checker.getContextualType(node);
  if (contextual === undefined) return [];
  const types = partsOf(checker.getNonNullableType(contextual));
  const owners = types.flatMap((type) => [
    ...watchedKeys(sight, type.aliasSymbol),
    ...watchedKeys(sight, type.getSymbol()),
  ]);
  const uses: Use[] = [];
  const present: string[] = [];
  for (const property of node.properties) {
    const { name } = property;
    const text = name === undefined ? undefined : nameOf(name);
    if (name === undefined || text === undefined) continue;
    present.push(text);
    const keys = types.flatMap((type) => watchedKeys(sight, checker.getPropertyOfType(type, text)));
    if (keys.length > 0) uses.push(useAt(sight, name, { role: { kind: 'option' }, keys: [...new Set(keys)] }));
  }
  if (owners.length === 0) return uses;
  const isOpen = node.properties.length !== present.length;
  return [...uses, useAt(sight, node, { role: { kind: 'literal', present, isOpen }, keys: [...new Set(owners)] })];
}

/** Members of the package's classes and interfaces that a class or interface of the tree defines itself. */
export function overrideUses(sight: Sight, node: ts.ClassLikeDeclaration | ts.InterfaceDeclaration): readonly Use[] {
  const { checker } = sight;
  const uses: Use[] = [];
  for (const clause of node.heritageClauses ?? []) {
    const isImplemented = clause.token === ts.SyntaxKind.ImplementsKeyword;
    for (const base of clause.types) {
      const type = checker.getTypeAtLocation(base);
      const present: string[] = [];
      for (const member of node.members) {
        const text = member.name === undefined ? undefined : nameOf(member.name);
        if (member.name === undefined || text === undefined) continue;
        present.push(text);
        const keys = watchedKeys(sight, checker.getPropertyOfType(type, text));
        if (keys.length > 0) uses.push(useAt(sight, member.name, { role: { kind: 'override' }, keys }));
      }
      const keys = isImplemented ? watchedKeys(sight, type.getSymbol()) : [];
      const at = node.name ?? base;
      if (keys.length > 0) uses.push(useAt(sight, at, { role: { kind: 'literal', present, isOpen: false }, keys }));
    }
  }
  return uses;
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

function nameOf(node: ts.Node): string | undefined {
  return ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) ? node.text : undefined;
}
