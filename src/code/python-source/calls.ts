import type { SgNode } from '@ast-grep/napi';
import type { TextEdit } from '../recipe.ts';
import type { Fix } from './fixes.ts';
import { endOf, startOf } from './nodes.ts';
import type { PythonSource } from './python-source.ts';
import {
  argumentStretches,
  at,
  codeFrom,
  firstToken,
  openingOf,
  replaceTokens,
  type Stretch,
  textOf,
} from './tokens-at.ts';

/** The edit that puts a text in the place of a whole node. */
export function replaceWhole(node: SgNode, text: string): TextEdit {
  return { offset: startOf(node), length: endOf(node) - startOf(node), text };
}

/**
 * A name, or `module.name`, written anew. One whose parts stand in parentheses is left: what closes them would stand alone.
 */
export function renamed(py: PythonSource, node: SgNode, text: string): Fix {
  return /[()]/.test(py.text.slice(startOf(node), endOf(node))) ? [] : [replaceWhole(node, text)];
}

/** The parts that a template of a call may use. */
export type CallParts = { readonly args: readonly string[]; readonly rest: string };

/**
 * A call written anew. `args` are its arguments as they stand (those at `parens` in parentheses; the first also where it
 * goes over lines, which outside of the call's own parentheses would end the statement), `rest` all behind the first.
 */
export function rewrittenCall(
  py: PythonSource,
  call: SgNode,
  options: { readonly parens?: readonly number[]; write(parts: CallParts): string },
): Fix {
  const { parens = [], write } = options;
  const open = openingOf(py, call.field('arguments'));
  const { args, end } = argumentStretches(py, open);
  const texts = args.map((arg, index) => {
    const text = textOf(py, arg).trim();
    if (parens.includes(index)) return `(${text})`;
    return index === 0 && goesOverLines(py, arg) ? `(${textOf(py, arg)})` : text;
  });
  const from = firstToken(py, call);
  return [replaceTokens(py, [from, end], write({ args: texts, rest: restOf(py, args, end) }))];
}

function restOf(py: PythonSource, [first]: readonly Stretch[], end: number): string {
  let from = (first?.[1] ?? end) + 1;
  while (from < end && (at(py, from).kind === 'space' || at(py, from).kind === 'comment')) from += 1;
  const last = at(py, end - 2).text === ',' ? end - 2 : end - 1;
  return textOf(py, [from, last]);
}

function goesOverLines(py: PythonSource, [from, to]: Stretch): boolean {
  for (let here = codeOrComment(py, from); here < to; here += 1) {
    const { kind } = at(py, here);
    if (kind === 'nl' || kind === 'newline') return true;
  }
  return false;
}

function codeOrComment(py: PythonSource, from: number): number {
  let here = from;
  while (['nl', 'newline', 'space'].includes(at(py, here).kind)) here += 1;
  return here;
}

/** The edit that takes an argument away, with the comma that it no longer needs. */
export function withoutArgument(py: PythonSource, call: SgNode, index: number): TextEdit {
  const { args } = argumentStretches(py, openingOf(py, call.field('arguments')));
  const [from, to] = args[index] ?? [0, 0];
  const before = args[index - 1];
  if (before !== undefined) return replaceTokens(py, [before[1], to]);
  const next = args[1];
  if (next === undefined) return replaceTokens(py, [from, to]);
  let end = next[0];
  while (at(py, end).kind === 'space') end += 1;
  return replaceTokens(py, [from, end]);
}

/** The edit that puts a text in the place of an argument; spaces and line ends before it stay. */
export function withArgument(
  py: PythonSource,
  call: SgNode,
  { index, text }: { readonly index: number; readonly text: string },
): TextEdit {
  const { args } = argumentStretches(py, openingOf(py, call.field('arguments')));
  const [from, to] = args[index] ?? [0, 0];
  return replaceTokens(py, [Math.min(codeFrom(py, from), to), to], text);
}

/** The edit that takes an argument away with the comma before it; the first one with the comma, and the line, behind it. */
export function withoutKeyword(py: PythonSource, call: SgNode, argument: SgNode): TextEdit {
  const { args } = argumentStretches(py, openingOf(py, call.field('arguments')));
  const offset = startOf(argument);
  let [from, end] = args.find(([first, last]) => offset >= at(py, first).start && offset < at(py, last).start) ?? [
    0, 0,
  ];
  if (at(py, from - 1).text === ',') return replaceTokens(py, [from - 1, end]);
  if (at(py, end).text !== ',') return replaceTokens(py, [from, end]);
  end += 1;
  while (at(py, end).kind === 'space') end += 1;
  if (at(py, end).kind !== 'comment') return replaceTokens(py, [from, end]);
  end += 2;
  if (at(py, from).kind === 'nl') from += 1;
  else while (at(py, end).kind === 'space') end += 1;
  return replaceTokens(py, [from, end]);
}
