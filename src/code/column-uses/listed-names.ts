import type * as TypeScript from 'typescript';
import ts from '../typescript.cts';
import type { NamesInFile } from './names-in-file.ts';

/** The lists that a variable of names may be: what it begins as, and what it becomes. Empty for anything else. */
export function listsNamed(
  node: TypeScript.Expression,
  names: NamesInFile | undefined,
): readonly TypeScript.ArrayLiteralExpression[] {
  const declaration = ts.isIdentifier(node) ? names?.declarationOf(node) : undefined;
  if (names === undefined || declaration === undefined || !ts.isVariableDeclaration(declaration)) return [];
  const later = names.usesOf(declaration).flatMap(({ parent }) => {
    const isSet = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    return isSet ? [parent.right] : [];
  });
  return [declaration.initializer, ...later].flatMap((value) => {
    const list = value === undefined ? undefined : plain(value);
    return list !== undefined && ts.isArrayLiteralExpression(list) ? [list] : [];
  });
}

function plain(node: TypeScript.Expression): TypeScript.Expression {
  const isWrapped = ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node);
  return isWrapped ? plain(node.expression) : node;
}
