import type { SgNode } from '@ast-grep/napi';
import { isBoundAround } from '../../../python-source/bound-names.ts';
import { renamed } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import {
  endOf,
  isAttribute,
  isInAnnotation,
  isNameOf,
  isSameNode,
  isVariable,
  type Subscript,
  startOf,
  subscriptsIn,
} from '../../../python-source/nodes.ts';
import {
  argumentStretches,
  at,
  closingOf,
  firstToken,
  removeBracket,
  replaceTokens,
} from '../../../python-source/tokens-at.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import type { PythonFile } from '../reading/python-file.ts';
import { readersOfTypes } from '../reading/readers-of-types.ts';
import { isSideOfUnion } from '../reading/union-sides.ts';
import { unionFix } from './typing-union.ts';

/** Whether an annotation may be written as a newer Python spells it: it is served, or annotations are never run. */
export function isFree(py: PythonFile, node: SgNode, since: number): boolean {
  if (py.settings.minor >= since) return true;
  const isLazy = py.imports('__future__', 'annotations', startOf(node)) && !py.settings.keepsRuntimeTyping;
  return isLazy && isInAnnotation(node);
}

/** `typing.x` and an imported `x`, each as it stands, by name. */
function typingNames(
  py: PythonFile,
  names: readonly string[],
): readonly { readonly node: SgNode; readonly name: string }[] {
  const attributes = py.matching('attribute', '^typing\\b').filter((node) => isAttribute(node, ['typing'], names));
  const plain = py
    .matching('identifier', `^(${names.join('|')})$`)
    .filter(
      (node) =>
        names.includes(node.text()) &&
        isVariable(node) &&
        !isAssigned(node) &&
        py.imports('typing', node.text(), startOf(node)),
    );
  return [
    ...attributes.map((node) => ({ node, name: node.field('attribute')?.text() ?? '' })),
    ...plain.map((node) => ({ node, name: node.text() })),
  ];
}

/** What is assigned to is a name of its own. */
function isAssigned(node: SgNode): boolean {
  const parent = node.parent();
  return parent?.is('assignment') === true && isSameNode(parent.field('left'), node);
}

/** `typing.Text` is `str`. */
export const typingText = pythonTransform({
  id: 'typing-text',
  why: '`typing.Text` was for Python 2.',
  mentions: ['Text'],
  find: (py) => typingNames(py, ['Text']).map(({ node }) => renamed(py, node, 'str')),
});

/** `List[int]` is `list[int]`. */
export const builtinGenerics = pythonTransform({
  id: 'builtin-generics',
  why: 'The built-in types take type arguments themselves (PEP 585, Python 3.9); the aliases of `typing` are deprecated.',
  mentions: ['Dict', 'FrozenSet', 'List', 'Set', 'Tuple', 'Type'],
  find: (py) =>
    typingNames(py, ['Dict', 'FrozenSet', 'List', 'Set', 'Tuple', 'Type'])
      .filter(({ node, name }) => isFree(py, node, 9) && !isBoundAround(py, node, name.toLowerCase()))
      .map(({ node, name }) => renamed(py, node, name.toLowerCase())),
});

/** `Optional[a]` is `a | None`, `Union[a, b]` is `a | b`. */
export const unionTypes = pythonTransform({
  id: 'union-types',
  why: '`|` says it without an import (PEP 604, Python 3.10).',
  mentions: ['Optional', 'Union'],
  find(py) {
    const fixes = subscriptsIn(py, ['Optional', 'Union']).flatMap((subscript) => {
      const { node, value, items, isTuple } = subscript;
      const isOptional = isNameOf(py, value, ['typing'], ['Optional']);
      if (!isOptional && !isNameOf(py, value, ['typing'], ['Union'])) return [];
      if (!isInAnnotation(node) || !isFree(py, node, 10)) return [];
      if (!items.every((item) => isSideOfUnion(py, item))) return [];
      if (isOptional) return [optionalFix(py, subscript)];
      if (items.some((item) => item.is('slice') || item.is('constrained_type')) || items.length === 0) return [];
      return [unionFix(py, bracketOf(py, subscript), { node, count: isTuple ? items.length : 1 })];
    });
    return { fixes, unresolved: fixes.length === 0 ? [] : readersOfTypes(py) };
  },
});

/** Index of the bracket behind what is subscripted. */
function bracketOf(py: PythonFile, { value }: Subscript): number {
  let index = py.tokenAt(endOf(value));
  while (at(py, index).text !== '[') index += 1;
  return index;
}

function optionalFix(py: PythonFile, subscript: Subscript): Fix {
  const start = firstToken(py, subscript.node);
  const open = bracketOf(py, subscript);
  const close = closingOf(py, open);
  const isOneLine = !py.text.slice(at(py, open).start, at(py, close).start).includes('\n');
  if (isOneLine) return [replaceTokens(py, [start, open + 1]), replaceTokens(py, [close, close + 1], ' | None')];
  return [replaceTokens(py, [start, open + 1], 'None | ('), replaceTokens(py, [close, close + 1], ')')];
}

/** `Unpack[Ts]` is `*Ts`. */
export const unpackedTypes = pythonTransform({
  id: 'unpacked-types',
  why: 'Type arguments are spread with a star (PEP 646, Python 3.11).',
  mentions: ['Unpack'],
  from: 11,
  find: (py) =>
    subscriptsIn(py, ['Unpack']).flatMap((subscript) => {
      const { node, value } = subscript;
      if (!isNameOf(py, value, ['typing'], ['Unpack']) || !(isWithinSubscript(node) || isStarArgument(node))) return [];
      const open = bracketOf(py, subscript);
      const close = closingOf(py, open);
      return [[replaceTokens(py, [firstToken(py, node), open + 1], '*'), removeBracket(py, close)]];
    }),
});

function isWithinSubscript(node: SgNode): boolean {
  const parent = node.parent();
  if (parent === null) return false;
  if (parent.is('type'))
    return parent.parent()?.is('type_parameter') === true && parent.parent()?.parent()?.is('generic_type') === true;
  return (
    parent.is('subscript') &&
    startOf(parent) !== startOf(node) &&
    !parent.children().some((child) => child.text() === ',')
  );
}

function isStarArgument(node: SgNode): boolean {
  const type = node.parent();
  const parameter = type?.is('type') === true ? type.parent() : null;
  return parameter?.is('typed_parameter') === true && parameter.children()[0]?.is('list_splat_pattern') === true;
}

/** `Generator[int, None, None]` is `Generator[int]`. */
export const generatorDefaults = pythonTransform({
  id: 'generator-defaults',
  why: 'What a generator takes and returns is `None` by itself (PEP 696, Python 3.13).',
  mentions: ['Generator'],
  find: (py) =>
    subscriptsIn(py, ['Generator', 'AsyncGenerator']).flatMap((subscript) => {
      const { node, value, items, isTuple } = subscript;
      const modules = ['collections.abc', 'typing', 'typing_extensions'];
      const count = isNameOf(py, value, modules, ['Generator'])
        ? 3
        : isNameOf(py, value, modules, ['AsyncGenerator'])
          ? 2
          : 0;
      const isNone = isTuple && items.length === count && items.slice(1).every((item) => item.is('none'));
      if (count === 0 || !isNone || !isFree(py, node, 13)) return [];
      const { args } = argumentStretches(py, bracketOf(py, subscript));
      const [first, last] = [args[0], args.at(-1)];
      return first === undefined || last === undefined ? [] : [[replaceTokens(py, [first[1], last[1]])]];
    }),
});
