import type { SgNode } from '@ast-grep/napi';
import { argumentsOf, bare, nameOf } from '../../../python-source/nodes.ts';

/** The only argument of a call of a plain name, where it has no other. */
export function onlyArgument(call: SgNode, name: string): SgNode | undefined {
  const { positional, all } = argumentsOf(call);
  return nameOf(call.field('function')) === name && all.length === 1 ? bare(positional[0]) : undefined;
}
