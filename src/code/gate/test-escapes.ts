import ts from '../typescript.cts';
import type { Escape } from './measurement.ts';

type TestEscape = Extract<Escape['kind'], `test-${string}`>;

const testFile = /(^|\/)(__tests__|tests?|specs?|e2e|cypress)\/|[._-](test|spec|cy|e2e)\.\w+$|(^|\/)test\.\w+$/;
const roots = new Set(
  'it test describe suite context specify bench xit xtest xdescribe xcontext xspecify fit fdescribe'.split(' '),
);
const held = new Set('xit xtest xdescribe xcontext xspecify'.split(' '));
const alone = new Set(['fit', 'fdescribe']);
const byMember: Readonly<Record<string, TestEscape>> = {
  skip: 'test-skip',
  skipIf: 'test-skip',
  runIf: 'test-skip',
  failing: 'test-skip',
  fails: 'test-skip',
  fixme: 'test-skip',
  todo: 'test-todo',
  only: 'test-only',
};

/** What a call does to a test, in a file of tests: `it.skip(…)`, `xit(…)`, `it('…', { todo: true }, …)`, `t.skip()`. */
export function testEscape(call: ts.CallExpression, file: string): TestEscape | undefined {
  if (!testFile.test(file)) return undefined;
  const chain = chainOf(call.expression);
  const [root = '', ...members] = chain;
  // `it.skip.each(…)(…)` is two calls, of which the inner one counts.
  if (ts.isCallExpression(call.expression)) return undefined;
  if (!roots.has(root)) return skipsItself(chain, call);
  if (held.has(root)) return 'test-skip';
  if (alone.has(root)) return 'test-only';
  const member = members.find((name) => Object.hasOwn(byMember, name));
  return member === undefined ? optionOf(call) : byMember[member];
}

/** `a.b.c` as its names; empty where it is something else. */
function chainOf(node: ts.Expression): readonly string[] {
  if (ts.isIdentifier(node)) return [node.text];
  if (node.kind === ts.SyntaxKind.ThisKeyword) return ['this'];
  if (!ts.isPropertyAccessExpression(node)) return [];
  const before = chainOf(node.expression);
  return before.length === 0 ? [] : [...before, node.name.text];
}

/** A test that skips itself through the context it is given: `t.skip()`, `this.skip()`, `context.skip('why')`. */
function skipsItself(chain: readonly string[], { arguments: values }: ts.CallExpression): TestEscape | undefined {
  const [root = '', member = '', ...more] = chain;
  if (more.length > 0 || !/^(this|t|ctx|context|tc|testContext)$/.test(root) || values.length > 1) return undefined;
  return member === 'skip' ? 'test-skip' : member === 'todo' ? 'test-todo' : undefined;
}

function optionOf({ arguments: values }: ts.CallExpression): TestEscape | undefined {
  for (const value of values) {
    if (!ts.isObjectLiteralExpression(value)) continue;
    for (const property of value.properties) {
      const name = property.name?.getText() ?? '';
      const isOff = ts.isPropertyAssignment(property) && property.initializer.kind === ts.SyntaxKind.FalseKeyword;
      if (!isOff && ['skip', 'todo', 'only'].includes(name)) return byMember[name];
    }
  }
  return undefined;
}
