import type { SgNode } from '@ast-grep/napi';
import { renamed, replaceWhole, rewrittenCall } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { literalOf } from '../../../python-source/literals.ts';
import {
  above,
  argumentsOf,
  bare,
  isAttribute,
  isNameOf,
  isVariable,
  nameOf,
  partsOf,
  startOf,
} from '../../../python-source/nodes.ts';
import { argumentStretches, at, isIdle, openingOf, replaceTokens, textOf } from '../../../python-source/tokens-at.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import { removedNames } from '../reading/moved-names.ts';
import type { PythonFile } from '../reading/python-file.ts';
import { nativeKind } from './native-literals.ts';
import { decoratorRemoved } from './versioned-blocks.ts';

const why = 'six bridges Python 2 and 3; where only Python 3 is served, Python itself has what it gives.';

type Write = (parts: { readonly args: readonly string[]; readonly rest: string }) => string;
const method =
  (name: string): Write =>
  ({ args }) =>
    `${args[0]}.${name}`;
const asserted =
  (name: string): Write =>
  ({ args, rest }) =>
    `${args[0]}.${name}(${rest})`;

/** What a call of six comes to. */
const calls: Readonly<Record<string, Write>> = {
  u: ({ args }) => `${args[0]}`,
  byte2int: ({ args }) => `${args[0]}[0]`,
  indexbytes: ({ args, rest }) => `${args[0]}[${rest}]`,
  iteritems: method('items()'),
  iterkeys: method('keys()'),
  itervalues: method('values()'),
  viewitems: method('items()'),
  viewkeys: method('keys()'),
  viewvalues: method('values()'),
  create_unbound_method: ({ args }) => `${args[0]}`,
  get_unbound_function: ({ args }) => `${args[0]}`,
  get_method_function: method('__func__'),
  get_method_self: method('__self__'),
  get_function_closure: method('__closure__'),
  get_function_code: method('__code__'),
  get_function_defaults: method('__defaults__'),
  get_function_globals: method('__globals__'),
  assertCountEqual: asserted('assertCountEqual'),
  assertRaisesRegex: asserted('assertRaisesRegex'),
  assertRegex: asserted('assertRegex'),
};
const iterators = ['iteritems', 'iterkeys', 'itervalues'];
const wantsParentheses = new Set([
  'await',
  'binary_operator',
  'boolean_operator',
  'comparison_operator',
  'generator_expression',
  'conditional_expression',
  'lambda',
  'unary_operator',
  'not_operator',
  'named_expression',
]);

/** `six.iteritems(d)` is `d.items()`. */
export const sixCalls = pythonTransform({
  id: 'six-calls',
  why,
  mentions: ['six'],
  find: (py) => py.all('call').flatMap((call) => sixCall(py, call) ?? []),
});

function sixCall(py: PythonFile, call: SgNode): readonly Fix[] | undefined {
  const callee = call.field('function');
  if (callee === null) return undefined;
  const { positional, keywords, hasStar, all } = argumentsOf(call);
  const name = callee.is('attribute') ? callee.field('attribute')?.text() : nameOf(callee);
  const isSix = (...names: readonly string[]): boolean => isNameOf(py, callee, ['six'], names);
  if (name === undefined) return undefined;
  const template = Object.hasOwn(calls, name) ? calls[name] : undefined;
  const hasPlain = positional.length > 0 && !hasStar;
  if (template !== undefined && hasPlain && isSix(name)) {
    const outer = above(call);
    const caller = outer?.is('argument_list') === true ? outer.parent()?.field('function') : undefined;
    if (iterators.includes(name) && nameOf(caller) === 'next') {
      return [rewrittenCall(py, call, { write: (parts) => `iter(${template(parts)})` })];
    }
    const first = all[0];
    const kind = String(first?.kind());
    const inner = kind === 'parenthesized_expression' ? String(bare(first)?.kind()) : kind;
    return [rewrittenCall(py, call, { parens: wantsParentheses.has(inner) ? [0] : [], write: template })];
  }
  if (hasPlain && isSix('int2byte')) return [rewrittenCall(py, call, { write: ({ args }) => `bytes((${args[0]},))` })];
  if (isSix('b', 'ensure_binary') && all.length === 1 && keywords.length === 0 && hasPlain)
    return bytesOf(py, call, positional[0]);
  return above(call)?.is('expression_statement') === true ? raised(py, call) : undefined;
}

function bytesOf(py: PythonFile, call: SgNode, argument: SgNode | undefined): readonly Fix[] {
  const open = openingOf(py, call.field('arguments'));
  const isOne =
    at(py, open + 1).kind === 'string' && at(py, open + 2).text === ')' && /^[\0-\x7f]*$/.test(at(py, open + 1).text);
  if (literalOf(argument)?.kind !== 'str' || !isOne) return [];
  return [rewrittenCall(py, call, { write: ({ args }) => `b${args[0]}` })];
}

function raised(py: PythonFile, call: SgNode): readonly Fix[] | undefined {
  const callee = call.field('function');
  const { positional, keywords, hasStar, all } = argumentsOf(call);
  if (isNameOf(py, callee, ['six'], ['raise_from'])) {
    const isPlain = positional.length > 0 && !hasStar;
    return isPlain ? [rewrittenCall(py, call, { write: ({ args }) => `raise ${args[0]} from ${args[1]}` })] : undefined;
  }
  if (!isNameOf(py, callee, ['six'], ['reraise']) || keywords.length > 0) return undefined;
  if (!hasStar && positional.length === 2)
    return [rewrittenCall(py, call, { write: ({ args }) => `raise ${args[1]}.with_traceback(None)` })];
  if (!hasStar && positional.length === 3) {
    return [rewrittenCall(py, call, { write: ({ args }) => `raise ${args[1]}.with_traceback(${args[2]})` })];
  }
  const spread = all.length === 1 && all[0]?.is('list_splat') === true ? bare(partsOf(all[0])[0]) : undefined;
  const isInfo = spread?.is('call') === true && isNameOf(py, spread.field('function'), ['sys'], ['exc_info']);
  return isInfo ? [rewrittenCall(py, call, { write: () => 'raise' })] : undefined;
}

const names: Readonly<Record<string, string>> = {
  text_type: 'str',
  binary_type: 'bytes',
  class_types: '(type,)',
  string_types: '(str,)',
  integer_types: '(int,)',
  unichr: 'chr',
  iterbytes: 'iter',
  print_: 'print',
  exec_: 'exec',
  advance_iterator: 'next',
  next: 'next',
  callable: 'callable',
};
const inTypeChecks: Readonly<Record<string, string>> = {
  class_types: 'type',
  string_types: 'str',
  integer_types: 'int',
};

/** `six.text_type` is `str`. */
export const sixNames = pythonTransform({
  id: 'six-names',
  why,
  mentions: ['six'],
  find: (py) => [
    ...py.matching('attribute', '^six\\b').flatMap((node) => attributeFix(py, node)),
    ...py.matching('identifier', `^(${[...Object.keys(names), 'xrange', 'range'].join('|')})$`).flatMap((node) => {
      if (!isSixName(node.text()) || !isVariable(node)) return [];
      const name = node.text();
      const from = startOf(node);
      if (Object.hasOwn(names, name) && py.imports('six', name, from))
        return isLiteralCall(py, node) ? [] : [renamed(py, node, spelling(node, name))];
      const isRange = (name === 'xrange' || name === 'range') && py.imports('six.moves', name, from);
      return isRange && name !== 'range' ? [renamed(py, node, 'range')] : [];
    }),
  ],
});

function isSixName(name: string): boolean {
  return Object.hasOwn(names, name) || name === 'xrange' || name === 'range';
}

function attributeFix(py: PythonFile, node: SgNode): readonly Fix[] {
  const name = node.field('attribute')?.text() ?? '';
  const object = node.field('object');
  if (isAttribute(node, ['six'], Object.keys(names)))
    return isLiteralCall(py, node) ? [] : [renamed(py, node, spelling(node, name))];
  if (!isAttribute(object, ['six'], ['moves'])) return [];
  if (name === 'xrange') return [renamed(py, node, 'range')];
  return removedNames(3, 'six.moves').includes(name) ? [renamed(py, node, name)] : [];
}

/** Such a call is a literal already, and written as one. */
function isLiteralCall(py: PythonFile, node: SgNode): boolean {
  const parent = above(node);
  return parent?.is('call') === true && nativeKind(py, parent) !== undefined;
}

function spelling(node: SgNode, name: string): string {
  const short = inTypeChecks[name];
  const list = above(node);
  const call = list?.is('argument_list') === true ? list.parent() : undefined;
  const isCheck = ['isinstance', 'issubclass'].includes(nameOf(call?.field('function')) ?? '');
  if (short === undefined || call == null || !isCheck) return names[name] ?? name;
  const { positional, hasStar } = argumentsOf(call);
  return positional.length === 2 && !hasStar ? short : (names[name] ?? name);
}

/** `six.with_metaclass(M, B)` and `@six.add_metaclass(M)` are `metaclass=M`. */
export const sixMetaclasses = pythonTransform({
  id: 'six-metaclasses',
  why,
  mentions: ['metaclass'],
  find: (py) => [
    ...py.all('decorator').flatMap((decorator) => {
      const call = partsOf(decorator)[0];
      const isOwn =
        call?.is('call') === true &&
        isNameOf(py, call.field('function'), ['six'], ['add_metaclass']) &&
        !argumentsOf(call).hasStar;
      return call !== undefined && isOwn ? [addedMetaclass(py, decorator, call)] : [];
    }),
    ...py.all('class_definition').flatMap((node) => {
      const bases = partsOf(node.field('superclasses')).filter(
        (one) => !one.is('keyword_argument') && !one.is('dictionary_splat'),
      );
      const call = bases.length === 1 ? bare(bases[0]) : undefined;
      const isOwn =
        call?.is('call') === true &&
        isNameOf(py, call.field('function'), ['six'], ['with_metaclass']) &&
        !argumentsOf(call).hasStar;
      return call !== undefined && isOwn ? [withMetaclass(py, call)] : [];
    }),
  ],
});

function withMetaclass(py: PythonFile, call: SgNode): Fix {
  const { args } = argumentStretches(py, openingOf(py, call.field('arguments')));
  const second = args[1] === undefined ? undefined : textOf(py, args[1]).trim();
  const isAlone = args.length === 1 || (args.length === 2 && second === 'object');
  return rewrittenCall(py, call, {
    write: (parts) => (isAlone ? `metaclass=${parts.args[0]}` : `${parts.rest}, metaclass=${parts.args[0]}`),
  });
}

function addedMetaclass(py: PythonFile, decorator: SgNode, call: SgNode): Fix {
  const [first] = argumentStretches(py, openingOf(py, call.field('arguments'))).args;
  const metaclass = `metaclass=${first === undefined ? '' : textOf(py, first).trim()}`;
  const definition = decorator.parent()?.field('definition');
  const header = definition?.field('superclasses');
  if (definition == null) return [];
  if (header == null) {
    const name = definition.field('name');
    return name === null
      ? []
      : [replaceWhole(name, `${name.text()}(${metaclass})`), ...decoratorRemoved(py, decorator)];
  }
  let last = py.tokenAt(header.range().end.index) - 2;
  while (isIdle(at(py, last))) last -= 1;
  const { text } = at(py, last);
  const added = text === '(' ? metaclass : text === ',' ? ` ${metaclass},` : `, ${metaclass}`;
  return [replaceTokens(py, [last, last + 1], `${text}${added}`), ...decoratorRemoved(py, decorator)];
}

/** `@six.python_2_unicode_compatible` */
export const sixDecorators = pythonTransform({
  id: 'six-decorators',
  why,
  mentions: ['python_2_unicode_compatible'],
  find: (py) =>
    py.all('decorator').flatMap((decorator) => {
      const isOwn = isNameOf(py, bare(partsOf(decorator)[0]), ['six'], ['python_2_unicode_compatible']);
      return isOwn ? [decoratorRemoved(py, decorator)] : [];
    }),
});
