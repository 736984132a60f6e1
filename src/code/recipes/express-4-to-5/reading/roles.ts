import ts from 'typescript';
import { moduleOf } from './modules.ts';
import { isMakerName } from './names.ts';
import type { OneFileProgram } from './program.ts';
import { bare, type FunctionNode, isFunctionNode, memberCallOf } from './walk.ts';

/** What an expression is to Express. `express` is the module itself. */
export type Role = 'express' | 'application' | 'router' | 'route' | 'request' | 'response';

const roles: readonly Role[] = ['express', 'application', 'router', 'route', 'request', 'response'];
const chained = new Set(
  'status links send json jsonp contentType type format attachment append set header cookie clearCookie location vary sendStatus'.split(
    ' ',
  ),
);
const registering = new Set(
  'use all get post put delete del patch options head param set enable disable engine'.split(' '),
);

/** Says what expressions of a file are: by type where the checker knows it, by what has been learnt of symbols elsewhere. */
export type RoleReader = {
  roleOf(node: ts.Expression): Role | undefined;
  symbolOf(node: ts.Node): ts.Symbol | undefined;
  /** The function that an expression means, where it stands in this file. */
  functionOf(node: ts.Expression): FunctionNode | undefined;
  /** Remembers what a variable without a type is. Answers false where that was known. */
  learn(name: ts.Node, role: Role): boolean;
  /** Remembers `...args` of a handler: its first is the request, its second the response. */
  learnRest(name: ts.Identifier): void;
  /** False where a declared type says that it is something else. */
  mayLearn(parameter: ts.ParameterDeclaration): boolean;
};

/** Opens a reader over one file. */
export function roleReader({ checker }: OneFileProgram): RoleReader {
  const learnt = new Map<ts.Symbol, Role>();
  const rests = new Set<ts.Symbol>();
  const symbolOf = (node: ts.Node): ts.Symbol | undefined => checker.getSymbolAtLocation(node);

  const roleOf = (expression: ts.Expression, depth = 0): Role | undefined => {
    const node = bare(expression);
    const type = checker.getTypeAtLocation(node);
    const branded = brandOf(checker, type);
    if (branded !== undefined) return branded;
    if ((type.flags & ts.TypeFlags.Any) === 0 || depth > 10) return undefined;
    return untyped(node, depth + 1);
  };
  const untyped = (node: ts.Expression, depth: number): Role | undefined => {
    const call = memberCallOf(node);
    if (call !== undefined) {
      const role = roleOf(call.receiver, depth);
      if (role === 'response') return chained.has(call.name.text) ? role : undefined;
      if (role === 'application' || role === 'router') {
        if (call.name.text === 'route') return 'route';
        return registering.has(call.name.text) && call.args.length > 1 ? role : undefined;
      }
      return role === 'route' ? role : undefined;
    }
    if (ts.isElementAccessExpression(node)) {
      return /^[01]$/.test(node.argumentExpression.getText())
        ? partOfRest(node.expression, Number(node.argumentExpression.getText()))
        : undefined;
    }
    if (ts.isCallExpression(node)) return isMaker(node.expression, symbolOf) ? 'application' : undefined;
    if (ts.isPropertyAccessExpression(node)) {
      const role = memberRole(roleOf(node.expression, depth), node.name.text);
      if (role !== undefined) return role;
    }
    if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
    const symbol = symbolOf(node);
    if (symbol === undefined) return undefined;
    return learnt.get(symbol) ?? declaredRole(symbol, depth);
  };
  const partOfRest = (rest: ts.Expression, at: number): Role | undefined => {
    const symbol = ts.isIdentifier(rest) ? symbolOf(rest) : undefined;
    if (symbol === undefined || !rests.has(symbol)) return undefined;
    return at === 0 ? 'request' : at === 1 ? 'response' : undefined;
  };
  const declaredRole = (symbol: ts.Symbol, depth: number): Role | undefined => {
    for (const declaration of symbol.declarations ?? []) {
      if (ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined) {
        return roleOf(declaration.initializer, depth);
      }
      if (ts.isBindingElement(declaration)) {
        const owner = declaration.parent.parent;
        const key = declaration.propertyName ?? declaration.name;
        if (!ts.isVariableDeclaration(owner) || owner.initializer === undefined || !ts.isIdentifier(key)) continue;
        if (ts.isArrayBindingPattern(declaration.parent)) {
          return partOfRest(owner.initializer, declaration.parent.elements.indexOf(declaration));
        }
        return memberRole(roleOf(owner.initializer, depth), key.text);
      }
      const { parent } = declaration;
      if (isAssigned(declaration, parent)) return roleOf(parent.right, depth);
    }
    return undefined;
  };
  return {
    roleOf: (node) => roleOf(node),
    symbolOf,
    functionOf: (node) => functionOf(node, symbolOf),
    learn(name, role) {
      const symbol = symbolOf(name);
      if (symbol === undefined || learnt.has(symbol)) return false;
      if (ts.isIdentifier(name) && brandOf(checker, checker.getTypeAtLocation(name)) !== undefined) return false;
      learnt.set(symbol, role);
      return true;
    },
    learnRest(name) {
      const symbol = symbolOf(name);
      if (symbol !== undefined) rests.add(symbol);
    },
    mayLearn: (parameter) => mayLearn(parameter, symbolOf),
  };
}

function brandOf(checker: ts.TypeChecker, type: ts.Type): Role | undefined {
  if ((type.flags & ts.TypeFlags.Any) !== 0) return undefined;
  const brand = checker.getPropertyOfType(checker.getNonNullableType(type), 'expressRole');
  if (brand === undefined) return undefined;
  const said = checker.getTypeOfSymbol(brand);
  return said.isStringLiteral() ? roles.find((role) => role === said.value) : undefined;
}

function memberRole(role: Role | undefined, name: string): Role | undefined {
  if (role === 'request' && name === 'res') return 'response';
  if (role === 'response' && name === 'req') return 'request';
  if ((role === 'request' || role === 'response') && name === 'app') return 'application';
  return undefined;
}

/** `createApp()` of another file of the tree. */
function isMaker(callee: ts.Expression, symbolOf: RoleReader['symbolOf']): boolean {
  if (!ts.isIdentifier(callee) || !isMakerName(callee.text)) return false;
  return moduleOf(callee, { symbolOf })?.startsWith('.') === true;
}

function functionOf(expression: ts.Expression, symbolOf: RoleReader['symbolOf']): FunctionNode | undefined {
  const node = bare(expression);
  if (isFunctionNode(node)) return node;
  const bound = memberCallOf(node);
  if (bound?.name.text === 'bind') return functionOf(bound.receiver, symbolOf);
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
  for (const declaration of symbolOf(node)?.declarations ?? []) {
    if (isFunctionNode(declaration)) return declaration;
    const { parent } = declaration;
    const value = isAssigned(declaration, parent) ? parent.right : initializerOf(declaration);
    if (value !== undefined && isFunctionNode(bare(value))) return functionOf(value, symbolOf);
  }
  return undefined;
}

/** True for the left side of an assignment, which in JavaScript declares a member. */
function isAssigned(node: ts.Node, parent: ts.Node): parent is ts.BinaryExpression {
  return ts.isBinaryExpression(parent) && parent.left.pos === node.pos && parent.left.end === node.end;
}

function initializerOf(node: ts.Node): ts.Expression | undefined {
  const holds = ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node);
  return holds ? node.initializer : undefined;
}

/** Types of other libraries whose names end like those of Express. */
const foreign = /Axios|Fetch|Incoming|Server(Request|Response)|NextApi|NextRe|Http|Koa|Fastify|Lambda/;

function mayLearn({ type }: ts.ParameterDeclaration, symbolOf: RoleReader['symbolOf']): boolean {
  if (type === undefined || type.kind === ts.SyntaxKind.AnyKeyword || type.kind === ts.SyntaxKind.UnknownKeyword)
    return true;
  if (ts.isIntersectionTypeNode(type)) return true;
  if (!ts.isTypeReferenceNode(type) || foreign.test(type.typeName.getText())) return false;
  const name = ts.isIdentifier(type.typeName) ? type.typeName : undefined;
  // Without a declaration here it is a type of the platform: the `Response` of `fetch`.
  const isKnown = name !== undefined && (symbolOf(name)?.declarations ?? []).length > 0;
  return isKnown && /(Req|Request|Res|Response)$/.test(name.text);
}
