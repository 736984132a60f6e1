import type { SgNode } from '@ast-grep/napi';
import type { Fix } from '../../../python-source/fixes.ts';
import { literalOf, stringParts } from '../../../python-source/literals.ts';
import { argumentsOf, bare, endOf, hasAwait, nameOf, startOf } from '../../../python-source/nodes.ts';
import type { Token } from '../../../python-source/tokens.ts';
import {
  argumentStretches,
  at,
  codeUpTo,
  isIdle,
  openingOf,
  replaceTokens,
  textOf,
} from '../../../python-source/tokens-at.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import { canStandInFields } from '../reading/f-string-values.ts';
import { type FormatPart, parseFormat, unparseFormat } from '../reading/format-string.ts';
import type { PythonFile } from '../reading/python-file.ts';
import { keywords } from '../reading/python-words.ts';

/** `'{0}'.format(a)` is `'{}'.format(a)`. */
export const formatLiterals = pythonTransform({
  id: 'format-literals',
  why: 'Fields that are counted from zero in their order number themselves.',
  mentions: ['format'],
  find: (py) =>
    py.tokens.flatMap((token, index) => {
      if (token.text !== 'format' || token.kind !== 'name' || at(py, index - 1).text !== '.') return [];
      const strings = stringsUpTo(py, index - 2);
      const fix = strings.length === 0 ? undefined : numbered(py, strings);
      return fix === undefined || fix.length === 0 ? [] : [fix];
    }),
});

/** Indexes of strings side by side that end at an index, in order; in parentheses too, which no call may be. */
export function stringsUpTo(py: PythonFile, index: number): readonly number[] {
  const found: number[] = [];
  let depth = 0;
  for (let here = index; here >= 0; here -= 1) {
    const token = at(py, here);
    if (token.kind === 'string') found.unshift(here);
    else if (token.text === ')') depth += 1;
    else if (depth > 0 && token.text === '(') {
      depth -= 1;
      if (depth === 0) return isCallee(at(py, codeUpTo(py, here - 1))) ? [] : found;
    } else if (!isIdle(token)) return depth > 0 ? [] : found;
  }
  return found;
}

function isCallee({ kind, text }: Token): boolean {
  if (text === ')' || text === ']') return true;
  return kind === 'name' && !keywords.has(text);
}

function numbered(py: PythonFile, strings: readonly number[]): Fix | undefined {
  let last = -1;
  const edits = [];
  for (const index of strings) {
    const { text } = at(py, index);
    const parts = /^\w*f/i.test(text) ? undefined : parseFormat(text);
    if (parts === undefined) return undefined;
    for (const { name, spec } of parts.slice(0, -1)) {
      if (
        name === undefined ||
        !/^\s*[+-]?\d+\s*$/.test(name) ||
        Number(name) !== last + 1 ||
        spec?.includes('{') === true
      )
        return undefined;
      last += 1;
    }
    const bared = unparseFormat(parts.map((part) => (part.name === undefined ? part : { ...part, name: '' })));
    if (bared !== text) edits.push(replaceTokens(py, [index, index + 1], bared));
  }
  return edits;
}

/** `'{}'.format(a)` is `f'{a}'`. */
export const fStrings = pythonTransform({
  id: 'f-strings',
  why: 'An f-string has each value where it stands (Python 3.6).',
  mentions: ['format'],
  from: 6,
  find: (py) =>
    py.callsOf('format').flatMap((call) => {
      const callee = call.field('function');
      if (callee?.is('attribute') !== true || callee.field('attribute')?.text() !== 'format') return [];
      const value = literalOf(callee.field('object'));
      if (value?.kind !== 'str' || !canBeFormatted(value.value, call)) return [];
      if (py.settings.minor < 7 && hasAwait(call)) return [];
      const fix = fStringFix(py, call);
      return fix === undefined ? [] : [fix];
    }),
});

function canBeFormatted(value: string, call: SgNode): boolean {
  const parts = parseFormat(value);
  if (parts === undefined || argumentsOf(call).hasStar) return false;
  const keys = parts.flatMap(({ name = '' }) => name.split('.', 1)).filter((key) => key !== '');
  const isPlain = parts.every(({ name, spec }) => spec?.includes('{') !== true && name?.includes('[') !== true);
  return isPlain && new Set(keys).size === keys.length && canStandInFields(call, parts);
}

function fStringFix(py: PythonFile, call: SgNode): Fix | undefined {
  const string = py.tokenAt(call.range().start.index);
  const token = at(py, string);
  if (token.kind !== 'string' || textOf(py, [string + 1, string + 4]) !== '.format(') return undefined;
  const { args, end } = argumentStretches(py, string + 3);
  const given = textOf(py, [string + 3, end]);
  if (/[\\"']/.test(given) || hasLineEnd(py, string, end)) return undefined;
  const values = new Map<string, string>();
  let count = 0;
  for (const arg of args) {
    const text = textOf(py, arg).trim();
    const keyword = /^([\p{ID_Start}_][\p{ID_Continue}]*)\s*=(?!=)([\s\S]*)$/u.exec(text);
    if (keyword !== null) values.set(keyword[1] ?? '', (keyword[2] ?? '').trim());
    else {
      values.set(String(count), text);
      count += 1;
    }
  }
  const made = formattedString(token.text, values);
  return made === undefined ? undefined : [replaceTokens(py, [string, end], made)];
}

/** The values must end on the line on which the string begins. */
function hasLineEnd(py: PythonFile, string: number, end: number): boolean {
  return py.text.slice(at(py, string).start, at(py, end - 1).start).includes('\n');
}

function formattedString(text: string, values: ReadonlyMap<string, string>): string | undefined {
  const parts = stringParts(text);
  if (parts === undefined) return undefined;
  const prefix = parts.prefix.replaceAll(/u/gi, '');
  const pieces = parseFormat(`f${prefix}${parts.quote}${parts.body}${parts.quote}`);
  let count = 0;
  const made = pieces?.map((piece): FormatPart => {
    if (piece.name === undefined) return piece;
    const [key = '', ...rest] = piece.name.split('.');
    const value = values.get(key === '' ? String(count) : key) ?? '';
    if (key === '') count += 1;
    return { ...piece, name: [value, ...rest].join('.') };
  });
  return made === undefined ? undefined : unparseFormat(made);
}

/** Index of the dot before the name of a method. */
function dotBefore(py: PythonFile, callee: SgNode): number {
  const name = callee.field('attribute');
  return codeUpTo(py, py.tokenAt(name === null ? endOf(callee) : startOf(name)) - 1);
}

/** `'{a}'.format(**locals())` is `f'{a}'`. */
export const formatLocals = pythonTransform({
  id: 'format-locals',
  why: 'An f-string sees local names by itself (Python 3.6).',
  mentions: ['locals'],
  from: 6,
  find: (py) =>
    py.callsOf('format').flatMap((call) => {
      const callee = call.field('function');
      const { all } = argumentsOf(call);
      const spread =
        all.length === 1 && all[0]?.is('dictionary_splat') === true ? bare(all[0].children()[1]) : undefined;
      const isLocals =
        spread?.is('call') === true &&
        nameOf(spread.field('function')) === 'locals' &&
        argumentsOf(spread).all.length === 0;
      if (!isLocals || callee?.is('attribute') !== true || callee.field('attribute')?.text() !== 'format') return [];
      const object = callee.field('object');
      if (object === null || literalOf(object)?.kind !== 'str') return [];
      const dot = dotBefore(py, callee);
      const { end } = argumentStretches(py, openingOf(py, call.field('arguments')));
      const strings = stringsUpTo(py, codeUpTo(py, dot - 1));
      if (strings.length === 0) return [];
      return [
        [
          ...strings.map((index) => replaceTokens(py, [index, index + 1], `f${at(py, index).text}`)),
          replaceTokens(py, [dot, end]),
        ],
      ];
    }),
});
