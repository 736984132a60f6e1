import type { SgNode } from '@ast-grep/napi';

/** Methods that make a request. */
export const requests: ReadonlySet<string> = new Set(['request', 'get', 'head', 'delete', 'post', 'put', 'patch']);

/** True for the name of a declaration that other files may take. */
export function isExported(name: SgNode): boolean {
  return name
    .ancestors()
    .slice(0, 3)
    .some((one) => one.is('export_statement'));
}

/** True where a node takes a property of another. */
export function isMemberOf(member: SgNode, object: SgNode): boolean {
  return member.is('member_expression') && member.field('object')?.id() === object.id();
}

/**
 * The call of a function. With a type argument behind `await`, the grammar reads `(await f)<T>()` where the language means
 * `await f<T>()`.
 */
export function callOf(callee: SgNode): SgNode | undefined {
  const parent = callee.parent();
  const outer = parent?.is('await_expression') === true ? parent : callee;
  const call = outer.parent();
  return call?.is('call_expression') === true && call.field('function')?.id() === outer.id() ? call : undefined;
}

/** True where the call that is meant is awaited, which the grammar reads as part of its function. */
export function isAwaitedWithin(call: SgNode): boolean {
  return call.field('function')?.is('await_expression') === true;
}
