import ts from '../../../typescript.cts';
import { requestIndexOf, roleByName } from './names.ts';
import type { Role, RoleReader } from './roles.ts';
import { bare, type FunctionNode, isFunctionNode, type MemberCall, memberCallOf } from './walk.ts';

/** A call that gives handlers to an application, a router or a route. */
export type Registration = {
  readonly member: MemberCall;
  readonly host: 'application' | 'router' | 'route';
  /** Undefined for `app.use(handler)`. */
  readonly path: ts.Expression | undefined;
  readonly handlers: readonly ts.Expression[];
};

/** The functions of a file that Express calls, and for which paths. */
export type Handlers = {
  readonly registrations: readonly Registration[];
  /** The registrations that a function was given to; empty where it is taken for a handler by its names or types. */
  readonly routes: ReadonlyMap<FunctionNode, readonly Registration[]>;
  /** The functions of this file that a registration gives to Express. */
  readonly functions: ReadonlyMap<Registration, readonly FunctionNode[]>;
};

const verbs = new Set(
  'all checkout connect copy delete del get head link lock merge mkactivity mkcol move notify options patch post propfind proppatch purge put report search subscribe trace unlink unlock unsubscribe use'.split(
    ' ',
  ),
);
const wrapping = /wrap|async|handle|catch|try|safe/i;

/** Finds what is registered, and teaches the reader which parameters are requests and responses. */
export function readHandlers(nodes: readonly ts.Node[], reader: RoleReader, mayGuess: boolean): Handlers {
  const registrations = nodes.flatMap((node) => registrationOf(node, reader) ?? []);
  const routes = new Map<FunctionNode, readonly Registration[]>();
  const functions = new Map<Registration, readonly FunctionNode[]>();
  for (const registration of registrations) {
    const own = registration.handlers.flatMap((handler) => functionsIn(handler, reader));
    functions.set(registration, own);
    for (const node of own) {
      routes.set(node, [...(routes.get(node) ?? []), registration]);
      learnByPlace(node, reader);
    }
  }
  learnParamCallbacks(nodes, reader);
  for (const node of nodes) {
    if (!isFunctionNode(node) || routes.has(node)) continue;
    const isHandler = learnByType(node, reader) || (mayGuess && learnByName(node, reader));
    if (isHandler) routes.set(node, []);
  }
  return { registrations, routes, functions };
}

/** What a node registers with an application, router or route; undefined where it is no such call. */
function registrationOf(node: ts.Node, reader: RoleReader): Registration | undefined {
  const member = memberCallOf(node);
  if (member === undefined || !verbs.has(member.name.text)) return undefined;
  const host = reader.roleOf(member.receiver);
  const [first, ...rest] = member.args;
  if (first === undefined) return undefined;
  if (host === 'route') return { member, host, path: routePathOf(member.receiver), handlers: member.args };
  if (host !== 'application' && host !== 'router') return undefined;
  if (member.name.text === 'use' && isHandlerFirst(first, member.args.length, reader)) {
    return { member, host, path: undefined, handlers: member.args };
  }
  return rest.length === 0 ? undefined : { member, host, path: first, handlers: rest };
}

function isHandlerFirst(first: ts.Expression, count: number, reader: RoleReader): boolean {
  if (count === 1) return true;
  const node = bare(first);
  if (isFunctionNode(node) || ts.isCallExpression(node)) return true;
  if (ts.isArrayLiteralExpression(node)) return node.elements.some((element) => isHandlerFirst(element, 2, reader));
  return reader.functionOf(node) !== undefined || reader.roleOf(node) !== undefined;
}

/** The path of `app.route(path).get(…).post(…)`. */
function routePathOf(receiver: ts.Expression): ts.Expression | undefined {
  const member = memberCallOf(bare(receiver));
  if (member === undefined) return undefined;
  return member.name.text === 'route' ? member.args[0] : routePathOf(member.receiver);
}

function functionsIn(handler: ts.Expression, reader: RoleReader): readonly FunctionNode[] {
  const node = bare(handler);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap((element) => functionsIn(element, reader));
  const own = reader.functionOf(node);
  if (own !== undefined) return [own];
  if (!ts.isCallExpression(node) || !wrapping.test(node.expression.getText())) return [];
  return node.arguments.flatMap((argument) => functionsIn(argument, reader));
}

/** `(req, res, next)`, or with four parameters `(error, req, res, next)`. */
function learnByPlace(node: FunctionNode, reader: RoleReader): void {
  const [only] = node.parameters;
  if (only?.dotDotDotToken !== undefined) {
    if (ts.isIdentifier(only.name)) reader.learnRest(only.name);
    else if (ts.isArrayBindingPattern(only.name)) learnElements(only.name, reader);
    return;
  }
  const start = node.parameters.length === 4 ? 1 : 0;
  learnAt(node, reader, { at: start, role: 'request' });
  learnAt(node, reader, { at: start + 1, role: 'response' });
}

function learnElements({ elements }: ts.ArrayBindingPattern, reader: RoleReader): void {
  (['request', 'response'] as const).forEach((role, at) => {
    const element = elements[at];
    if (element !== undefined && ts.isBindingElement(element)) reader.learn(element.name, role);
  });
}

function learnAt(
  node: FunctionNode,
  reader: RoleReader,
  { at, role }: { readonly at: number; readonly role: Role },
): boolean {
  const parameter = node.parameters[at];
  if (parameter === undefined || !ts.isIdentifier(parameter.name) || !reader.mayLearn(parameter)) return false;
  return reader.learn(parameter.name, role);
}

function learnParamCallbacks(nodes: readonly ts.Node[], reader: RoleReader): void {
  for (const node of nodes) {
    const member = memberCallOf(node);
    const callback = member?.name.text === 'param' ? member.args[1] : undefined;
    if (member === undefined || callback === undefined) continue;
    const host = reader.roleOf(member.receiver);
    const own = host === 'application' || host === 'router' ? reader.functionOf(callback) : undefined;
    if (own === undefined) continue;
    learnAt(own, reader, { at: 0, role: 'request' });
    learnAt(own, reader, { at: 1, role: 'response' });
  }
}

/** A parameter with the type of Express's request or response makes the one beside it the other. */
function learnByType(node: FunctionNode, reader: RoleReader): boolean {
  if (!isTyped(node)) return false;
  const known = node.parameters.map(({ name }) => (ts.isIdentifier(name) ? reader.roleOf(name) : undefined));
  const request = known.indexOf('request');
  const response = known.indexOf('response');
  if (request >= 0 && response < 0) learnAt(node, reader, { at: request + 1, role: 'response' });
  if (response > 0 && request < 0) learnAt(node, reader, { at: response - 1, role: 'request' });
  return request >= 0 || response >= 0;
}

/** Where no type is written, there is none to be learnt from. */
function isTyped({ parameters, parent }: FunctionNode): boolean {
  if (parameters.some(({ type }) => type !== undefined)) return true;
  const isHeld = ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent);
  return (isHeld && parent.type !== undefined) || ts.isSatisfiesExpression(parent) || ts.isAsExpression(parent);
}

function learnByName(node: FunctionNode, reader: RoleReader): boolean {
  if (isForeignCallback(node)) return false;
  const at = requestIndexOf(node);
  if (at !== undefined) {
    learnAt(node, reader, { at, role: 'request' });
    learnAt(node, reader, { at: at + 1, role: 'response' });
    return true;
  }
  return false;
}

/** `http.createServer((req, res) => …)` and the like: a plain server's request and response. */
function isForeignCallback({ parent }: FunctionNode): boolean {
  if (!ts.isCallExpression(parent)) return false;
  const callee = parent.expression.getText();
  return /createServer|createSecureServer|\bon$|^(rest|msw|http|https|nock)\b/.test(callee);
}

/** Named functions are told by the arguments they are called with, and, where nothing calls them, by a lone name. */
export function learnHelpers(nodes: readonly ts.Node[], reader: RoleReader, mayGuess: boolean): void {
  const called = new Set<FunctionNode>();
  for (let round = 0; round < 3; round += 1) {
    let isNew = false;
    for (const node of nodes) {
      if (!ts.isCallExpression(node)) continue;
      const own = reader.functionOf(node.expression);
      if (own === undefined || ts.isConstructorDeclaration(own)) continue;
      called.add(own);
      isNew = learnFromCall(node, own, reader) || isNew;
    }
    if (!isNew) break;
  }
  if (!mayGuess) return;
  for (const node of nodes) {
    if (!isFunctionNode(node) || !isNamed(node)) continue;
    node.parameters.forEach(({ name }, at) => {
      const role = ts.isIdentifier(name) ? roleByName(name.text) : undefined;
      if (role !== undefined) learnAt(node, reader, { at, role });
    });
  }
}

function learnFromCall(call: ts.CallExpression, own: FunctionNode, reader: RoleReader): boolean {
  return call.arguments
    .map((argument, at) => {
      const role = reader.roleOf(argument);
      return role === undefined || role === 'express' ? false : learnAt(own, reader, { at, role });
    })
    .includes(true);
}

function isNamed(node: FunctionNode): boolean {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return true;
  const { parent } = node;
  return (
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertyDeclaration(parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
  );
}
