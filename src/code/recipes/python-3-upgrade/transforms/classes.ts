import type { SgNode } from '@ast-grep/napi';
import { blockAt, trimmed } from '../../../python-source/block.ts';
import { rewrittenCall } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import {
  argumentsOf,
  bare,
  endOf,
  isNameOf,
  isSameNode,
  nameOf,
  partsOf,
  startOf,
} from '../../../python-source/nodes.ts';
import { at, firstToken, isIdle, lineEndFrom, replaceTokens } from '../../../python-source/tokens-at.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import type { PythonFile } from '../reading/python-file.ts';

/** `class C(object):` is `class C:`. */
export const newStyleClasses = pythonTransform({
  id: 'new-style-classes',
  why: 'Every class is one of `object`.',
  mentions: ['object', 'Iterator'],
  find: (py) =>
    py.all('class_definition').flatMap((node) =>
      partsOf(node.field('superclasses')).flatMap((base) => {
        const inner = bare(base);
        const isLeft = nameOf(inner) === 'object' || isNameOf(py, inner, ['six'], ['Iterator']);
        return inner !== undefined && isLeft ? [withoutBase(py, inner)] : [];
      }),
    ),
});

/** The edits that take a base class away, with its comma, or with the parentheses where there is no other. */
export function withoutBase(py: PythonFile, base: SgNode): Fix {
  const start = firstToken(py, base);
  const closing: number[] = [];
  let right = start;
  while (at(py, right).text !== ',' && at(py, right).text !== ':' && right < py.tokens.length) {
    if (at(py, right).text === ')') closing.push(right);
    right += 1;
  }
  if (at(py, right).text === ':') closing.pop();
  else {
    let here = right + 1;
    while (isIdle(at(py, here))) here += 1;
    if (at(py, here).text === ')') {
      while (at(py, here).text !== ':') here += 1;
      right = here;
    }
  }
  const last = closing.at(-1) ?? lastToken(py, base);
  let left = start;
  for (let open = closing.length; open > 0; left -= 1) if (at(py, left).text === '(') open -= 1;
  while (at(py, left).text !== ',' && at(py, left).text !== '(') left -= 1;
  if (at(py, left).text !== '(') return [replaceTokens(py, [left, last + 1])];
  if (at(py, right).text === ':') return [replaceTokens(py, [left, right])];
  while (at(py, right + 1).kind === 'space' || at(py, right + 1).kind === 'comment') right += 1;
  return [replaceTokens(py, [left + 1, right + 1])];
}

function lastToken(py: PythonFile, node: SgNode): number {
  const end = endOf(node);
  let index = firstToken(py, node);
  while (at(py, index).end < end) index += 1;
  return index;
}

/** `__metaclass__ = type` at the top of a module. */
export const metaclassType = pythonTransform({
  id: 'metaclass-type',
  why: '`__metaclass__` of a module means nothing to Python 3.',
  mentions: ['__metaclass__'],
  find: (py) =>
    py.matching('assignment', '^__metaclass__').flatMap((node) => {
      const left = node.field('left');
      const isTop = left !== null && left.range().start.column === 0;
      if (!isTop || nameOf(left) !== '__metaclass__' || nameOf(bare(node.field('right'))) !== 'type') return [];
      const start = firstToken(py, node);
      return [[replaceTokens(py, [start, lineEndFrom(py, start)])]];
    }),
});

/** `super(C, self)` is `super()`. */
export const superCalls = pythonTransform({
  id: 'super-calls',
  why: '`super()` finds its class and its instance by itself.',
  mentions: ['super'],
  find: (py) =>
    py.callsOf('super').flatMap((call) => {
      const { positional, keywords, hasStar } = argumentsOf(call);
      const isCall =
        nameOf(call.field('function')) === 'super' && positional.length === 2 && keywords.length === 0 && !hasStar;
      return isCall && isOwnSuper(call, positional) ? [rewrittenCall(py, call, { write: () => 'super()' })] : [];
    }),
});

const scopeKinds = new Set([
  'class_definition',
  'function_definition',
  'lambda',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);

function isOwnSuper(call: SgNode, [first, second]: readonly SgNode[]): boolean {
  const scopes = scopesOf(call);
  const [method] = scopes;
  const parameter =
    method?.is('function_definition') === true || method?.is('lambda') === true ? firstParameter(method) : undefined;
  if (parameter === undefined || nameOf(bare(second)) !== parameter) return false;
  let named = bare(first);
  let depth = 1;
  while (named?.is('attribute') === true && depth < scopes.length - 1) {
    const scope = scopes[depth];
    if (scope?.is('class_definition') !== true || named.field('attribute')?.text() !== scope.field('name')?.text())
      break;
    named = bare(named.field('object'));
    depth += 1;
  }
  const scope = scopes[depth];
  const isClass = scope?.is('class_definition') === true && nameOf(named) === scope.field('name')?.text();
  return isClass && scopes[depth + 1]?.is('class_definition') !== true;
}

/** Scopes around a node, the nearest first. Defaults and decorators are read within theirs, as pyupgrade does. */
function scopesOf(node: SgNode): readonly SgNode[] {
  return node.ancestors().filter((ancestor) => scopeKinds.has(String(ancestor.kind())));
}

function firstParameter(scope: SgNode): string | undefined {
  const parameters = partsOf(scope.field('parameters'));
  const slash = parameters.findIndex((one) => one.is('positional_separator'));
  const first = parameters[slash + 1];
  if (first === undefined) return undefined;
  if (first.is('identifier')) return first.text();
  if (first.is('default_parameter') || first.is('typed_default_parameter')) return nameOf(first.field('name'));
  return first.is('typed_parameter') ? nameOf(partsOf(first)[0]) : undefined;
}

/** `for x in y: yield x` is `yield from y`. */
export const yieldFrom = pythonTransform({
  id: 'yield-from',
  why: '`yield from` passes on what is sent and thrown too.',
  mentions: ['yield'],
  find: (py) => py.all('for_statement').flatMap((loop) => yieldFix(py, loop) ?? []),
});

function yieldFix(py: PythonFile, loop: SgNode): readonly Fix[] | undefined {
  const [scope] = scopesOf(loop);
  const target = loop.field('left');
  const right = loop.field('right');
  if (target === null || right === null || scope === undefined || !isPlainLoop(loop)) return undefined;
  if (scope.children()[0]?.text() === 'async') return undefined;
  const loops = scope.findAll({ rule: { kind: 'for_statement' } }).filter(isPlainLoop);
  const isUsed = namesIn(target).some((name) => isUsedBeside(scope, loops, name));
  return isUsed ? undefined : [yieldEdit(py, loop, right)];
}

/** A loop that yields what it goes over, and nothing more. */
function isPlainLoop(loop: SgNode): boolean {
  const held = partsOf(loop.field('body'));
  const only =
    held.length === 1 && held[0]?.is('expression_statement') === true ? bare(partsOf(held[0])[0]) : undefined;
  const target = loop.field('left');
  const given = only?.is('yield') === true ? bare(partsOf(only)[0]) : undefined;
  if (loop.field('alternative') !== null || target === null || given === undefined) return false;
  return (
    !/^yield\s+from\b/.test(only?.text() ?? '') && loop.children()[0]?.text() !== 'async' && isSameTarget(target, given)
  );
}

function isSameTarget(target: SgNode, given: SgNode): boolean {
  const spelled = (node: SgNode): string => {
    const inner = bare(node) ?? node;
    const isTuple =
      inner.is('pattern_list') || inner.is('tuple_pattern') || inner.is('tuple') || inner.is('expression_list');
    const isList = inner.is('list_pattern') || inner.is('list');
    if (isTuple || isList) return `${isTuple ? '(' : '['}${partsOf(inner).map(spelled).join(',')})`;
    return inner.text().replaceAll(/\s+/g, '');
  };
  return spelled(target) === spelled(given);
}

function namesIn(target: SgNode): readonly string[] {
  const own = target.is('identifier') ? [target] : target.findAll({ rule: { kind: 'identifier' } });
  return own
    .filter((node) => node.parent()?.is('attribute') !== true && node.parent()?.is('subscript') !== true)
    .map((node) => node.text());
}

/** Whether a name is read in the scope (inner scopes that do not bind it included) outside of the loop. */
function isUsedBeside(scope: SgNode, loops: readonly SgNode[], name: string): boolean {
  return scope.findAll({ rule: { kind: 'identifier', regex: `^${name}$` } }).some((node) => {
    const within = node.ancestors().find((one) => loops.some((loop) => isSameNode(loop, one)));
    const iterable = within?.field('right');
    const isIterable = iterable != null && startOf(node) >= startOf(iterable) && endOf(node) <= endOf(iterable);
    if (within !== undefined && !isIterable) return false;
    return isRead(node, name, scope);
  });
}

function isRead(node: SgNode, name: string, scope: SgNode): boolean {
  const parent = node.parent();
  const kind = String(parent?.kind());
  if (parent === null) return false;
  if (kind === 'attribute' && !isSameNode(parent.field('object'), node)) return false;
  if (kind === 'keyword_argument' && isSameNode(parent.field('name'), node)) return false;
  if (/parameter|pattern|import|dotted_name|delete_statement|as_pattern_target/.test(kind)) return false;
  if (
    ['assignment', 'for_statement', 'for_in_clause', 'augmented_assignment'].includes(kind) &&
    isSameNode(parent.field('left'), node)
  )
    return false;
  if ((kind === 'function_definition' || kind === 'class_definition') && isSameNode(parent.field('name'), node))
    return false;
  const inner = scopesOf(node).filter((one) => startOf(one) > startOf(scope));
  return !inner.some((one) => bindsIn(one, name));
}

function bindsIn(scope: SgNode, name: string): boolean {
  return scope.findAll({ rule: { kind: 'identifier', regex: `^${name}$` } }).some((node) => {
    const parent = node.parent();
    if (parent === null) return false;
    if (
      ['assignment', 'for_statement', 'for_in_clause'].includes(String(parent.kind())) &&
      isSameNode(parent.field('left'), node)
    )
      return true;
    return /pattern_list|tuple_pattern|list_pattern/.test(String(parent.kind()));
  });
}

function yieldEdit(py: PythonFile, loop: SgNode, right: SgNode): Fix {
  const block = trimmed(py, blockAt(py, firstToken(py, loop)));
  const container = py.text.slice(startOf(right), at(py, block.colon).start).trim();
  return [replaceTokens(py, [block.keyword, block.end], `yield from ${container}\n`)];
}
