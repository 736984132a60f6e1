import type * as TypeScript from 'typescript';
import ts from '../typescript.cts';

/** The name that a property of a literal has, where it is written plainly. */
export function propertyName(
  node: TypeScript.ObjectLiteralElementLike | TypeScript.TypeElement | TypeScript.EnumMember,
): string | undefined {
  const { name } = node;
  if (name === undefined) return undefined;
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}

/** The property of an object literal of that name. */
export function propertyOf(
  object: TypeScript.ObjectLiteralExpression,
  name: string,
): TypeScript.ObjectLiteralElementLike | undefined {
  return object.properties.find((property) => propertyName(property) === name);
}

/** A name as the key of an object literal or after a dot. */
export function spelledKey(name: string): string {
  return /^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name);
}

/** What a call calls: the last name of `a.b.c(…)`. */
export function calledName({ expression }: TypeScript.CallExpression): string | undefined {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : undefined;
}
