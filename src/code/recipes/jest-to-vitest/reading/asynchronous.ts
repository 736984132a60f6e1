import ts from '../../../typescript.cts';
import { calledGlobal } from '../../../vitest/source-names.ts';
import { hookNames, testNames } from './test-file.ts';

type Function = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration;

/**
 * How an expression may wait where it stands: at the top of a module, in an asynchronous function, or in a callback that may
 * become one (`insertAt` is where `async` goes), which are those of tests, hooks and mocks of modules. Undefined elsewhere.
 */
export function asynchronous(node: ts.Node): { readonly insertAt: number | undefined } | undefined {
  let at: ts.Node = node;
  while (!ts.isSourceFile(at) && !ts.isFunctionLike(at)) {
    if (ts.isClassStaticBlockDeclaration(at) || ts.isPropertyDeclaration(at)) return undefined;
    at = at.parent;
  }
  if (ts.isSourceFile(at)) return { insertAt: undefined };
  if (!isFunction(at)) return undefined;
  if (at.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true) return { insertAt: undefined };
  return mayWait(at) ? { insertAt: at.getStart() } : undefined;
}

function isFunction(node: ts.Node): node is Function {
  return (
    ts.isArrowFunction(node) ||
    ts.isFunctionExpression(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node)
  );
}

function mayWait(node: Function): boolean {
  const call = node.parent;
  if (!ts.isCallExpression(call) || !call.arguments.some((argument) => argument === node)) return false;
  if (ts.isPropertyAccessExpression(call.expression) && /^(jest|vi)$/.test(call.expression.expression.getText()))
    return /^(mock|doMock)$/.test(call.expression.name.text) && call.arguments[1] === node;
  const name = calledGlobal(call) ?? '';
  // A callback with `done` may not be asynchronous as well.
  return (testNames.has(name) || hookNames.has(name)) && node.parameters.length === 0;
}
