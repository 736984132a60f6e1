import type { SgNode } from '@ast-grep/napi';
import { withoutArgument } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { codecOf, literalOf } from '../../../python-source/literals.ts';
import { argumentsOf, isAttribute, nameOf } from '../../../python-source/nodes.ts';
import {
  argumentStretches,
  findText,
  firstToken,
  openingOf,
  replaceTokens,
  textOf,
} from '../../../python-source/tokens-at.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import type { PythonFile } from '../reading/python-file.ts';

/** `io.open` is `open`. */
export const ioOpen = pythonTransform({
  id: 'io-open',
  why: '`io.open` and `open` are one function.',
  mentions: ['io'],
  find: (py) =>
    py
      .matching('attribute', '^io\\b')
      .filter((node) => isAttribute(node, ['io'], ['open']))
      .map((node) => {
        const start = firstToken(py, node);
        return [replaceTokens(py, [start, findText(py, start, '.') + 1])];
      }),
});

const sortedLetters = (mode: string): string => [...mode].sort().join('');
const noMode = new Set(['U', 'r', 'Ur', 'rt'].map(sortedLetters));
const textModes = new Set(['at', 'rt', 'wt', 'xt'].map(sortedLetters));

/** `open(f, 'r')` is `open(f)`. */
export const openMode = pythonTransform({
  id: 'open-mode',
  why: 'Reading text is what `open` does by itself, and `U` is refused since Python 3.11.',
  mentions: ['open'],
  find: (py) =>
    py.callsOf('open').flatMap((call) => {
      const callee = call.field('function');
      const { positional, all, hasStar } = argumentsOf(call);
      if (hasStar || !(nameOf(callee) === 'open' || isAttribute(callee, ['io'], ['open']))) return [];
      const second = literalOf(positional[1]);
      if (positional.length >= 2) {
        const isOwn =
          second?.kind === 'str' && (hasOtherMode(second.value) || (positional.length === 2 && isNoMode(second.value)));
        return isOwn ? [modeFix(py, call, { index: 1, mode: second.value })] : [];
      }
      const index =
        all.length > 1
          ? all.findIndex((one) => one.is('keyword_argument') && one.field('name')?.text() === 'mode')
          : -1;
      const mode = literalOf(all[index]?.field('value'));
      const isOwn = mode?.kind === 'str' && (hasOtherMode(mode.value) || isNoMode(mode.value));
      return isOwn ? [modeFix(py, call, { index, mode: mode.value })] : [];
    }),
});

function isNoMode(mode: string): boolean {
  return noMode.has(sortedLetters(mode));
}

function hasOtherMode(mode: string): boolean {
  const letters = sortedLetters(mode);
  if (letters === sortedLetters('Ub') || letters === sortedLetters('rUb')) return true;
  return textModes.has(sortedLetters(mode.replace(/\+$/, '')));
}

function modeFix(
  py: PythonFile,
  call: SgNode,
  { index, mode }: { readonly index: number; readonly mode: string },
): Fix {
  if (isNoMode(mode)) return [withoutArgument(py, call, index)];
  const stretch = argumentStretches(py, openingOf(py, call.field('arguments'))).args[index] ?? [0, 0];
  const text = textOf(py, stretch);
  const letters = sortedLetters(mode);
  const changed =
    letters === sortedLetters('Ub')
      ? text.replace('U', 'r')
      : letters === sortedLetters('rUb')
        ? text.replace('U', '')
        : text.replace('t', '');
  return [replaceTokens(py, stretch, changed)];
}

/** `open(f, encoding='utf-8')` from 3.15 on, where that is what it does by itself. */
export const openEncoding = pythonTransform({
  id: 'open-encoding',
  why: 'UTF-8 is what `open` reads and writes by itself (PEP 686, Python 3.15).',
  mentions: ['encoding'],
  from: 15,
  find: (py) =>
    py.callsOf('open').flatMap((call) => {
      const { all } = argumentsOf(call);
      const index = all.findIndex((one) => one.is('keyword_argument') && one.field('name')?.text() === 'encoding');
      const name = literalOf(all[index]?.field('value'));
      const isOwn =
        nameOf(call.field('function')) === 'open' && name?.kind === 'str' && codecOf(name.value) === 'utf-8';
      return isOwn ? [[withoutArgument(py, call, index)]] : [];
    }),
});
