import type * as TypeScript from 'typescript';
import { nodesBelow } from '../engine/compiler-tree.ts';
import ts from '../typescript.cts';

/** Constants of a file whose value is written where they are declared, with members as `T.users`. A name that is declared twice is none. */
export function constantsOf(tree: TypeScript.SourceFile): ReadonlyMap<string, TypeScript.Expression> {
  const found = new Map<string, TypeScript.Expression>();
  const several = new Set<string>();
  for (const node of nodesBelow(tree)) {
    if (!ts.isVariableDeclaration(node) && !ts.isParameter(node)) continue;
    if (!ts.isIdentifier(node.name)) continue;
    const { text } = node.name;
    const isConstant = ts.isVariableDeclaration(node) && (node.parent.flags & ts.NodeFlags.Const) !== 0;
    if (found.has(text) || several.has(text) || !isConstant || node.initializer === undefined) several.add(text);
    else found.set(text, node.initializer);
  }
  for (const name of several) found.delete(name);
  for (const [name, value] of [...found])
    for (const [key, member] of membersOf(value)) found.set(`${name}.${key}`, member);
  return found;
}

/** `{ users: 'users' } as const`: each value under its key. */
function membersOf(value: TypeScript.Expression): readonly (readonly [string, TypeScript.Expression])[] {
  const inner = ts.isAsExpression(value) || ts.isSatisfiesExpression(value) ? value.expression : value;
  if (!ts.isObjectLiteralExpression(inner)) return [];
  return inner.properties.flatMap((property) => {
    const key = propertyName(property);
    return key !== undefined && ts.isPropertyAssignment(property) ? [[key, property.initializer] as const] : [];
  });
}

/** The value of a constant that a name, or a member of a constant object, stands for. */
export function constantAt(
  node: TypeScript.Node,
  constants: ReadonlyMap<string, TypeScript.Expression>,
): TypeScript.Expression | undefined {
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) ? constants.get(node.getText()) : undefined;
}

/** The name that a property of a literal has, where it is written plainly. */
export function propertyName(node: TypeScript.ObjectLiteralElementLike | TypeScript.TypeElement): string | undefined {
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
