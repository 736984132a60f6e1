import { inserted, removed, replaced, spanOf } from '../../../engine/compiler-edits.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { calledGlobal, hookNames, isDeclared, type TestFile, testFile, testNames } from '../reading/test-file.ts';

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
  if (/\beach\b/.test(call.expression.getText().split('(')[0] ?? '')) eachDone(call, callback, work);
  else if (callback.parameters.length === 1) done(callback, work);
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

type Callback = ts.ArrowFunction | ts.FunctionExpression;

/** `beforeEach(() => (value = make()))` answers what it assigns, which Vitest would call when it is a function. */
function answerNothing(callback: Callback, { edits }: Work): void {
  let { body } = callback as { body: ts.Node };
  while (ts.isParenthesizedExpression(body)) body = body.expression;
  if (!ts.isBinaryExpression(body) || body.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
  edits.push(replaced(callback.body, `{ ${body.getText()}; }`));
}

function eachDone(call: ts.CallExpression, callback: Callback, { unresolved }: Work): void {
  const last = callback.parameters.at(-1);
  if (last === undefined || !ts.isIdentifier(last.name) || last.name.text !== 'done') return;
  unresolved.push({
    ...spanOf(last),
    message: `A table of tests takes \`done\`, which Vitest does not call: ${call.expression.getText().split('\n')[0]}`,
    cure: 'Answer a promise: `() => new Promise((done) => …)`.',
    evidence: 'Migrating from Jest, Done Callback',
  });
}

/** A callback that waits for `done` answers a promise that `done` fulfils. */
function done(callback: Callback, work: Work): void {
  const [parameter] = callback.parameters;
  if (parameter === undefined || !ts.isIdentifier(parameter.name)) {
    // Destructuring is of Vitest's context already.
    return;
  }
  const name = parameter.name.text;
  const uses = usesIn(callback.body, name);
  const isContext = uses.some(({ parent }) => ts.isPropertyAccessExpression(parent) && parent.name.text !== 'fail');
  if (isContext) return;
  const open = callback.getStart();
  const text = callback.getText();
  const isAsync = callback.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
  if (uses.length === 0) {
    work.edits.push(removed(parameter.getFullStart(), parameter.getEnd()));
    return;
  }
  if (isAsync || !ts.isBlock(callback.body)) {
    const what = isAsync ? 'An asynchronous test takes `done` as well.' : 'Vitest does not call `done`.';
    const cure = 'Answer a promise: `() => new Promise((done) => …)`.';
    work.unresolved.push({ ...spanOf(parameter), message: what, cure, evidence: 'Migrating from Jest, Done Callback' });
    return;
  }
  const isBare = ts.isArrowFunction(callback) && !text.startsWith('(');
  const list = isBare
    ? spanOf(parameter)
    : { offset: parameter.getFullStart(), length: parameter.getEnd() - parameter.getFullStart() };
  work.edits.push({ ...list, text: isBare ? '()' : '' });
  const isPlain = uses.every(
    ({ parent }) =>
      ts.isCallExpression(parent) && parent.expression.getText() === name && parent.arguments.length === 0,
  );
  const { body } = callback;
  const [head, tail] = promiseAround(name, { isPlain, isTypescript: work.read.isTypescript });
  if (ts.isArrowFunction(callback)) work.edits.push(inserted(body.getStart(), head), inserted(body.getEnd(), tail));
  else work.edits.push(inserted(body.getStart(), `{ return ${head}`), inserted(body.getEnd(), `${tail}; }`));
  if (isPlain) return;
  const inner = `\n${indentOf(work.read.root, open)}  const ${name} = (error${work.read.isTypescript ? '?: unknown' : ''}) => (error ? reject(error) : resolve());`;
  work.edits.push(inserted(body.getStart() + 1, inner));
  for (const { parent } of uses) if (ts.isPropertyAccessExpression(parent)) work.edits.push(replaced(parent, 'reject'));
}

function promiseAround(
  name: string,
  { isPlain, isTypescript }: { readonly isPlain: boolean; readonly isTypescript: boolean },
): readonly [string, string] {
  const parameters = isPlain ? name : 'resolve, reject';
  return [`new Promise${isTypescript ? '<void>' : ''}((${parameters}) => `, ')'];
}

function usesIn(body: ts.Node, name: string): readonly ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    const isKey =
      (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) ||
      (ts.isPropertyAssignment(node.parent) && node.parent.name === node);
    if (ts.isIdentifier(node) && node.text === name && !isKey) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

function indentOf(root: ts.SourceFile, offset: number): string {
  const start = root.text.lastIndexOf('\n', offset) + 1;
  return /^[ \t]*/.exec(root.text.slice(start))?.[0] ?? '';
}
