import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import { propertyName } from '../syntax.ts';
import type { Target } from './tree-modules.ts';

/** What is asked of a tree where a member is looked for. */
export type Meanings = {
  /** What an expression, or the name of a type, stands for. */
  targetOf(node: TypeScript.Node): Target | undefined;
  givenBy(path: string, name: string): Target | undefined;
};

const depthMax = 8;

/** What a member of something is, by the literal, the class or the type that is written for it. */
export function memberOf(target: Target, name: string, meanings: Meanings, depth = 0): Target | undefined {
  if (depth > depthMax) return undefined;
  const next = (of: Target | undefined) => (of === undefined ? undefined : memberOf(of, name, meanings, depth + 1));
  if (target.kind === 'module') {
    const all = name === '=' ? undefined : meanings.givenBy(target.path, name);
    return all ?? next(meanings.givenBy(target.path, '='));
  }
  const { node } = target;
  const type = typeOf(node);
  if (type !== undefined) return typeMember(type, name, meanings, depth);
  if (ts.isVariableDeclaration(node)) return isConstant(node) ? next(found(node.initializer)) : undefined;
  if (ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node)) return next(found(node.initializer));
  if (ts.isBindingElement(node)) return next(boundTo(node, meanings));
  if (ts.isEnumDeclaration(node)) return found(node.members.find((one) => propertyName(one) === name));
  if (ts.isClassLike(node)) return found(classMember(node, name, true)) ?? next(baseOf(node, meanings));
  if (!ts.isExpression(node)) return undefined;
  const value = plain(node);
  if (ts.isObjectLiteralExpression(value)) return ofLiteral(value, name, (of) => next(meanings.targetOf(of)));
  if (!ts.isNewExpression(value)) return value === node ? undefined : next(found(value));
  const made = meanings.targetOf(value.expression);
  return made?.kind === 'node' ? instanceMember(made.node, name, meanings, depth + 1) : undefined;
}

/** What a name that is taken out of something stands for: `const { db } = deps`. */
export function boundTo(element: TypeScript.BindingElement, meanings: Meanings): Target | undefined {
  const own = element.propertyName ?? element.name;
  const { parent: pattern } = element;
  if (!ts.isIdentifier(own) || element.dotDotDotToken !== undefined || !ts.isObjectBindingPattern(pattern))
    return undefined;
  const { parent: holder } = pattern;
  if (typeOf(holder) !== undefined) return memberOf({ kind: 'node', node: holder }, own.text, meanings);
  const source = ts.isBindingElement(holder)
    ? boundTo(holder, meanings)
    : holder.initializer && meanings.targetOf(holder.initializer);
  return source === undefined ? undefined : memberOf(source, own.text, meanings);
}

/** The type that is written for what a node declares, in TypeScript or in a comment. */
export function typeOf(node: TypeScript.Node): TypeScript.TypeNode | undefined {
  const isTyped =
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertySignature(node);
  return isTyped ? (node.type ?? ts.getJSDocType(node)) : undefined;
}

/** Without parentheses, types and `Object.freeze(…)`. */
export function plain(node: TypeScript.Expression): TypeScript.Expression {
  const isSame =
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node);
  if (isSame) return plain(node.expression);
  const [first] = ts.isCallExpression(node) && node.expression.getText() === 'Object.freeze' ? node.arguments : [];
  return first === undefined ? node : plain(first);
}

function found(node: TypeScript.Node | undefined): Target | undefined {
  return node === undefined ? undefined : { kind: 'node', node };
}

function isConstant({ parent }: TypeScript.VariableDeclaration): boolean {
  return (parent.flags & ts.NodeFlags.Const) !== 0;
}

/** The last property of that name, unless a spread behind it may have another. */
function ofLiteral(
  object: TypeScript.ObjectLiteralExpression,
  name: string,
  spread: (node: TypeScript.Expression) => Target | undefined,
): Target | undefined {
  for (const property of [...object.properties].reverse()) {
    if (ts.isSpreadAssignment(property)) return spread(property.expression);
    if (propertyName(property) === name) return found(property);
    if (property.name !== undefined && ts.isComputedPropertyName(property.name)) return undefined;
  }
  return undefined;
}

function classMember(node: TypeScript.ClassLikeDeclaration, name: string, isStatic: boolean) {
  const own = node.members.find(
    (one) =>
      one.name !== undefined &&
      one.name.getText() === name &&
      isStatic === ((ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Static) !== 0),
  );
  if (own !== undefined || isStatic) return own;
  const maker = node.members.find((one) => ts.isConstructorDeclaration(one));
  return maker?.parameters.find((one) => ts.isParameterPropertyDeclaration(one, maker) && one.name.getText() === name);
}

function baseOf(node: TypeScript.ClassLikeDeclaration, meanings: Meanings): Target | undefined {
  const base = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  return base === undefined ? undefined : meanings.targetOf(base.expression);
}

function instanceMember(node: TypeScript.Node, name: string, meanings: Meanings, depth: number): Target | undefined {
  if (depth > depthMax) return undefined;
  const bases = (clauses: TypeScript.NodeArray<TypeScript.HeritageClause> | undefined) =>
    (clauses ?? [])
      .filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
      .flatMap(({ types }) => types.map(({ expression }) => meanings.targetOf(expression)))
      .flatMap((base) => (base?.kind === 'node' ? [instanceMember(base.node, name, meanings, depth + 1)] : []))
      .find((one) => one !== undefined);
  if (ts.isClassLike(node)) return found(classMember(node, name, false)) ?? bases(node.heritageClauses);
  if (ts.isInterfaceDeclaration(node)) {
    const own = node.members.find((one) => propertyName(one) === name);
    return found(own) ?? bases(node.heritageClauses);
  }
  return ts.isTypeAliasDeclaration(node) ? typeMember(node.type, name, meanings, depth + 1) : undefined;
}

const wrappers = new Set(['Readonly', 'Partial', 'Required', 'Pick', 'Omit', 'NonNullable']);

function typeMember(type: TypeScript.TypeNode, name: string, meanings: Meanings, depth: number): Target | undefined {
  if (depth > depthMax) return undefined;
  const next = (of: TypeScript.TypeNode) => typeMember(of, name, meanings, depth + 1);
  if (ts.isParenthesizedTypeNode(type)) return next(type.type);
  if (ts.isTypeLiteralNode(type)) return found(type.members.find((one) => propertyName(one) === name));
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type))
    return type.types.map(next).find((one) => one !== undefined);
  if (ts.isTypeQueryNode(type)) {
    const target = meanings.targetOf(type.exprName);
    return target === undefined ? undefined : memberOf(target, name, meanings, depth + 1);
  }
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const [first] = type.typeArguments ?? [];
  if (wrappers.has(type.typeName.getText()) && first !== undefined) return next(first);
  const target = meanings.targetOf(type.typeName);
  return target?.kind === 'node' ? instanceMember(target.node, name, meanings, depth + 1) : undefined;
}
