import { inserted, removed, replaced, spanOf } from '../../../engine/compiler-edits.ts';
import type { TextEdit, TreeTransform, Unresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import type { Callback } from '../../../vitest/promised-callback.ts';
import { type MochaFile, suiteAround } from '../reading/mocha-file.ts';
import { chainedLimits, type Limit, usesOfThis, type WithThis } from '../reading/uses-of-this.ts';
import { type FileWork, overMochaFiles } from './over-files.ts';
import { sharedValues } from './shared-values.ts';

/** What tests, hooks and suites find in `this`. */
export const testContext: TreeTransform = {
  kind: 'tree',
  id: 'test-context',
  why: 'Vitest calls suites, tests and hooks without `this`: limits are options, skipping is part of the argument of a test, and what tests hand to each other is a variable (API, Test Context).',
  transform: (tree) => overMochaFiles(tree, rewrite),
};

const behind = 'Vitest takes limits as options of a test, and not behind it.';

type Work = { readonly file: MochaFile; readonly edits: TextEdit[]; readonly unresolved: Unresolved[] };

function rewrite(file: MochaFile): FileWork {
  const work: Work = { file, edits: [], unresolved: [] };
  const all = file.declarations.flatMap((one): readonly WithThis[] =>
    one.callback === undefined ? [] : [{ ...one, callback: one.callback, uses: usesOfThis(one.callback) }],
  );
  for (const one of all) {
    for (const use of one.uses) if (use.kind === 'unknown') left(use.node, work);
    limited(one, work);
    contextual(one, work);
    valuesOfSuite(one, work);
  }
  for (const one of file.declarations) {
    const chain = one.callback === undefined ? chainedLimits(one) : undefined;
    if (chain !== undefined) left(chain.whole, work, behind);
  }
  const shared = sharedValues(file, all);
  work.edits.push(...shared.edits);
  for (const node of file.nodes) handedOver(node, work);
  return work;
}

function left(node: ts.Node, { unresolved }: Work, message?: string): void {
  const written = node.parent.parent.getText().split('\n')[0]?.slice(0, 60) ?? '';
  unresolved.push({
    ...spanOf(node),
    message: message ?? `\`${written}\`: Vitest calls this function without \`this\`.`,
    cure: 'Take what it needs from the argument of the test (`{ task, skip }`), from options, or from a variable.',
    evidence: 'Vitest, Test Context',
  });
}

/**
 * `this.timeout(500)` and `it(…).timeout(500)` are options of a suite or test, and the second argument of a hook. Only a report
 * knows `slow`. What is set within a test comes later than what is set behind it, and so wins.
 */
function limited(one: WithThis, work: Work): void {
  const set = one.uses.filter((use) => use.kind === 'limits');
  const chain = chainedLimits(one);
  const limits = [...limitsBehind(one, work), ...set.flatMap((use) => use.limits)];
  const last = (name: Limit['name']): string | undefined => limits.findLast((limit) => limit.name === name)?.text;
  const [timeout, retries] = [last('timeout'), last('retries')];
  const first = set[0]?.statement ?? chain?.whole;
  if (first === undefined) return;
  if (one.role === 'hook' && retries !== undefined) return void left(first, work, 'A hook is not tried again.');
  if (one.role !== 'hook' && one.call.arguments[1] !== one.callback)
    return void left(first, work, set.length === 0 ? behind : undefined);
  for (const { statement } of set) work.edits.push(withoutLine(statement));
  if (chain !== undefined) work.edits.push(removed(one.call.getEnd(), chain.whole.getEnd()));
  if (one.role === 'hook') {
    if (timeout !== undefined) work.edits.push(inserted(one.callback.getEnd(), `, ${timeout}`));
    return;
  }
  const options = [
    ...(retries === undefined ? [] : [`retry: ${retries}`]),
    ...(timeout === undefined ? [] : [`timeout: ${timeout}`]),
  ];
  if (options.length > 0) work.edits.push(inserted(one.callback.getStart(), `{ ${options.join(', ')} }, `));
  const isOfHooks = set.some((use) => use.limits.some(isTimeout));
  if (one.role === 'suite' && timeout !== undefined && isOfHooks)
    work.edits.push(...timeoutsOfHooks(one, timeout, work.file));
}

/**
 * Limits that are set behind a declaration. Mocha hands the limit of time behind a suite to every test below, over what stands
 * behind that test, and nothing else to anything (lib/suite.js, Suite.prototype.timeout).
 */
function limitsBehind(one: WithThis, { file }: Work): readonly Limit[] {
  const own = chainedLimits(one)?.limits ?? [];
  for (let suite = suiteAround(one.call, file); suite !== undefined; suite = suiteAround(suite.call, file))
    if (chainedLimits(suite)?.limits.some(isTimeout)) return own.filter((limit) => !isTimeout(limit));
  return one.role === 'suite' ? own.filter(isTimeout) : own;
}

/** The limit of a suite holds for its hooks too, those of suites within it included. */
function timeoutsOfHooks({ callback }: WithThis, timeout: string, file: MochaFile): readonly TextEdit[] {
  return file.declarations.flatMap((one): readonly TextEdit[] => {
    if (one.role !== 'hook' || one.callback === undefined || !isWithin(one.call, callback)) return [];
    const isOwn = usesOfThis(one.callback).some((use) => use.kind === 'limits' && use.limits.some(isTimeout));
    const nearest = nearestLimit(one.call, file);
    return isOwn || nearest !== callback ? [] : [inserted(one.callback.getEnd(), `, ${timeout}`)];
  });
}

function isTimeout({ name }: Limit): boolean {
  return name === 'timeout';
}

/** The callback of the innermost suite that sets a limit of time. */
function nearestLimit(node: ts.Node, file: MochaFile): ts.Node | undefined {
  let suite = suiteAround(node, file);
  for (let depth = 0; suite?.callback !== undefined && depth < 100; depth += 1) {
    const uses = usesOfThis(suite.callback);
    if (uses.some((use) => use.kind === 'limits' && use.limits.some(isTimeout))) return suite.callback;
    suite = suiteAround(suite.call, file);
  }
  return undefined;
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return node.pos >= outer.pos && node.end <= outer.end;
}

/** `this.skip()` and titles come from the argument of a test, or of a hook that runs for each. */
function contextual(one: WithThis, work: Work): void {
  const skips = one.uses.filter((use) => use.kind === 'skip');
  const titles = one.uses.filter((use) => use.kind === 'title');
  if (skips.length + titles.length === 0) return;
  const isEach = one.role === 'test' || (one.role === 'hook' && one.name.endsWith('Each'));
  if (!isEach) {
    for (const { node } of [...skips, ...titles]) left(node.expression, work);
    return;
  }
  const names = new Set(work.file.nodes.filter(ts.isIdentifier).map(({ text }) => text));
  // A name that stands in the file as something else may not be hidden.
  const isFree = (name: string): boolean =>
    !work.file.nodes.some(
      (node) => ts.isIdentifier(node) && node.text === name && !ts.isPropertyAccessExpression(node.parent),
    );
  const skip = isFree('skip') ? 'skip' : names.has('skipTest') ? 'skipThisTest' : 'skipTest';
  const task = isFree('task') ? 'task' : names.has('testTask') ? 'thisTestTask' : 'testTask';
  const parts = [
    ...(skips.length === 0 ? [] : [skip === 'skip' ? skip : `skip: ${skip}`]),
    ...(titles.length === 0 ? [] : [task === 'task' ? task : `task: ${task}`]),
  ];
  for (const { node } of skips) work.edits.push(replaced(node, skip));
  for (const { node } of titles) work.edits.push(replaced(node, `${task}.name`));
  const comma = one.callback.parameters.length === 0 ? '' : ', ';
  work.edits.push(inserted(parametersStart(one.callback), `{ ${parts.join(', ')} }${comma}`));
}

function parametersStart(callback: Callback): number {
  const [first] = callback.parameters;
  if (first !== undefined) return first.getStart();
  const text = callback.getText();
  return callback.getStart() + text.indexOf('(') + 1;
}

/** A suite itself has no values that its tests see. */
function valuesOfSuite(one: WithThis, work: Work): void {
  if (one.role !== 'suite') return;
  for (const use of one.uses) if (use.kind === 'value' || use.kind === 'skip') left(use.node, work);
}

/** `beforeEach(prepare)` with a function of the file that uses `this`. */
function handedOver(node: ts.Node, work: Work): void {
  if (!ts.isIdentifier(node) || !work.file.declarations.some(({ call }) => call.arguments.some((one) => one === node)))
    return;
  const named = work.file.nodes.find(
    (one): one is ts.FunctionDeclaration => ts.isFunctionDeclaration(one) && one.name?.text === node.text,
  );
  if (named?.body !== undefined && /\bthis\b/.test(named.body.getText()))
    left(node, work, `\`${node.text}\` uses \`this\`, which Vitest does not give it.`);
}

function withoutLine(statement: ts.Statement): TextEdit {
  const { text } = statement.getSourceFile();
  const start = text.lastIndexOf('\n', statement.getStart() - 1) + 1;
  const after = /^[ \t]*(?:\/\/[^\n]*?)?(?=\r?\n)/.exec(text.slice(statement.getEnd()));
  const isAlone = text.slice(start, statement.getStart()).trim() === '' && after !== null;
  if (!isAlone) return removed(statement.getStart(), statement.getEnd());
  const end = statement.getEnd() + after[0].length;
  // A blank line below it would be the first of its block.
  const isFirst = text.slice(0, start).trimEnd().endsWith('{');
  const lines = isFirst ? /^(?:[ \t]*\r?\n)+/ : /^\r?\n/;
  return removed(start, end + (lines.exec(text.slice(end))?.[0].length ?? 0));
}
