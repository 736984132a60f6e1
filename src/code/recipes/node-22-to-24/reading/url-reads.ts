import type { SgNode } from '@ast-grep/napi';
import { usesOf } from '../../../engine/scope.ts';

/** One place where members of an address are read. */
export type UrlRead = {
  /** `x.auth`, or the declarator `{ auth, path } = x`. */
  readonly node: SgNode;
  /** What they are read of, as text: a name, or `new URL(…)`. */
  readonly object: string;
  readonly isName: boolean;
  /** `local` is the name that a pattern gives it. */
  readonly members: readonly { readonly name: string; readonly local: SgNode | undefined }[];
  /** The name that is made of the value on the spot: `const user = x.auth`. */
  readonly declared: SgNode | undefined;
};

/** Every read of what a call of `url.parse()` gives; undefined where it goes where it cannot be followed, or is written. */
export function readsOf(call: SgNode): readonly UrlRead[] | undefined {
  const parent = call.parent();
  if (parent?.is('variable_declarator') !== true) {
    const read = readOf(call, `new URL(${call.field('arguments')?.namedChildren()[0]?.text() ?? ''})`, false);
    return read === undefined ? undefined : [read];
  }
  const name = parent.field('name');
  if (name?.is('identifier') !== true || parent.field('type') !== null) return undefined;
  if (parent.parent()?.parent()?.is('export_statement') === true) return undefined;
  const reads = usesOf(name).map((use) => readOf(use, name.text(), true));
  const seen = reads.flatMap((read) => read ?? []);
  return reads.includes(undefined) ? undefined : seen;
}

function readOf(use: SgNode, object: string, isName: boolean): UrlRead | undefined {
  const parent = use.parent();
  if (parent?.is('member_expression') === true && parent.field('object')?.id() === use.id()) {
    const name = parent.field('property')?.text();
    if (name === undefined || parent.text().includes('?.') || isWritten(parent)) return undefined;
    return { node: parent, object, isName, members: [{ name, local: undefined }], declared: declaredBy(parent) };
  }
  const pattern = parent?.is('variable_declarator') === true && isName ? parent.field('name') : null;
  if (parent == null || pattern?.is('object_pattern') !== true || parent.field('type') !== null) return undefined;
  const members = pattern.namedChildren().map((part) => {
    if (part.is('shorthand_property_identifier_pattern')) return { name: part.text(), local: part };
    const [key, value] = [part.field('key'), part.field('value')];
    const isPlain =
      part.is('pair_pattern') && key?.is('property_identifier') === true && value?.is('identifier') === true;
    return isPlain ? { name: key.text(), local: value } : undefined;
  });
  const seen = members.flatMap((one) => one ?? []);
  return seen.length < members.length || seen.length === 0
    ? undefined
    : { node: parent, object, isName, members: seen, declared: undefined };
}

function declaredBy(node: SgNode): SgNode | undefined {
  const parent = node.parent();
  const name = parent?.is('variable_declarator') === true ? parent.field('name') : null;
  return name?.is('identifier') === true ? name : undefined;
}

function isWritten(member: SgNode): boolean {
  const parent = member.parent();
  const kind = String(parent?.kind());
  if (kind === 'update_expression') return true;
  if (kind === 'unary_expression') return parent?.field('operator')?.text() === 'delete';
  if (kind === 'call_expression') return parent?.field('function')?.id() === member.id();
  return kind.endsWith('assignment_expression') && parent?.field('left')?.id() === member.id();
}

/** How a value is asked whether it is there: for its truth, which is the same of `null` and of an empty text, or for itself. */
export function testOf(value: SgNode): 'truth' | 'value' | undefined {
  const parent = value.parent();
  if (parent === null) return undefined;
  if (parent.is('parenthesized_expression')) {
    const isCondition = /^(if|while|do)_statement$/.test(String(parent.parent()?.kind()));
    return isCondition ? 'truth' : testOf(parent);
  }
  const operator = parent.field('operator')?.text() ?? '';
  if (parent.is('ternary_expression')) return parent.field('condition')?.id() === value.id() ? 'truth' : undefined;
  if (parent.is('unary_expression')) return operator === '!' ? 'truth' : undefined;
  if (!parent.is('binary_expression')) return undefined;
  if (operator === '||' || operator === '&&') return parent.field('left')?.id() === value.id() ? 'truth' : undefined;
  return /^([!=]==?|\?\?)$/.test(operator) ? 'value' : undefined;
}
