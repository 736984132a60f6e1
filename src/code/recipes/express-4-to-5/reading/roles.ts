import ts from '../../../typescript.cts';
import { functionOf, isAssigned, type SymbolOf } from './functions.ts';
import { moduleOf } from './modules.ts';
import { isMakerName } from './names.ts';
import type { OneFileProgram } from './program.ts';
import { bare, type FunctionNode, memberCallOf } from './walk.ts';

/** What an expression is to Express. `express` is the module itself. */
export type Role = 'express' | 'application' | 'router' | 'route' | 'request' | 'response';

/** Says what expressions of a file are: by type where the checker knows it, else by what has been learnt of their names. */
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
  const symbolOf: SymbolOf = (node) => checker.getSymbolAtLocation(node);
  const known: Known = { checker, symbolOf, learnt: new Map(), rests: new Set() };
  return {
    roleOf: (node) => roleOf(node, known, 0),
    symbolOf,
    functionOf: (node) => functionOf(node, symbolOf),
    learn(name, role) {
      const symbol = symbolOf(name);
      if (symbol === undefined || known.learnt.has(symbol)) return false;
      if (ts.isIdentifier(name) && brandOf(checker, checker.getTypeAtLocation(name)) !== undefined) return false;
      known.learnt.set(symbol, role);
      return true;
    },
    learnRest(name) {
      const symbol = symbolOf(name);
      if (symbol !== undefined) known.rests.add(symbol);
    },
    mayLearn: (parameter) => mayLearn(parameter, symbolOf),
  };
}

type Known = {
  readonly checker: ts.TypeChecker;
  readonly symbolOf: SymbolOf;
  readonly learnt: Map<ts.Symbol, Role>;
  readonly rests: Set<ts.Symbol>;
};

/** Names that name each other in a circle must come to an end. */
const depthMax = 10;

function roleOf(expression: ts.Expression, known: Known, depth: number): Role | undefined {
  const node = bare(expression);
  const type = known.checker.getTypeAtLocation(node);
  const branded = brandOf(known.checker, type);
  if (branded !== undefined) return branded;
  if ((type.flags & ts.TypeFlags.Any) === 0 || depth > depthMax) return undefined;
  return untypedRole(node, known, depth + 1);
}

const roles: readonly Role[] = ['express', 'application', 'router', 'route', 'request', 'response'];

function brandOf(checker: ts.TypeChecker, type: ts.Type): Role | undefined {
  if ((type.flags & ts.TypeFlags.Any) !== 0) return undefined;
  const brand = checker.getPropertyOfType(checker.getNonNullableType(type), 'expressRole');
  if (brand === undefined) return undefined;
  const said = checker.getTypeOfSymbol(brand);
  return said.isStringLiteral() ? roles.find((role) => role === said.value) : undefined;
}

function untypedRole(node: ts.Expression, known: Known, depth: number): Role | undefined {
  if (ts.isCallExpression(node)) return calledRole(node, known, depth);
  if (ts.isElementAccessExpression(node)) return restRole(node.expression, node.argumentExpression.getText(), known);
  if (ts.isPropertyAccessExpression(node)) {
    const role = memberRole(roleOf(node.expression, known, depth), node.name.text);
    if (role !== undefined) return role;
  }
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
  const symbol = known.symbolOf(node);
  return symbol === undefined ? undefined : (known.learnt.get(symbol) ?? declaredRole(symbol, known, depth));
}

const chained = new Set(
  'status links send json jsonp contentType type format attachment append set header cookie clearCookie location vary sendStatus'.split(
    ' ',
  ),
);
const registering = new Set(
  'use all get post put delete del patch options head param set enable disable engine'.split(' '),
);

/** Calls that answer with what they were called on, and functions that make an application. */
function calledRole(node: ts.CallExpression, known: Known, depth: number): Role | undefined {
  const call = memberCallOf(node);
  if (call === undefined) return isMaker(node.expression, known) ? 'application' : undefined;
  const role = roleOf(call.receiver, known, depth);
  if (role === 'response') return chained.has(call.name.text) ? role : undefined;
  if (role !== 'application' && role !== 'router') return role === 'route' ? role : undefined;
  if (call.name.text === 'route') return 'route';
  return registering.has(call.name.text) && call.args.length > 1 ? role : undefined;
}

/** `createApp()` of another file of the tree. */
function isMaker(callee: ts.Expression, known: Known): boolean {
  if (!ts.isIdentifier(callee) || !isMakerName(callee.text)) return false;
  return moduleOf(callee, known)?.startsWith('.') === true;
}

function restRole(rest: ts.Expression, index: string, { symbolOf, rests }: Known): Role | undefined {
  const symbol = ts.isIdentifier(rest) ? symbolOf(rest) : undefined;
  if (symbol === undefined || !rests.has(symbol)) return undefined;
  return index === '0' ? 'request' : index === '1' ? 'response' : undefined;
}

function memberRole(role: Role | undefined, name: string): Role | undefined {
  if (role === 'request' && name === 'res') return 'response';
  if (role === 'response' && name === 'req') return 'request';
  if ((role === 'request' || role === 'response') && name === 'app') return 'application';
  return undefined;
}

/** What a name is by what it was first given. */
function declaredRole(symbol: ts.Symbol, known: Known, depth: number): Role | undefined {
  for (const declaration of symbol.declarations ?? []) {
    if (ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined) {
      return roleOf(declaration.initializer, known, depth);
    }
    if (ts.isBindingElement(declaration)) {
      const role = takenRole(declaration, known, depth);
      if (role !== undefined) return role;
    }
    const { parent } = declaration;
    if (isAssigned(declaration, parent)) return roleOf(parent.right, known, depth);
  }
  return undefined;
}

/** `const { app } = req`, `const [, res] = args`. */
function takenRole(element: ts.BindingElement, known: Known, depth: number): Role | undefined {
  const owner = element.parent.parent;
  if (!ts.isVariableDeclaration(owner) || owner.initializer === undefined) return undefined;
  if (ts.isArrayBindingPattern(element.parent)) {
    return restRole(owner.initializer, String(element.parent.elements.indexOf(element)), known);
  }
  const key = element.propertyName ?? element.name;
  return ts.isIdentifier(key) ? memberRole(roleOf(owner.initializer, known, depth), key.text) : undefined;
}

/** Types of other libraries whose names end like those of Express. */
const foreign = /Axios|Fetch|Incoming|Server(Request|Response)|NextApi|NextRe|Http|Koa|Fastify|Lambda/;

function mayLearn({ type }: ts.ParameterDeclaration, symbolOf: SymbolOf): boolean {
  if (type === undefined || type.kind === ts.SyntaxKind.AnyKeyword || type.kind === ts.SyntaxKind.UnknownKeyword)
    return true;
  if (ts.isIntersectionTypeNode(type)) return true;
  if (!ts.isTypeReferenceNode(type) || foreign.test(type.typeName.getText())) return false;
  const name = ts.isIdentifier(type.typeName) ? type.typeName : undefined;
  // Without a declaration here it is a type of the platform: the `Response` of `fetch`.
  const isKnown = name !== undefined && (symbolOf(name)?.declarations ?? []).length > 0;
  return isKnown && /(Req|Request|Res|Response)$/.test(name.text);
}
