import type { SgNode } from '@ast-grep/napi';
import type { Fix } from '../../../python-source/fixes.ts';
import { argumentsOf, bare, isSameNode, nameOf, partsOf } from '../../../python-source/nodes.ts';
import {
  argumentStretches,
  at,
  firstToken,
  lineEndFrom,
  openingOf,
  replaceTokens,
  textOf,
} from '../../../python-source/tokens-at.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import type { PythonFile } from '../reading/python-file.ts';

/** `if s.startswith(p): s = s[len(p):]` is `s = s.removeprefix(p)`. */
export const removePrefix = pythonTransform({
  id: 'remove-prefix',
  why: '`removeprefix` and `removesuffix` cannot take the wrong length (Python 3.9).',
  mentions: ['startswith', 'endswith'],
  from: 9,
  find: (py) =>
    py.matching('if_statement', '^if[^:]*(starts|ends)with').flatMap((statement) => prefixFix(py, statement) ?? []),
});

function prefixFix(py: PythonFile, statement: SgNode): readonly Fix[] | undefined {
  if (statement.field('alternative') !== null) return undefined;
  const test = bare(statement.field('condition'));
  const callee = test?.is('call') === true ? test.field('function') : null;
  const held = partsOf(statement.field('consequence'));
  const assignment =
    held.length === 1 && held[0]?.is('expression_statement') === true ? partsOf(held[0])[0] : undefined;
  if (test === undefined || callee?.is('attribute') !== true || assignment?.is('assignment') !== true) return undefined;
  const name = nameOf(callee.field('object'));
  const { positional, all } = argumentsOf(test);
  const [affix] = positional;
  const value = bare(assignment.field('right'));
  const isOwn =
    name !== undefined && nameOf(bare(assignment.field('left'))) === name && nameOf(partsOf(value)[0]) === name;
  if (
    !isOwn ||
    affix === undefined ||
    all.length !== 1 ||
    value?.is('subscript') !== true ||
    assignment.field('type') !== null
  )
    return undefined;
  const slice = partsOf(value)[1];
  const method = callee.field('attribute')?.text();
  const isPrefix = method === 'startswith' && isSliceFrom(slice, affix);
  if (!isPrefix && !(method === 'endswith' && isSliceTo(slice, affix))) return undefined;
  const start = firstToken(py, statement);
  const [first] = argumentStretches(py, openingOf(py, test.field('arguments'))).args;
  const line = lineEndFrom(py, firstToken(py, assignment));
  const end = at(py, line - 1).kind === 'newline' ? line - 1 : line;
  const text = first === undefined ? '' : textOf(py, first).trim();
  return [[replaceTokens(py, [start, end], `${name} = ${name}.remove${isPrefix ? 'prefix' : 'suffix'}(${text})`)]];
}

/** The parts of a slice around its colons. */
function sliceParts(slice: SgNode | undefined): readonly (SgNode | undefined)[] | undefined {
  if (slice?.is('slice') !== true) return undefined;
  const parts: (SgNode | undefined)[] = [undefined];
  for (const child of slice.children()) {
    if (child.text() === ':') parts.push(undefined);
    else if (child.isNamed()) parts[parts.length - 1] = child;
  }
  return parts;
}

function isSliceFrom(slice: SgNode | undefined, affix: SgNode): boolean {
  const [from, to, step] = sliceParts(slice) ?? [];
  return to === undefined && step === undefined && isLengthOf(from, affix);
}

function isSliceTo(slice: SgNode | undefined, affix: SgNode): boolean {
  const [from, to, step] = sliceParts(slice) ?? [];
  const product = bare(to);
  if (from !== undefined || step !== undefined || product === undefined) return false;
  if (product.is('unary_operator')) return false;
  if (!product.is('binary_operator') || product.field('operator')?.text() !== '*') return false;
  const minus = bare(product.field('left'));
  const isMinusOne = minus?.is('unary_operator') === true && minus.text().replaceAll(/\s/g, '') === '-1';
  return isMinusOne && isLengthOf(product.field('right') ?? undefined, affix);
}

function isLengthOf(node: SgNode | undefined, affix: SgNode): boolean {
  const call = bare(node);
  if (call?.is('call') !== true || nameOf(call.field('function')) !== 'len') return false;
  const { positional, all } = argumentsOf(call);
  const spelled = (one: SgNode | undefined): string | undefined => bare(one)?.text().replaceAll(/\s+/g, ' ');
  return all.length === 1 && spelled(positional[0]) === spelled(affix);
}

/** `x = object()` at the top is a sentinel from 3.15 on. */
export const sentinels = pythonTransform({
  id: 'sentinels',
  why: 'A sentinel has a name where it is printed (PEP 661, Python 3.15).',
  mentions: ['object'],
  from: 15,
  find: (py) =>
    py.matching('assignment', 'object').flatMap((node) => {
      const left = node.field('left');
      const call = bare(node.field('right'));
      const name = nameOf(left);
      const isTop =
        left?.range().start.column === 0 && node.field('type') === null && node.parent()?.is('assignment') !== true;
      const isObject =
        call?.is('call') === true && nameOf(call.field('function')) === 'object' && argumentsOf(call).all.length === 0;
      if (name === undefined || call === undefined || !isTop || !isObject || isSameNode(left, call)) return [];
      const start = firstToken(py, call);
      const { end } = argumentStretches(py, openingOf(py, call.field('arguments')));
      return [[replaceTokens(py, [start, end], `sentinel('${name}')`)]];
    }),
});
