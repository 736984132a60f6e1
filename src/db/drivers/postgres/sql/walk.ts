import type { Node } from 'libpg-query';

/** Every wrapped node of a tree (`{ ColumnRef: … }`), outer before inner, in the order of the text. */
export function* nodesIn(tree: unknown): Generator<Node> {
  const waiting: unknown[] = [tree];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (isNode(value)) yield value;
    const children: unknown[] = Object.values(value);
    for (let at = children.length - 1; at >= 0; at -= 1) waiting.push(children[at]);
  }
}

/** True for a wrapped node: an object whose one key is the name of a node type. */
export function isNode(value: unknown): value is Node {
  if (typeof value !== 'object' || value === null) return false;
  const [key, ...others] = Object.keys(value);
  return key !== undefined && others.length === 0 && /^[A-Z]/.test(key);
}

/** The texts of String nodes, as in a list of names. */
export function stringsOf(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap((node) => ('String' in node ? [node.String.sval ?? ''] : []));
}

/** The type name of a node, e.g. `SelectStmt`. */
export function kindOf(node: Node): string {
  return Object.keys(node)[0] ?? '';
}
