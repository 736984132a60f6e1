import { inserted, replaced, spanOf } from '../../../engine/compiler-edits.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { isDeclared } from '../../../vitest/source-names.ts';
import { asynchronous } from '../reading/asynchronous.ts';
import { fakeTimerOptions } from '../reading/fake-timers.ts';
import { type TestFile, testFile } from '../reading/test-file.ts';

/** Members of `jest` that `vi` has by the same name, with the same meaning. Source: Vitest's reference, "Vi". */
const same = new Set([
  'advanceTimersByTime',
  'advanceTimersByTimeAsync',
  'clearAllMocks',
  'clearAllTimers',
  'doMock',
  'fn',
  'getRealSystemTime',
  'getTimerCount',
  'isMockFunction',
  'mock',
  'mocked',
  'resetAllMocks',
  'resetModules',
  'restoreAllMocks',
  'runAllTicks',
  'runAllTimers',
  'runAllTimersAsync',
  'runOnlyPendingTimers',
  'runOnlyPendingTimersAsync',
  'setSystemTime',
  'spyOn',
  'unmock',
  'useRealTimers',
]);
const renamed: Readonly<Record<string, string>> = { dontMock: 'doUnmock', deepUnmock: 'unmock' };
/** They answer a promise of what Jest answers. */
const promised: Readonly<Record<string, string>> = {
  requireActual: 'importActual',
  requireMock: 'importMock',
  createMockFromModule: 'importMock',
  genMockFromModule: 'importMock',
};
/** What `vi` has nothing for, and what to do instead. */
const cures: Readonly<Record<string, string>> = {
  replaceProperty: 'Use `vi.spyOn(object, key, "get")`, `vi.stubEnv` or `vi.stubGlobal`, or assign and put it back.',
  isolateModules: 'Use `vi.resetModules()` and `await import(…)`.',
  isolateModulesAsync: 'Use `vi.resetModules()` and `await import(…)`.',
  retryTimes: 'Give the test `{ retry: n }`, or set `test.retry` in the configuration.',
  setMock: 'Use `vi.doMock(path, () => module)` before the module is imported.',
  getSeed: 'The seed is `sequence.seed` of the configuration.',
  enableAutomock: 'Name each module with `vi.mock(path)`.',
  disableAutomock: 'Vitest mocks only what `vi.mock(path)` names.',
  autoMockOn: 'Name each module with `vi.mock(path)`.',
  autoMockOff: 'Vitest mocks only what `vi.mock(path)` names.',
  now: 'Use `Date.now()`, which fake timers turn.',
};

/** `jest` becomes `vi`. */
export const jestObject: FileTransform = {
  kind: 'file',
  id: 'jest-object',
  why: 'The object that makes mocks and turns time is called `vi` in Vitest, and what it loads of a mocked module comes as a promise (Migrating from Jest).',
  files: sourceFiles,
  mentions: ['jest'],
  transform(file) {
    const read = testFile(file);
    const work: Work = { read, edits: [], unresolved: [] };
    const clash = read.nodes.find((node) => isDeclared(node, 'vi'));
    const uses = read.uses.filter(isValue);
    if (clash !== undefined && uses.length > 0 && !isOfVitest(clash))
      return { edits: [], unresolved: [leftAt(clash, 'This file has a name `vi` of its own.', 'Give it another.')] };
    for (const use of uses) rewrite(use, work);
    return { edits: work.edits, unresolved: work.unresolved };
  },
};

type Work = { readonly read: TestFile; readonly edits: TextEdit[]; readonly unresolved: Unresolved[] };

function isOfVitest(node: ts.Node): boolean {
  if (!ts.isImportSpecifier(node)) return false;
  const { moduleSpecifier } = node.parent.parent.parent;
  return ts.isStringLiteral(moduleSpecifier) && moduleSpecifier.text === 'vitest';
}

/** Types are another transform's. */
function isValue(use: ts.Identifier): boolean {
  return !ts.isQualifiedName(use.parent) && !ts.isTypeReferenceNode(use.parent);
}

/** A name that an import gave it stays. */
function asVi(use: ts.Identifier): readonly TextEdit[] {
  return use.text === 'jest' ? [replaced(use, 'vi')] : [];
}

function rewrite(use: ts.Identifier, work: Work): void {
  const access = use.parent;
  if (!ts.isPropertyAccessExpression(access)) {
    if (ts.isTypeQueryNode(access) || isPlainDestructuring(use)) work.edits.push(...asVi(use));
    else work.unresolved.push(leftAt(use, '`jest` is handed on as a whole.', 'Use `vi`, where it has what is needed.'));
    return;
  }
  const name = access.name.text;
  const call = ts.isCallExpression(access.parent) && access.parent.expression === access ? access.parent : undefined;
  if (same.has(name)) work.edits.push(...asVi(use));
  else if (renamed[name] !== undefined) work.edits.push(...asVi(use), replaced(access.name, renamed[name]));
  else if (call === undefined) leaveMember(access, work);
  else if (name === 'setTimeout') setTimeout(use, call, work);
  else if (name === 'useFakeTimers') useFakeTimers(use, call, work);
  else if (name === 'advanceTimersToNextTimer' && call.arguments.length === 0) work.edits.push(...asVi(use));
  else if (promised[name] !== undefined) promise({ use, access, call, to: promised[name] }, work);
  else leaveMember(access, work);
}

/** `const { fn, spyOn } = jest`, of names that both have. */
function isPlainDestructuring(use: ts.Identifier): boolean {
  const declaration = use.parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isObjectBindingPattern(declaration.name)) return false;
  return declaration.name.elements.every((one) => same.has((one.propertyName ?? one.name).getText()));
}

function leaveMember({ name, parent }: ts.PropertyAccessExpression, work: Work): void {
  const what = ts.isCallExpression(parent) && parent.arguments.length > 0 ? 'nothing that does the same' : 'none';
  const cure = cures[name.text] ?? 'Look for what does the same in the reference of `vi`.';
  work.unresolved.push({ ...leftAt(name, `\`jest.${name.text}\`: \`vi\` has ${what}.`, cure), symbol: name.text });
}

/** Jest's limit holds for hooks too. */
function setTimeout(use: ts.Identifier, call: ts.CallExpression, work: Work): void {
  const [limit] = call.arguments;
  if (limit === undefined || call.arguments.length > 1) return;
  const text = limit.getText();
  work.edits.push(
    replaced(
      call,
      `${use.text === 'jest' ? 'vi' : use.text}.setConfig({ testTimeout: ${text}, hookTimeout: ${text} })`,
    ),
  );
  if (!ts.isNumericLiteral(limit) && !ts.isIdentifier(limit))
    work.unresolved.push(leftAt(use, 'The limit is computed twice now.', 'Give it a name.'));
}

function useFakeTimers(use: ts.Identifier, call: ts.CallExpression, work: Work): void {
  const [options] = call.arguments;
  const made = options === undefined ? '' : fakeTimerOptions(options);
  if (typeof made === 'string') {
    work.edits.push(...asVi(use));
    if (options !== undefined && made !== options.getText()) work.edits.push(replaced(options, made));
  } else work.unresolved.push(leftAt(made.node, made.what, made.cure));
}

type Promised = {
  readonly use: ts.Identifier;
  readonly access: ts.PropertyAccessExpression;
  readonly call: ts.CallExpression;
  readonly to: string;
};

function promise({ use, access, call, to }: Promised, work: Work): void {
  const waits = asynchronous(call);
  if (waits === undefined) {
    work.unresolved.push(
      leftAt(
        access.name,
        `\`${use.text}.${access.name.text}\` is called in a function that does not wait, and \`vi.${to}\` answers a promise.`,
        `Make the function asynchronous, and its callers: \`await vi.${to}(…)\`.`,
      ),
    );
    return;
  }
  const isInner =
    (ts.isPropertyAccessExpression(call.parent) || ts.isElementAccessExpression(call.parent)) &&
    call.parent.expression === call;
  const isCalled =
    (ts.isCallExpression(call.parent) || ts.isNewExpression(call.parent)) && call.parent.expression === call;
  const isWrapped = isInner || isCalled;
  work.edits.push(inserted(call.getStart(), isWrapped ? '(await ' : 'await '), ...asVi(use), replaced(access.name, to));
  const [module] = call.arguments;
  const isTyped = call.typeArguments !== undefined || !work.read.isTypescript;
  if (!isTyped && module !== undefined && ts.isStringLiteralLike(module))
    work.edits.push(inserted(access.name.getEnd(), `<typeof import(${module.getText()})>`));
  if (isWrapped) work.edits.push(inserted(call.getEnd(), ')'));
  if (waits.insertAt !== undefined && !work.edits.some((one) => one.offset === waits.insertAt && one.text === 'async '))
    work.edits.push(inserted(waits.insertAt, 'async '));
}

function leftAt(node: ts.Node, message: string, cure: string): Unresolved {
  return { ...spanOf(node), message, cure, evidence: 'Migrating from Jest' };
}
