import type { SgNode } from '@ast-grep/napi';
import { renamed, replaceWhole, rewrittenCall, withArgument, withoutArgument } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { literalOf } from '../../../python-source/literals.ts';
import { argumentsOf, bare, isAttribute, isNameOf, nameOf, partsOf, startOf } from '../../../python-source/nodes.ts';
import {
  closingOf,
  codeFrom,
  findText,
  firstToken,
  openingOf,
  replaceTokens,
} from '../../../python-source/tokens-at.ts';
import { bracketsAround } from '../editing/brackets.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import { abstractCollections } from '../reading/moved-names.ts';
import type { PythonFile } from '../reading/python-file.ts';

/** `collections.Mapping` is `collections.abc.Mapping`. */
export const collectionsAbc = pythonTransform({
  id: 'collections-abc',
  why: 'Python 3.10 removed the abstract classes from `collections`; they stand in `collections.abc`.',
  mentions: ['collections'],
  find: (py) =>
    py
      .matching('attribute', '^collections')
      .filter((node) => isAttribute(node, ['collections'], abstractCollections))
      .map((node) => renamed(py, node, `collections.abc.${node.field('attribute')?.text()}`)),
});

/** `datetime.timezone.utc` is `datetime.UTC`. */
export const datetimeUtc = pythonTransform({
  id: 'datetime-utc',
  why: '`datetime.UTC` is the same object (Python 3.11).',
  mentions: ['utc'],
  from: 11,
  find: (py) =>
    py
      .matching('attribute', '\\butc$')
      .filter(
        (node) =>
          node.field('attribute')?.text() === 'utc' && isAttribute(node.field('object'), ['datetime'], ['timezone']),
      )
      .map((node) => renamed(py, node, 'datetime.UTC')),
});

/** `mock.mock.patch` is `mock.patch`. */
export const mockMock = pythonTransform({
  id: 'mock-mock',
  why: '`unittest.mock` has no `mock` within.',
  mentions: ['mock'],
  find: (py) =>
    py.settings.keepsMock
      ? []
      : py
          .matching('attribute', '^mock\\b')
          .filter((node) => isAttribute(node, ['mock'], ['mock']))
          .map((node) => {
            const start = firstToken(py, node);
            return [replaceTokens(py, [start + 1, codeFrom(py, findText(py, start, '.') + 1) + 1])];
          }),
});

/** `@lru_cache()` is `@lru_cache`, and with no limit `@cache`. */
export const lruCache = pythonTransform({
  id: 'lru-cache',
  why: '`lru_cache` decorates without a call (Python 3.8), and without a limit it is `cache` (3.9).',
  mentions: ['lru_cache'],
  from: 8,
  find: (py) =>
    py.callsOf('lru_cache').flatMap((call) => {
      const callee = call.field('function');
      const { all, positional, keywords, hasStar } = argumentsOf(call);
      if (all.length === 0 && isNameOf(py, callee, ['functools'], ['lru_cache'])) {
        const open = openingOf(py, call.field('arguments'));
        return [[replaceTokens(py, [open, closingOf(py, open) + 1])]];
      }
      const isUnlimited = keywords.some(({ name, value }) => name === 'maxsize' && value.is('none'));
      const isUntyped =
        keywords.length === 1 || keywords.some(({ name, value }) => name === 'typed' && value.is('false'));
      const isCache =
        py.settings.minor >= 9 &&
        positional.length === 0 &&
        !hasStar &&
        keywords.length <= 2 &&
        isUnlimited &&
        isUntyped;
      if (!isCache || !isAttribute(callee, ['functools'], ['lru_cache'])) return [];
      return [rewrittenCall(py, call, { write: () => 'functools.cache' })];
    }),
});

/** `stdout=PIPE, stderr=PIPE` is `capture_output=True`, `universal_newlines` is `text`. */
export const subprocessRun = pythonTransform({
  id: 'subprocess-run',
  why: '`text` and `capture_output` say what they do (Python 3.7).',
  mentions: ['subprocess'],
  from: 7,
  find: (py) =>
    py
      .callsOf('check_output', 'run')
      .filter((call) => isNameOf(py, call.field('function'), ['subprocess'], ['check_output', 'run']))
      .flatMap((call) => [...textFix(call), ...captureFix(py, call)]),
});

function textFix(call: SgNode): readonly Fix[] {
  const { keywords, all } = argumentsOf(call);
  const old = keywords.findLast(({ name }) => name === 'universal_newlines');
  const isOpen = keywords.some(({ name }) => name === 'text') || all.some((one) => one.is('dictionary_splat'));
  const name = old?.node.field('name');
  return name == null || isOpen ? [] : [[replaceWhole(name, 'text')]];
}

function captureFix(py: PythonFile, call: SgNode): readonly Fix[] {
  const { all } = argumentsOf(call);
  const indexOf = (key: string): number =>
    all.findLastIndex(
      (one) =>
        one.is('keyword_argument') &&
        one.field('name')?.text() === key &&
        isNameOf(py, one.field('value'), ['subprocess'], ['PIPE']),
    );
  const [out, error] = [indexOf('stdout'), indexOf('stderr')];
  if (out === -1 || error === -1) return [];
  return [[withArgument(py, call, { index: out, text: 'capture_output=True' }), withoutArgument(py, call, error)]];
}

/** `' '.join(shlex.quote(x) for x in y)` is `shlex.join(y)`. */
export const shlexJoin = pythonTransform({
  id: 'shlex-join',
  why: '`shlex.join` quotes and joins (Python 3.8).',
  mentions: ['shlex'],
  from: 8,
  find: (py) =>
    py.callsOf('join').flatMap((call) => {
      const callee = call.field('function');
      const { positional, all } = argumentsOf(call);
      const isJoin =
        callee?.is('attribute') === true &&
        callee.field('attribute')?.text() === 'join' &&
        literalOf(callee.field('object'))?.value === ' ';
      const made = bare(positional[0]);
      if (!isJoin || all.length !== 1 || made === undefined || !isQuoted(made)) return [];
      return [joinFix(py, call, made)];
    }),
});

function isQuoted(made: SgNode): boolean {
  const [body, clause, ...more] = partsOf(made);
  if (
    !(made.is('generator_expression') || made.is('list_comprehension')) ||
    more.length > 0 ||
    clause?.is('for_in_clause') !== true
  )
    return false;
  const call = bare(body);
  if (call?.is('call') !== true || clause.children()[0]?.text() === 'async') return false;
  const { positional, all } = argumentsOf(call);
  const name = nameOf(bare(positional[0]));
  return (
    isAttribute(call.field('function'), ['shlex'], ['quote']) &&
    all.length === 1 &&
    name !== undefined &&
    nameOf(bare(clause.field('left'))) === name
  );
}

function joinFix(py: PythonFile, call: SgNode, made: SgNode): Fix {
  const start = firstToken(py, call);
  const open = openingOf(py, call.field('arguments'));
  const { closing, inner } = bracketsAround(py, open, { offset: startOf(made), isComprehension: true });
  const from = codeFrom(py, findText(py, inner, 'in') + 1);
  const [first, last] = [closing[0] ?? open, closing.at(-1) ?? open];
  return [replaceTokens(py, [start, from], 'shlex.join('), replaceTokens(py, [first, last + 1], ')')];
}

const methods: Readonly<Record<string, string>> = {
  assertEquals: 'assertEqual',
  failUnlessEqual: 'assertEqual',
  failIfEqual: 'assertNotEqual',
  failUnless: 'assertTrue',
  assert_: 'assertTrue',
  failIf: 'assertFalse',
  failUnlessRaises: 'assertRaises',
  failUnlessAlmostEqual: 'assertAlmostEqual',
  failIfAlmostEqual: 'assertNotAlmostEqual',
  assertNotEquals: 'assertNotEqual',
  assertAlmostEquals: 'assertAlmostEqual',
  assertNotAlmostEquals: 'assertNotAlmostEqual',
  assertRegexpMatches: 'assertRegex',
  assertNotRegexpMatches: 'assertNotRegex',
  assertRaisesRegexp: 'assertRaisesRegex',
};
const functions: Readonly<Record<string, string>> = {
  findTestCases: 'defaultTestLoader.loadTestsFromModule',
  makeSuite: 'defaultTestLoader.loadTestsFromTestCase',
  getTestCaseNames: 'defaultTestLoader.getTestCaseNames',
};

/** `self.assertEquals` is `self.assertEqual`. */
export const unittestAliases = pythonTransform({
  id: 'unittest-aliases',
  why: 'Python 3.12 removed the other names of assertions, 3.13 the functions that made suites.',
  mentions: ['self', 'unittest'],
  find: (py) =>
    py.callsOf(...Object.keys(methods), ...Object.keys(functions)).flatMap((call) => {
      const callee = call.field('function');
      if (callee === null) return [];
      const name = callee.is('attribute') ? (callee.field('attribute')?.text() ?? '') : '';
      if (isAttribute(callee, ['self'], Object.keys(methods))) return [renamed(py, callee, `self.${methods[name]}`)];
      const { positional, all } = argumentsOf(call);
      const isOne = positional.length === 1 && all.length === 1;
      return isOne && isAttribute(callee, ['unittest'], Object.keys(functions))
        ? [renamed(py, callee, `unittest.${functions[name]}`)]
        : [];
    }),
});

/** `x is 1` is `x == 1`. */
export const literalIdentity = pythonTransform({
  id: 'literal-identity',
  why: 'Whether two equal literals are one object is chance; since Python 3.8 it is a SyntaxWarning.',
  mentions: ['is'],
  find: (py) =>
    py.matching('comparison_operator', '\\bis\\b').flatMap((node) => {
      const sides = partsOf(node);
      const operators = node.children().filter((child) => !child.isNamed());
      return operators.flatMap((operator, index) => {
        const [left, right] = [sides[index], sides[index + 1]];
        const isOwn = isLiteral(left) || isLiteral(right);
        const text = operator.text();
        if (!isOwn || !/^is\b/.test(text)) return [];
        return [identityFix(py, operator, text === 'is')];
      });
    }),
});

function identityFix(py: PythonFile, operator: SgNode, isEqual: boolean): Fix {
  const start = firstToken(py, operator);
  if (isEqual) return [replaceTokens(py, [start, start + 1], '==')];
  return [replaceTokens(py, [start, findText(py, start, 'not') + 1], '!=')];
}

function isLiteral(node: SgNode | undefined): boolean {
  const inner = bare(node);
  if (inner === undefined) return false;
  if (inner.is('integer') || inner.is('float'))
    return !/j$/i.test(inner.text()) && ![0, 1].includes(Number(inner.text().replaceAll('_', '')));
  return literalOf(inner) !== undefined;
}

/** `ArgumentParser(suggest_on_error=True)` from 3.15 on. */
export const argparseSuggestions = pythonTransform({
  id: 'argparse-suggestions',
  why: 'Suggestions are on by themselves (Python 3.15).',
  mentions: ['suggest_on_error'],
  from: 15,
  find: (py) =>
    py.callsOf('ArgumentParser').flatMap((call) => {
      const { all } = argumentsOf(call);
      const index = all.findIndex(
        (one) => one.is('keyword_argument') && one.field('name')?.text() === 'suggest_on_error',
      );
      const isOwn =
        isNameOf(py, call.field('function'), ['argparse'], ['ArgumentParser']) &&
        all[index]?.field('value')?.is('true') === true;
      return isOwn ? [[withoutArgument(py, call, index)]] : [];
    }),
});
