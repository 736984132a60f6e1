import type { Node } from 'libpg-query';

/** Every wrapped node of a tree (`{ ColumnRef: … }`), outer before inner, in the order of the text. */
export function* nodesIn(tree: unknown): Generator<Node> {
  const waiting: unknown[] = [tree];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (isNode(value)) yield value;
    const children: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    for (let at = children.length - 1; at >= 0; at -= 1) {
      if (typeof children[at] === 'object') waiting.push(children[at]);
    }
  }
}

/** True for a wrapped node: an object whose one key is the name of a node type. */
export function isNode(value: unknown): value is Node {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  const first = keys[0]?.charCodeAt(0) ?? 0;
  return keys.length === 1 && first >= capitalA && first <= capitalZ;
}

const capitalA = 65;
const capitalZ = 90;

/** The texts of String nodes, as in a list of names. */
export function stringsOf(nodes: readonly Node[] | undefined): readonly string[] {
  const texts: string[] = [];
  for (const node of nodes ?? []) if ('String' in node) texts.push(node.String.sval ?? '');
  return texts;
}

/** The type name of a node, e.g. `SelectStmt`. */
export function kindOf(node: Node): string {
  return Object.keys(node)[0] ?? '';
}
