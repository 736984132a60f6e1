import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';

/**
 * A YAML document as the text of a JavaScript literal, its comments with it; undefined where it is not YAML, or holds what
 * has no such text (aliases, keys that are no scalars).
 */
export function yamlAsLiteral(text: string): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  try {
    return written(document.contents);
  } catch (error) {
    if (error instanceof UnwritableNode) return undefined;
    throw error;
  }
}

/** Thrown for a node that has no text as a literal. */
class UnwritableNode extends Error {}

function written(node: unknown): string {
  if (isMap(node)) {
    const items = node.items.map(({ key, value }) => {
      if (!isScalar(key)) throw new UnwritableNode();
      return `${before(key)}${JSON.stringify(String(key.value))}: ${written(value)},${after(value)}`;
    });
    return `{\n${items.join('\n')}\n}`;
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => `${before(item)}${written(item)},${after(item)}`);
    return items.every((item) => !item.includes('\n')) ? `[${items.join(' ')}]` : `[\n${items.join('\n')}\n]`;
  }
  if (node === null || node === undefined) return 'null';
  if (!isScalar(node) || isAlias(node)) throw new UnwritableNode();
  const { value } = node;
  if (typeof value === 'bigint' || value instanceof Date) throw new UnwritableNode();
  return JSON.stringify(value ?? null);
}

function before(node: unknown): string {
  return commentOf(node, 'commentBefore')
    .map((line) => `//${line}\n`)
    .join('');
}

function after(node: unknown): string {
  const [first] = isScalar(node) ? commentOf(node, 'comment') : [];
  return first === undefined ? '' : ` //${first}\n`;
}

function commentOf(node: unknown, side: 'comment' | 'commentBefore'): readonly string[] {
  const text = isNode(node) ? node[side] : undefined;
  return text == null || text === '' ? [] : text.split('\n');
}

function isNode(node: unknown): node is Node {
  return isMap(node) || isSeq(node) || isScalar(node);
}
