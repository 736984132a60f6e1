import type { SgNode } from '@ast-grep/napi';
import type { Binding } from '../../../engine/bindings.ts';
import { usesOf } from '../../../engine/scope.ts';
import { type ExportUse, exportUsesOf } from './export-uses.ts';
import { isReact, takenNames } from './names.ts';

/** What a default import of React is used for, and so what it can become. */
export type DefaultUse =
  /** Nothing but members that are values, whose names are free in the file. */
  | { readonly kind: 'members'; readonly uses: readonly ExportUse[] }
  /** The object itself, types, or members whose names the file has for something else: only a namespace serves. */
  | { readonly kind: 'namespace' }
  /** The object is written to, or given to something that writes to it, which no namespace allows. */
  | { readonly kind: 'written'; readonly node: SgNode };

/** How a file uses what it binds to React's default export. */
export function defaultUseOf(root: SgNode, binding: Binding): DefaultUse {
  const uses = usesOf(binding.node);
  const members = exportUsesOf(root, isReact).filter(
    (use) => use.form === 'member' && use.binding?.node.id() === binding.node.id(),
  );
  const written = [...members.map(({ node }) => node).filter(isTarget), ...uses.filter(isGivenToWriter)][0];
  if (written !== undefined) return { kind: 'written', node: written };
  const taken = takenNames(root);
  const areAllMembers = members.length === uses.length && members.every(isValue);
  return areAllMembers && members.every(({ name }) => !taken.has(name))
    ? { kind: 'members', uses: members }
    : { kind: 'namespace' };
}

/** A component with a small letter would be an element of the page in JSX. */
function isValue({ node, name }: ExportUse): boolean {
  const kind = String(node.kind());
  const isTag = /^(nested_identifier|jsx_\w+)$/.test(kind) || /^jsx_/.test(String(node.parent()?.kind()));
  const isType = kind === 'nested_type_identifier' || node.ancestors().some((one) => one.kind() === 'type_query');
  return !isType && /^[A-Za-z_$][\w$]*$/.test(name) && (!isTag || /^[A-Z]/.test(name));
}

function isTarget(node: SgNode): boolean {
  const parent = node.parent();
  const kind = String(parent?.kind());
  if (kind === 'assignment_expression' || kind === 'augmented_assignment_expression') {
    return parent?.field('left')?.id() === node.id();
  }
  const isDeleted = kind === 'unary_expression' && parent?.field('operator')?.text() === 'delete';
  return kind === 'update_expression' || isDeleted;
}

/** `jest.spyOn(React, …)`, `Object.assign(React, …)` and their like. */
function isGivenToWriter(use: SgNode): boolean {
  const list = use.parent();
  const callee = list?.kind() === 'arguments' ? list.parent()?.field('function')?.text() : undefined;
  const isFirst = list?.namedChildren()[0]?.id() === use.id();
  return (
    isFirst &&
    /(^|\.)(spyOn|stub|replaceProperty|replace|mock|assign|defineProperty|defineProperties)$/.test(callee ?? '')
  );
}
