import type { SgNode } from '@ast-grep/napi';
import type { Fix } from '../../../python-source/fixes.ts';
import { literalOf, stringValue } from '../../../python-source/literals.ts';
import { bare, partsOf, startOf } from '../../../python-source/nodes.ts';
import { at, firstToken, removeBrackets, replaceTokens, textOf } from '../../../python-source/tokens-at.ts';
import { bracketsAround } from '../editing/brackets.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import { hasSameFormat, parsePercent, percentToFormat } from '../reading/percent-format.ts';
import type { PythonFile } from '../reading/python-file.ts';
import { isIdentifier, keywords } from '../reading/python-words.ts';

/** `'%s' % (a,)` is `'{}'.format(a)`. */
export const percentFormat = pythonTransform({
  id: 'percent-format',
  why: 'A format of `%` takes a tuple apart where one is its value, and refuses what `format` spells.',
  mentions: ['%'],
  find: (py) =>
    py.settings.keepsPercentFormat
      ? []
      : py.matching('binary_operator', '%').flatMap((node) => {
          const fix = percentFix(py, node);
          return fix === undefined ? [] : [fix];
        }),
});

function percentFix(py: PythonFile, node: SgNode): Fix | undefined {
  const left = node.field('left');
  const right = bare(node.field('right'));
  const value = literalOf(left);
  if (node.field('operator')?.text() !== '%' || value?.kind !== 'str' || right === undefined || left === null)
    return undefined;
  const parts = parsePercent(value.value);
  const isNamed = right.is('dictionary');
  if (parts === undefined || !hasSameFormat(parts, { isNamed })) return undefined;
  const string = firstToken(py, node);
  if (at(py, string).kind !== 'string') return undefined;
  if (right.is('tuple')) return tupleFix(py, string, right);
  return isNamed ? dictionaryFix(py, string, right) : undefined;
}

/** Where the values begin: only what is written as `'…' % (` is taken. */
function valuesAt(py: PythonFile, string: number, bracket: string): number | undefined {
  return textOf(py, [string + 1, string + 5]) === ` % ${bracket}` ? string + 4 : undefined;
}

function tupleFix(py: PythonFile, string: number, right: SgNode): Fix | undefined {
  const open = valuesAt(py, string, '(');
  if (open === undefined) return undefined;
  const { opening, closing } = bracketsAround(py, open, { offset: startOf(right), isComprehension: false });
  return [
    replaceTokens(py, [string, string + 1], percentToFormat(at(py, string).text)),
    replaceTokens(py, [string + 1, open], '.format'),
    ...removeBrackets(
      py,
      [...opening, ...closing.slice(0, -1)].filter((index) => index !== open),
    ),
  ];
}

function dictionaryFix(py: PythonFile, string: number, right: SgNode): Fix | undefined {
  const open = valuesAt(py, string, '{');
  if (open === undefined) return undefined;
  const pairs = partsOf(right);
  const seen = new Set<string>();
  const edits = [];
  for (const pair of pairs) {
    const key = pair.is('pair') ? pair.field('key') : null;
    const name = literalOf(key);
    if (
      key === null ||
      name?.kind !== 'str' ||
      seen.has(name.value) ||
      !isIdentifier(name.value) ||
      keywords.has(name.value)
    )
      return undefined;
    seen.add(name.value);
    const index = firstToken(py, key);
    const isPlain =
      stringValue(at(py, index).text)?.value === name.value &&
      at(py, index + 1).text === ':' &&
      at(py, index + 2).text === ' ';
    if (!isPlain) return undefined;
    edits.push(replaceTokens(py, [index, index + 3], `${name.value}=`));
  }
  const { closing } = bracketsAround(py, open, { offset: startOf(right), isComprehension: false });
  const last = closing.at(-1) ?? open;
  return [
    replaceTokens(py, [string, string + 1], percentToFormat(at(py, string).text)),
    replaceTokens(py, [string + 1, open + 1], '.format('),
    ...edits,
    replaceTokens(py, [last, last + 1], ')'),
  ];
}
