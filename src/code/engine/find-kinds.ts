import type { SgNode } from '@ast-grep/napi';

/**
 * Every node of these kinds below a node, in the order of the text. A tree does not tell its grammar, and a rule with a kind
 * that the grammar lacks is refused: of such a kind there is nothing, as of JSX in plain TypeScript.
 */
export function findKinds(node: SgNode, kinds: readonly string[]): readonly SgNode[] {
  const any = kinds.filter((kind) => hasKind(node, kind)).map((kind) => ({ kind }));
  return any.length === 0 ? [] : node.findAll({ rule: { any } });
}

/** True where the grammar of a node's tree has a kind. */
export function hasKind(node: SgNode, kind: string): boolean {
  try {
    node.matches({ rule: { kind } });
    return true;
  } catch {
    return false;
  }
}
