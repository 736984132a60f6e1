import type { Fix } from '../../../python-source/fixes.ts';
import { codecOf, isFormatted, literalOf, stringParts, stringValue } from '../../../python-source/literals.ts';
import { argumentsOf, bare } from '../../../python-source/nodes.ts';
import type { Token } from '../../../python-source/tokens.ts';
import {
  at,
  closingOf,
  codeFrom,
  isClosing,
  isOpening,
  openingOf,
  removeBracket,
  replaceTokens,
} from '../../../python-source/tokens-at.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import type { PythonFile } from '../reading/python-file.ts';
import { stringsUpTo } from './format-calls.ts';

/** One edit for each string token whose text changes. */
function overStrings(py: PythonFile, change: (token: Token) => string): readonly Fix[] {
  return py.tokens.flatMap((token, index) => {
    const text = token.kind === 'string' ? change(token) : token.text;
    return text === token.text ? [] : [[replaceTokens(py, [index, index + 1], text)]];
  });
}

/** `u'a'` is `'a'`. */
export const unicodePrefix = pythonTransform({
  id: 'unicode-prefix',
  why: 'Every string is Unicode; `u` says nothing.',
  mentions: ["u'", 'u"', "U'", 'U"'],
  find: (py) =>
    overStrings(py, ({ text }) => {
      const parts = stringParts(text);
      return parts === undefined ? text : `${parts.prefix.replaceAll(/u/gi, '')}${text.slice(parts.prefix.length)}`;
    }),
});

/** `'\d'` is `r'\d'`. */
export const escapeSequences = pythonTransform({
  id: 'escape-sequences',
  why: 'An escape that Python does not know is a SyntaxWarning since 3.12, and will be an error.',
  mentions: ['\\'],
  find: (py) => overStrings(py, ({ text }) => withKnownEscapes(text)),
});

function withKnownEscapes(text: string): string {
  const parts = stringParts(text);
  if (parts === undefined || /[rft]/i.test(parts.prefix))
    return parts !== undefined && /f/i.test(parts.prefix) ? formattedEscapes(text) : text;
  const rest = text.slice(parts.prefix.length);
  const isBytes = /b/i.test(parts.prefix);
  const isKnown = (found: string, offset: number): boolean => {
    const char = found[1] ?? '';
    if (/[\n\r\\'"abfnrtv0-7x]/.test(char)) return true;
    if (isBytes) return false;
    return char === 'u' || char === 'U' || (char === 'N' && /^\{[^}]+\}/.test(rest.slice(offset + 2)));
  };
  const found = [...rest.matchAll(/\\[\s\S]/g)].map((match) => isKnown(match[0], match.index));
  if (!found.includes(false)) return text;
  if (!found.includes(true) && !/u/i.test(parts.prefix)) return `${parts.prefix}r${rest}`;
  const escaped = rest.replaceAll(/\\[\s\S]/g, (one: string, offset: number) =>
    isKnown(one, offset) ? one : `\\${one}`,
  );
  return `${parts.prefix}${escaped}`;
}

/** An f-string without fields is a string like any other here. */
function formattedEscapes(text: string): string {
  return text;
}

/** `'a'.encode()` is `b'a'`. */
export const encodedLiterals = pythonTransform({
  id: 'encoded-literals',
  why: 'Bytes have a literal.',
  mentions: ['encode'],
  find: (py) =>
    py.tokens.flatMap((token, index) => {
      if (token.text !== 'encode' || token.kind !== 'name' || at(py, index - 1).text !== '.') return [];
      const strings = stringsUpTo(py, index - 2);
      const end = encodingEnd(py, index);
      if (strings.length === 0 || end === undefined) return [];
      const texts = strings.map((one) => at(py, one).text);
      if (!texts.every((text) => isAscii(text, end.isLatin))) return [];
      const edits = strings.map((one) => {
        const parts = stringParts(at(py, one).text);
        const prefix = parts?.prefix ?? '';
        return replaceTokens(
          py,
          [one, one + 1],
          `b${prefix.replaceAll(/u/gi, '')}${at(py, one).text.slice(prefix.length)}`,
        );
      });
      return [[...edits, replaceTokens(py, [index - 1, end.index])]];
    }),
});

/** Index behind `encode()` or `encode('name')`, where the name is of an encoding that ASCII is the same in. */
function encodingEnd(py: PythonFile, index: number): { readonly index: number; readonly isLatin: boolean } | undefined {
  if (at(py, index + 1).text !== '(') return undefined;
  if (at(py, index + 2).text === ')') return { index: index + 3, isLatin: false };
  const name = at(py, index + 2).kind === 'string' ? stringValue(at(py, index + 2).text) : undefined;
  const codec = name === undefined ? undefined : codecOf(name.value);
  return codec === undefined || at(py, index + 3).text !== ')'
    ? undefined
    : { index: index + 4, isLatin: codec === 'latin-1' };
}

function isAscii(text: string, isLatin: boolean): boolean {
  const parts = stringParts(text);
  if (parts === undefined || /f/i.test(parts.prefix) || !/^[\0-\x7f]*$/.test(text)) return false;
  const escapes = [...parts.body.matchAll(/\\[\s\S]/g)].map(([found]) => found[1] ?? '');
  return !escapes.some((char) => 'uUN'.includes(char) || (char === 'x' && !isLatin));
}

/** `'a'.encode('utf-8')` is `'a'.encode()`. */
export const defaultEncoding = pythonTransform({
  id: 'default-encoding',
  why: 'UTF-8 is what `encode` takes by itself.',
  mentions: ['encode'],
  find: (py) =>
    py.callsOf('encode').flatMap((call) => {
      const callee = call.field('function');
      if (callee?.is('attribute') !== true || callee.field('attribute')?.text() !== 'encode') return [];
      const object = bare(callee.field('object'));
      const isText = literalOf(object)?.kind === 'str' || isFormatted(object);
      const { positional, all } = argumentsOf(call);
      const name = literalOf(positional[0]);
      if (!isText || all.length !== 1 || name?.kind !== 'str' || codecOf(name.value) !== 'utf-8') return [];
      const open = openingOf(py, call.field('arguments'));
      return [[replaceTokens(py, [open + 1, closingOf(py, open)])]];
    }),
});

/** `print((a))` is `print(a)`. */
export const extraParentheses = pythonTransform({
  id: 'extra-parentheses',
  why: 'A second pair of parentheses is left from `print` as a statement.',
  mentions: ['('],
  find: (py) =>
    py.tokens.flatMap((token, index) => {
      if (token.text !== '(' || token.kind !== 'op') return [];
      const inner = codeFrom(py, index + 1);
      if (at(py, inner).text !== '(' || at(py, inner).kind !== 'op') return [];
      const close = innerClose(py, inner);
      const isEmpty = close !== undefined && codeFrom(py, inner + 1) === close;
      if (close === undefined || isEmpty || at(py, codeFrom(py, close + 1)).text !== ')') return [];
      return [[removeBracket(py, inner), removeBracket(py, close)]];
    }),
});

/** The parenthesis that closes one; undefined for a tuple, and for what yields. */
function innerClose(py: PythonFile, open: number): number | undefined {
  let depth = 0;
  for (let here = open; here < py.tokens.length; here += 1) {
    const token = at(py, here);
    if (isOpening(token)) depth += 1;
    else if (isClosing(token)) depth -= 1;
    else if (depth === 1 && (token.text === ',' || token.text === 'yield')) return undefined;
    if (depth === 0) return here;
  }
  return undefined;
}

/** `# -*- coding: utf-8 -*-` */
export const codingCookie = pythonTransform({
  id: 'coding-cookie',
  why: 'UTF-8 is how Python reads a file that says nothing.',
  mentions: ['coding'],
  find: (py) =>
    py.tokens.flatMap((token, index) => {
      if (token.kind !== 'comment' || !/^#.*?coding[:=][ \t]*([-\w.]+)/.test(token.text)) return [];
      const before = py.text.slice(0, token.start);
      const isAtStart = before === '' || before.endsWith('\n');
      if (!isAtStart || before.split('\n').length > 2 || !['nl', 'other'].includes(at(py, index + 1).kind)) return [];
      return [[replaceTokens(py, [index, Math.min(index + 2, py.tokens.length)])]];
    }),
});
