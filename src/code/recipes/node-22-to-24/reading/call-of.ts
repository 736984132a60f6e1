import type { SgNode } from '@ast-grep/napi';

/** The call whose function a node is; undefined where it is not called. */
export function callOf(node: SgNode): SgNode | undefined {
  const parent = node.parent();
  return parent?.is('call_expression') === true && parent.field('function')?.id() === node.id() ? parent : undefined;
}

/** The `new` expression whose class a node is. */
export function newOf(node: SgNode): SgNode | undefined {
  const parent = node.parent();
  return parent?.is('new_expression') === true && parent.field('constructor')?.id() === node.id() ? parent : undefined;
}

/** The arguments of a call, comments left out. */
export function argumentsOf(call: SgNode | undefined): readonly SgNode[] {
  return (call?.field('arguments')?.namedChildren() ?? []).filter((one) => !one.is('comment'));
}

/** The text of a string without its quotes; undefined for anything else. */
export function stringIn(node: SgNode | null | undefined): string | undefined {
  return node?.is('string') === true ? node.text().slice(1, -1) : undefined;
}
