import type { SgNode } from '@ast-grep/napi';
import { argumentsOf } from '../../../python-source/nodes.ts';
import type { FormatPart } from './format-string.ts';

/**
 * Whether the values of a call of `format` mean the same where their fields stand in an f-string: each of them can be written
 * there, and what is called is called as often, and in the same order. An f-string calls and formats one value after the
 * other, from left to right (Python reference, 2.4.3). Pure.
 */
export function canStandInFields(call: SgNode, parts: readonly FormatPart[]): boolean {
  if (call.field('arguments')?.is('argument_list') !== true) return false;
  const given = givenValues(call);
  const used: SgNode[] = [];
  let count = 0;
  for (const { name } of parts) {
    if (name === undefined) continue;
    const [key = '', ...rest] = name.split('.');
    const value = given.get(key === '' ? String(count) : key);
    if (key === '') count += 1;
    if (value === undefined || !canBeWritten(value) || (rest.length > 0 && !primaries.has(String(value.kind()))))
      return false;
    used.push(value);
  }
  const inOrder = [...given.values()].filter(isAtWork).map((value) => value.id());
  const asUsed = used.filter(isAtWork).map((value) => value.id());
  return inOrder.join() === asUsed.join() && !used.some((value, index) => changesEarlier(value, used.slice(0, index)));
}

/** By index or name, in the order in which the call has them, which is the one in which Python reads them. */
function givenValues(call: SgNode): ReadonlyMap<string, SgNode> {
  const { all } = argumentsOf(call);
  const values = new Map<string, SgNode>();
  let count = 0;
  for (const node of all) {
    const value = node.is('keyword_argument') ? node.field('value') : node;
    if (value === null) continue;
    values.set(node.is('keyword_argument') ? (node.field('name')?.text() ?? '') : String(count), value);
    if (!node.is('keyword_argument')) count += 1;
  }
  return values;
}

/** Kinds behind which `.name` belongs to the whole. */
const primaries = new Set(['identifier', 'attribute', 'call', 'subscript', 'parenthesized_expression', 'list']);

/** `{{` is a brace, and `:`, which stands in a lambda and in `:=`, begins how a value is formatted. */
function canBeWritten(value: SgNode): boolean {
  if (value.is('parenthesized_expression')) return true;
  if (value.text().startsWith('{') || value.is('lambda') || value.is('named_expression')) return false;
  return value.find({ rule: { any: [{ kind: 'lambda' }, { kind: 'named_expression' }] } }) === null;
}

function isAtWork(value: SgNode): boolean {
  const work = ['call', 'await', 'yield', 'named_expression'];
  return work.some((kind) => value.is(kind)) || value.find({ rule: { any: work.map((kind) => ({ kind })) } }) !== null;
}

/** `(items, items.pop())`: the first would be formatted before it is changed. */
function changesEarlier(value: SgNode, earlier: readonly SgNode[]): boolean {
  if (!isAtWork(value)) return false;
  const text = value.text();
  return earlier.some((one) => !isAtWork(one) && text.includes(`${one.text()}.`));
}
