import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../../engine/compiler-tree.ts';
import { settledNames } from '../../../graph/settled-names.ts';
import ts from '../../../typescript.cts';
import { rootOf } from './root-of.ts';

/** A call that loads a file by require and gives it stubs for what that requires. */
export type StubbedCall = {
  readonly node: TypeScript.CallExpression;
  readonly specifier: string;
  /** Names of the stubs: what the file requires, as it writes that. */
  readonly stubs: readonly TypeScript.StringLiteralLike[];
};

const stubbers = /^(proxyquire|rewire|mock|mockRequire|mockery|rewiremock|requireInject)$/;
const packages = /^(proxyquire|rewire|mock-require|mockery|rewiremock|require-inject)$/;

/** Calls of proxyquire and its like, also by a name that a file has for one of them. Pure. */
export function stubbedCalls(source: TypeScript.SourceFile): readonly StubbedCall[] {
  if (!/proxyquire|rewire|mock|requireInject|require-inject/.test(source.text)) return [];
  const names = settledNames(source);
  const found: StubbedCall[] = [];
  for (const node of nodesBelow(source)) {
    if (!ts.isCallExpression(node)) continue;
    const [given, stubs] = node.arguments;
    if (given === undefined || !ts.isStringLiteralLike(given) || !given.text.startsWith('.')) continue;
    if (isStubber(node.expression, names)) found.push({ node, specifier: given.text, stubs: namesOf(stubs, names) });
  }
  return found;
}

type Names = ReturnType<typeof settledNames>;

function isStubber(callee: TypeScript.Expression, names: Names, depth = 0): boolean {
  const root = rootOf(callee);
  if (root === undefined || depth > 3) return false;
  if (stubbers.test(root.text)) return true;
  if (root.text === 'require') return loadsStubber(root);
  return (names.get(root.text) ?? []).some((value) => isStubber(value, names, depth + 1));
}

/** `require('proxyquire').noCallThru()`. */
function loadsStubber({ parent }: TypeScript.Identifier): boolean {
  const [given] = ts.isCallExpression(parent) ? parent.arguments : [];
  return given !== undefined && ts.isStringLiteralLike(given) && packages.test(given.text);
}

function namesOf(stubs: TypeScript.Expression | undefined, names: Names): readonly TypeScript.StringLiteralLike[] {
  const value = stubs !== undefined && ts.isIdentifier(stubs) ? names.get(stubs.text)?.[0] : stubs;
  if (value === undefined || !ts.isObjectLiteralExpression(value)) return [];
  return value.properties.flatMap(({ name }) => (name !== undefined && ts.isStringLiteralLike(name) ? [name] : []));
}
