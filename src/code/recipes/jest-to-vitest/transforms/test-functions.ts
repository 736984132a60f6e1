import { replaced, spanOf } from '../../../engine/compiler-edits.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { type Callback, promisedCallback, usesIn, withoutParameter } from '../../../vitest/promised-callback.ts';
import { calledGlobal, isDeclared } from '../../../vitest/source-names.ts';
import { hookNames, type TestFile, testFile, testNames } from '../reading/test-file.ts';

/** Short names that Jest has and Vitest has not. */
const short: Readonly<Record<string, string>> = {
  fdescribe: 'describe.only',
  fit: 'it.only',
  xdescribe: 'describe.skip',
  xit: 'it.skip',
  xtest: 'test.skip',
};

/** How tests and hooks are declared. */
export const testFunctions: FileTransform = {
  kind: 'file',
  id: 'test-functions',
  why: 'Vitest calls no `done`, takes a function that a hook answers for its end, and has no `xit`, `fit` and `failing` (Migrating from Jest, Done Callback, Hooks).',
  files: sourceFiles,
  mentions: ['done', 'xit', 'xtest', 'xdescribe', 'fit', 'fdescribe', 'failing', 'before', 'after', 'it(', 'test('],
  transform(file) {
    const read = testFile(file);
    const work: Work = { read, edits: [], unresolved: [] };
    if (!isAboutTests(read)) return { edits: [], unresolved: [] };
    for (const node of read.nodes) if (ts.isCallExpression(node)) rewrite(node, work);
    return { edits: work.edits, unresolved: work.unresolved };
  },
};

type Work = { readonly read: TestFile; readonly edits: TextEdit[]; readonly unresolved: Unresolved[] };

/** Names of tests that come from elsewhere (another runner, a helper) are not Jest's. */
function isAboutTests({ root, nodes }: TestFile): boolean {
  const names = ['it', 'test', 'describe', ...hookNames];
  const isForeign = nodes.some(
    (node) => names.some((name) => isDeclared(node, name)) && !(ts.isImportSpecifier(node) && isOfJest(node)),
  );
  return !isForeign && /\b(it|test|describe|(before|after)(All|Each))\b/.test(root.text);
}

function isOfJest(node: ts.ImportSpecifier): boolean {
  const { moduleSpecifier } = node.parent.parent.parent;
  return ts.isStringLiteral(moduleSpecifier) && /^(@jest\/globals|vitest)$/.test(moduleSpecifier.text);
}

function rewrite(call: ts.CallExpression, work: Work): void {
  const name = calledGlobal(call);
  if (name === undefined) return;
  if (ts.isIdentifier(call.expression) || ts.isPropertyAccessExpression(call.expression)) rename(call, name, work);
  const isHook = hookNames.has(name);
  if (!isHook && !testNames.has(name)) return;
  const callback = call.arguments.find((one) => ts.isArrowFunction(one) || ts.isFunctionExpression(one));
  if (callback === undefined || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback))) return;
  if (isHook && callback.parameters.length === 0) answerNothing(callback, work);
  // A table hands its values over first, and calls `done` what else Jest gives.
  const isTable = /\beach\b/.test(call.expression.getText().split('(')[0] ?? '');
  const last = callback.parameters.at(-1);
  const isDone = isTable ? last?.name.getText() === 'done' : callback.parameters.length === 1;
  if (last !== undefined && isDone) done(callback, last, work);
}

function rename(call: ts.CallExpression, name: string, work: Work): void {
  let callee: ts.Expression = call.expression;
  while (ts.isPropertyAccessExpression(callee)) {
    if (callee.name.text === 'failing' && /^(it|test)$/.test(name)) work.edits.push(replaced(callee.name, 'fails'));
    callee = callee.expression;
  }
  const long = short[name];
  if (ts.isIdentifier(callee) && long !== undefined && !work.read.nodes.some((node) => isDeclared(node, name)))
    work.edits.push(replaced(callee, long));
}

/** `beforeEach(() => (value = make()))` answers what it assigns, which Vitest would call when it is a function. */
function answerNothing(callback: Callback, { edits }: Work): void {
  let body: ts.Node = callback.body;
  while (ts.isParenthesizedExpression(body)) body = body.expression;
  if (!ts.isBinaryExpression(body) || body.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
  edits.push(replaced(callback.body, `{ ${body.getText()}; }`));
}

/** A callback that waits for `done` answers a promise that `done` fulfils. */
function done(callback: Callback, parameter: ts.ParameterDeclaration, work: Work): void {
  // Destructuring is of Vitest's context already.
  if (!ts.isIdentifier(parameter.name)) return;
  const uses = usesIn(callback.body, parameter.name.text);
  const isContext = uses.some(({ parent }) => ts.isPropertyAccessExpression(parent) && parent.name.text !== 'fail');
  if (isContext) return;
  if (callback.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true && uses.length > 0) {
    const message = 'An asynchronous test takes `done` as well, which Vitest does not call.';
    const cure = 'Answer a promise: `() => new Promise((done) => …)`.';
    work.unresolved.push({ ...spanOf(parameter), message, cure, evidence: 'Migrating from Jest, Done Callback' });
    return;
  }
  work.edits.push(
    ...(uses.length > 0 ? promisedCallback(callback, parameter, work.read) : [withoutParameter(callback, parameter)]),
  );
}
