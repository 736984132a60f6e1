import { nodesBelow } from '../../../engine/compiler-tree.ts';
import type { RecipeContext, RecipeFile } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { type Handlers, learnHelpers, type Registration, readHandlers } from './handlers.ts';
import { isRelative, moduleOf, requiredBy } from './modules.ts';
import { hostByName, isExpressHome } from './names.ts';
import { oneFileProgram } from './program.ts';
import { type Role, type RoleReader, roleReader } from './roles.ts';
import { type FunctionNode, isFunctionNode, type MemberCall, memberCallOf, stringOf } from './walk.ts';

/** A file read with Express in mind. */
export type ExpressSource = {
  readonly tree: ts.SourceFile;
  /** Every node, parents before children. */
  readonly nodes: readonly ts.Node[];
  readonly calls: readonly MemberCall[];
  readonly reader: RoleReader;
  readonly registrations: readonly Registration[];
  /** The registrations of a handler; empty where they are not in this file, undefined for other functions. */
  routesOf(node: FunctionNode): readonly Registration[] | undefined;
  /** The functions of this file that a registration gives to Express. */
  handlersOf(registration: Registration): readonly FunctionNode[];
  /** What an expression is to Express. */
  roleOf(node: ts.Expression): Role | undefined;
  /** The module that a name is imported or required from. */
  moduleOf(node: ts.Expression): string | undefined;
  /** Calls of these members on something of this role. */
  callsOn(role: Role, names: readonly string[]): readonly MemberCall[];
};

/** A handler by its parameters, or something called on what may be an application: else a file has nothing to tell. */
const telling = new RegExp(
  [
    String.raw`(\b_*(req|rq|reqs|request|requests)\b[^()]{0,40}|\}\s*|\b_+\s*),\s*_*(res|rs|resp|response|responses)\b`,
    String.raw`(app|application|router)\s*\.\s*(use|all|get|post|put|delete|del|patch|route|param|listen|_router)\b`,
    String.raw`\b(create|make|build|get|init|setup|configure|new)(express)?(app|application)\(`,
  ].join('|'),
  'i',
);

/** The latest files read: transforms follow each other on the same text, and a program is dear. */
const latest = new Map<string, ExpressSource>();
const latestMax = 8;

/** Reads a file once for all transforms. Undefined where nothing in it can be Express's. */
export function expressSource(file: RecipeFile, { home }: Pick<RecipeContext, 'home'>): ExpressSource | undefined {
  const isImporting = /['"`](express|express-serve-static-core|express-promise-router)['"`]/.test(file.text);
  if (!isImporting && (!isExpressHome(home) || !telling.test(file.text))) return undefined;
  const key = `${file.language} ${file.text}`;
  const source = latest.get(key) ?? sourceOf(file, isImporting);
  latest.delete(key);
  latest.set(key, source);
  for (const oldest of latest.keys()) {
    if (latest.size <= latestMax) break;
    latest.delete(oldest);
  }
  return source;
}

function sourceOf(file: RecipeFile, isImporting: boolean): ExpressSource {
  const program = oneFileProgram(file);
  const nodes = [...nodesBelow(program.tree)];
  const reader = roleReader(program);
  learnHosts(nodes, reader);
  const { registrations, routes, functions }: Handlers = readHandlers(nodes, reader, true);
  learnHelpers(nodes, reader, isImporting);
  const calls = nodes.flatMap((node) => memberCallOf(node) ?? []);
  return {
    tree: program.tree,
    nodes,
    calls,
    reader,
    registrations,
    routesOf: (node) => routes.get(node),
    handlersOf: (registration) => functions.get(registration) ?? [],
    roleOf: reader.roleOf,
    moduleOf: (node) => moduleOf(node, reader),
    callsOn: (role, names) =>
      calls.filter(({ receiver, name }) => names.includes(name.text) && reader.roleOf(receiver) === role),
  };
}

/** `module.exports = (app) => …` and `import app from './app'`: known by name, where they are used like one. */
function learnHosts(nodes: readonly ts.Node[], reader: RoleReader): void {
  const used = hostNamesUsed(nodes);
  for (const node of nodes) {
    const name = importedName(node) ?? parameterName(node, reader);
    const role = name === undefined || !used.has(name.text) ? undefined : hostByName(name.text);
    if (name !== undefined && role !== undefined) reader.learn(name, role);
  }
}

/** Names on which something is called that only an application or a router has, in the way that only Express has it. */
function hostNamesUsed(nodes: readonly ts.Node[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes) {
    if (ts.isPropertyAccessExpression(node) && node.name.text === '_router') names.add(node.expression.getText());
    const member = memberCallOf(node);
    if (member === undefined || !ts.isIdentifier(member.receiver)) continue;
    const [first] = member.args;
    const isRouting = /^(use|all|get|post|put|delete|del|patch|route|param)$/.test(member.name.text);
    const isPath = stringOf(first)?.startsWith('/') === true || stringOf(first) === '*';
    const isHandler = member.name.text === 'use' && first !== undefined;
    const isListening = member.name.text === 'listen' && first !== undefined;
    if ((isRouting && (isPath || isHandler)) || isListening) names.add(member.receiver.text);
  }
  return names;
}

function importedName(node: ts.Node): ts.Identifier | undefined {
  if (ts.isImportClause(node) && isRelative(node.parent.moduleSpecifier)) return node.name;
  if (ts.isImportSpecifier(node) && isRelative(node.parent.parent.parent.moduleSpecifier)) return node.name;
  if (ts.isBindingElement(node) && ts.isIdentifier(node.name)) {
    return isRelative(requiredBy(node.parent.parent)) ? node.name : undefined;
  }
  if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name)) return undefined;
  return isRelative(requiredBy(node)) ? node.name : undefined;
}

function parameterName(node: ts.Node, reader: RoleReader): ts.Identifier | undefined {
  if (!ts.isParameter(node) || !ts.isIdentifier(node.name) || !isFunctionNode(node.parent)) return undefined;
  return node.type === undefined && reader.mayLearn(node) ? node.name : undefined;
}
