import ts from '../typescript.cts';

/** A value that is written out in the source. `undefined` stands for what is computed. */
export type Literal = string | number | boolean | null | readonly Literal[] | { readonly [key: string]: Literal };

/**
 * What an expression comes to where it is written out, or names a constant of the file that is; undefined where it is
 * computed.
 */
export function literalOf(node: ts.Expression, depth = 0): Literal | undefined {
  const bare = withoutCasts(node);
  if (ts.isStringLiteralLike(bare)) return bare.text;
  if (ts.isNumericLiteral(bare)) return Number(bare.text);
  if (bare.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (bare.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (bare.kind === ts.SyntaxKind.NullKeyword) return null;
  if (ts.isPrefixUnaryExpression(bare) && bare.operator === ts.SyntaxKind.MinusToken) {
    const value = literalOf(bare.operand, depth);
    return typeof value === 'number' ? -value : undefined;
  }
  if (ts.isArrayLiteralExpression(bare)) {
    const items = bare.elements.map((element) => literalOf(element, depth));
    return items.includes(undefined) ? undefined : items.filter((item) => item !== undefined);
  }
  if (ts.isObjectLiteralExpression(bare)) return objectLiteral(bare, depth);
  if (!ts.isIdentifier(bare) || depth > 5) return undefined;
  const value = constantOf(bare);
  return value === undefined ? undefined : literalOf(value, depth + 1);
}

function objectLiteral(node: ts.ObjectLiteralExpression, depth: number): Literal | undefined {
  const entries: [string, Literal][] = [];
  for (const property of node.properties) {
    const key = keyOf(property);
    if (key === undefined || !ts.isPropertyAssignment(property)) return undefined;
    const value = literalOf(property.initializer, depth);
    if (value === undefined) return undefined;
    entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

/** The name of a property; undefined for a spread and for a computed one. */
export function keyOf(property: ts.ObjectLiteralElementLike): string | undefined {
  const { name } = property;
  if (name === undefined) return undefined;
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : undefined;
}

/** The value of a property that is written as `key: value`; the last of that name counts. */
export function propertyOf(object: ts.ObjectLiteralExpression, key: string): ts.Expression | undefined {
  const found = object.properties.findLast((property) => keyOf(property) === key);
  if (found === undefined) return undefined;
  if (ts.isShorthandPropertyAssignment(found)) return found.name;
  return ts.isPropertyAssignment(found) ? found.initializer : undefined;
}

/** The initial value of a top-level `const` that an identifier names. */
export function constantOf(identifier: ts.Identifier): ts.Expression | undefined {
  for (const statement of identifier.getSourceFile().statements) {
    if (!ts.isVariableStatement(statement) || (statement.declarationList.flags & ts.NodeFlags.Const) === 0) continue;
    for (const { name, initializer } of statement.declarationList.declarations)
      if (ts.isIdentifier(name) && name.text === identifier.text) return initializer;
  }
  return undefined;
}

/** The expression within parentheses and casts. */
export function withoutCasts(node: ts.Expression): ts.Expression {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return withoutCasts(node.expression);
  return node;
}

/** A text, or a list of texts, as a list; undefined where it is neither or computed. */
export function textsOf(node: ts.Expression | undefined): readonly string[] | undefined {
  const value = node === undefined ? [] : literalOf(node);
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return undefined;
  return value;
}
