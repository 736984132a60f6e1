import type { SgNode } from '@ast-grep/napi';
import type { Fix } from '../../../python-source/fixes.ts';
import { argumentsOf, bare, endOf, nameOf, partsOf, startOf } from '../../../python-source/nodes.ts';
import {
  at,
  closingOf,
  codeFrom,
  firstToken,
  openingOf,
  removeBracket,
  removeBrackets,
  replaceTokens,
} from '../../../python-source/tokens-at.ts';
import { bracketsAround } from '../editing/brackets.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import { onlyArgument } from '../reading/only-argument.ts';
import type { PythonFile } from '../reading/python-file.ts';

/** Directly within the braces of an f-string a second brace would be a brace of the text. */
function isField(call: SgNode): boolean {
  return call.parent()?.is('interpolation') === true;
}

/** Index of the parenthesis of a call, where it follows the name without a space. */
function immediate(py: PythonFile, call: SgNode): number | undefined {
  const start = firstToken(py, call);
  return at(py, start + 1).text === '(' ? start + 1 : undefined;
}

/** `set([1])` is `{1}`, `set([])` is `set()`. */
export const setLiterals = pythonTransform({
  id: 'set-literals',
  why: 'A set has a literal and a comprehension, which need no list to be made first.',
  mentions: ['set'],
  find: (py) =>
    py.callsOf('set').flatMap((call) => {
      const argument = isField(call) ? undefined : onlyArgument(call, 'set');
      if (argument === undefined) return [];
      const isPlain = argument.is('list') || argument.is('tuple');
      const isGenerator = argument.is('generator_expression');
      if (!isPlain && !isGenerator && !argument.is('list_comprehension')) return [];
      const open = openingOf(py, call.field('arguments'));
      if (isPlain && partsOf(argument).length === 0) return [[replaceTokens(py, [open + 1, closingOf(py, open)])]];
      return immediate(py, call) === undefined ? [] : [setFix(py, { open, argument, isGenerator })];
    }),
});

function setFix(
  py: PythonFile,
  { open, argument, isGenerator }: { readonly open: number; readonly argument: SgNode; readonly isGenerator: boolean },
): Fix {
  const { opening, closing } = bracketsAround(py, open, { offset: startOf(argument), isComprehension: isGenerator });
  const last = closing.at(-1) ?? open;
  return [
    replaceTokens(py, [open - 1, open + 1], '{'),
    replaceTokens(py, [last, last + 1], '}'),
    ...removeBrackets(py, [...opening.slice(1), ...closing.slice(0, -1)]),
  ];
}

/** `dict((a, b) for a, b in y)` is `{a: b for a, b in y}`. */
export const dictLiterals = pythonTransform({
  id: 'dict-comprehensions',
  why: 'A dictionary has a comprehension, which needs no pairs to be made first.',
  mentions: ['dict'],
  find: (py) =>
    py.callsOf('dict').flatMap((call) => {
      const argument = isField(call) ? undefined : onlyArgument(call, 'dict');
      const isComprehension =
        argument?.is('generator_expression') === true || argument?.is('list_comprehension') === true;
      const pair = isComprehension ? bare(argument?.field('body')) : undefined;
      const isPair = (pair?.is('tuple') === true || pair?.is('list') === true) && partsOf(pair).length === 2;
      const open = immediate(py, call);
      return argument === undefined || pair === undefined || !isPair || open === undefined
        ? []
        : [dictFix(py, open, { argument, pair })];
    }),
});

function dictFix(
  py: PythonFile,
  open: number,
  { argument, pair }: { readonly argument: SgNode; readonly pair: SgNode },
): Fix {
  const outer = bracketsAround(py, open, { offset: startOf(argument), isComprehension: true });
  const from = outer.inner;
  const inner = bracketsAround(py, from, { offset: startOf(pair), isComprehension: true });
  const last = outer.closing.at(-1) ?? open;
  const pairEnd = inner.closing.at(-1) ?? from;
  const isGlued = at(py, pairEnd + 1).text === 'for';
  const removed = [...outer.closing.slice(0, -1), ...inner.closing, ...outer.opening.slice(1), ...inner.opening];
  const comma = inner.comma ?? from;
  return [
    replaceTokens(py, [open - 1, open + 1], '{'),
    replaceTokens(py, [last, last + 1], '}'),
    replaceTokens(py, [comma, comma + 1], ':'),
    ...[...new Set(removed)].map((index) =>
      isGlued && index === pairEnd ? replaceTokens(py, [index, index + 1], ' ') : removeBracket(py, index),
    ),
  ];
}

/** `a, b = [f(x) for x in y]` needs no list. */
export const unpackListComprehension = pythonTransform({
  id: 'unpack-list-comprehension',
  why: 'What is unpacked at once needs no list.',
  mentions: ['for'],
  find: (py) =>
    py.all('assignment').flatMap((assignment) => {
      const left = bare(assignment.field('left'));
      const right = bare(assignment.field('right'));
      const isChain = assignment.parent()?.is('assignment') === true;
      const isUnpacked = left?.is('pattern_list') === true || left?.is('tuple_pattern') === true;
      if (!isUnpacked || isChain || right?.is('list_comprehension') !== true) return [];
      if (/\b(async|await)\b/.test(right.text()) && /\basync\s+for\b|\bawait\b/.test(right.text())) return [];
      const open = py.tokenAt(startOf(right));
      const close = closingOf(py, open);
      return [[replaceTokens(py, [open, open + 1], '('), replaceTokens(py, [close, close + 1], ')')]];
    }),
});

/** `[x for x in y]` is `[*y]`. */
export const comprehensionSplat = pythonTransform({
  id: 'comprehension-splat',
  why: 'A comprehension that changes nothing is its iterable, spread.',
  mentions: ['for'],
  find: (py) => splats(py, (count) => count === 1),
});

/** `[x for y in z for x in y]` is `[*y for y in z]` from 3.15 on. */
export const nestedSplat = pythonTransform({
  id: 'nested-splat',
  why: 'A comprehension may spread what it comes to (PEP 798, Python 3.15).',
  mentions: ['for'],
  from: 15,
  isBeyondGrammar: true,
  find: (py) => splats(py, (count) => count > 1),
});

const comprehensions = ['list_comprehension', 'set_comprehension', 'generator_expression', 'dictionary_comprehension'];

function splats(py: PythonFile, isWanted: (clauses: number) => boolean): readonly Fix[] {
  return py.all(...comprehensions).flatMap((node) => {
    const clauses = partsOf(node).slice(1);
    const loops = clauses.filter((one) => one.is('for_in_clause'));
    const last = clauses.at(-1);
    if (last?.is('for_in_clause') !== true || !isWanted(loops.length)) return [];
    if (node.is('generator_expression') && loops.length === 1) return [];
    if (last.children()[0]?.text() === 'async') return [];
    const spread = spreadOf(node, last);
    return spread === undefined ? [] : [splatFix(py, node, { spread, last })];
  });
}

function spreadOf(
  node: SgNode,
  last: SgNode,
): { readonly mark: string; readonly from: number; readonly to: number } | undefined {
  const body = bare(node.field('body'));
  const left = last.field('left');
  const right = last.fieldChildren('right')[0];
  if (body === undefined || left === null || right === undefined) return undefined;
  if (!node.is('dictionary_comprehension')) {
    const name = nameOf(body);
    return name !== undefined && nameOf(bare(left)) === name
      ? { mark: '*', from: startOf(right), to: endOf(right) }
      : undefined;
  }
  const names = partsOf(body).map((one) => nameOf(bare(one)));
  const targets =
    left.is('pattern_list') || left.is('tuple_pattern') ? partsOf(left).map((one) => nameOf(bare(one))) : [];
  const call = bare(right);
  const callee =
    call?.is('call') === true && argumentsOf(call).all.length === 0 ? bare(call.field('function')) : undefined;
  const object =
    callee?.is('attribute') === true && callee.field('attribute')?.text() === 'items' ? callee.field('object') : null;
  const isSame =
    names.length === 2 &&
    targets.length === 2 &&
    names.every((name, index) => name !== undefined && name === targets[index]);
  return object === null || !isSame ? undefined : { mark: '**', from: startOf(object), to: endOf(object) };
}

function splatFix(
  py: PythonFile,
  node: SgNode,
  {
    spread,
    last,
  }: { readonly spread: { readonly mark: string; readonly from: number; readonly to: number }; readonly last: SgNode },
): Fix {
  const open = py.tokenAt(startOf(node));
  const close = closingOf(py, open);
  const firstClause = partsOf(node)[1] ?? last;
  const text = `${spread.mark}${py.text.slice(spread.from, spread.to)}${tailAfter(py, { to: spread.to, close })}`;
  const before = (clause: SgNode): number => {
    let index = py.tokenAt(startOf(clause));
    while (at(py, index - 1).kind === 'space') index -= 1;
    return index;
  };
  if (before(firstClause) === before(last)) return [replaceTokens(py, [open + 1, close], text)];
  return [replaceTokens(py, [open + 1, before(firstClause)], text), replaceTokens(py, [before(last), close])];
}

/** Spaces, comments and line ends between the iterable and the bracket that closes. */
function tailAfter(py: PythonFile, { to, close }: { readonly to: number; readonly close: number }): string {
  let from = py.tokenAt(to);
  if (codeFrom(py, from) !== close) {
    from = close;
    while (['nl', 'space', 'comment', 'escaped'].includes(at(py, from - 1).kind)) from -= 1;
  }
  return from >= close ? '' : py.text.slice(at(py, from).start, at(py, close).start);
}
