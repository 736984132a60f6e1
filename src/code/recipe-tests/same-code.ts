import type { SgNode } from '@ast-grep/napi';
import { parseWith } from '../jssg/grammars.ts';

/** How closely an output must be what was expected, as the public runner has it. */
export const strictnesses = ['strict', 'cst', 'ast', 'loose'] as const;
export type Strictness = (typeof strictnesses)[number];

/** How two texts are compared. */
export type Comparison = {
  readonly strictness: Strictness;
  /** In `strict`: white space around lines and empty lines do not count. */
  readonly isSpaceIgnored: boolean;
  readonly language: string;
};

/**
 * Whether a text is what was expected: to the letter (`strict`), token by token (`cst`), by its named nodes (`ast`), or so
 * that the order of members does not count either (`loose`).
 */
export function isSameCode(
  expected: string,
  actual: string,
  { strictness, isSpaceIgnored, language }: Comparison,
): boolean {
  if (expected === actual) return true;
  if (strictness !== 'strict')
    return signature(expected, language, strictness) === signature(actual, language, strictness);
  return isSpaceIgnored && squeezed(expected) === squeezed(actual);
}

function squeezed(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== '').join('\n');
}

function signature(text: string, language: string, strictness: Strictness): string {
  return signatureOf(parseWith(language, text).root(), strictness);
}

const punctuation = new Set([',', ';', '(', ')', '{', '}', '[', ']', '"', "'", '`']);
const unordered = new Set([
  'object',
  'named_imports',
  'export_clause',
  'object_type',
  'interface_body',
  'object_pattern',
]);

function signatureOf(node: SgNode, strictness: Strictness): string {
  const kind = String(node.kind());
  const children = node.children();
  if (children.length === 0) return `${kind}=${node.text().trim()}`;
  const counted = strictness === 'cst' ? children : children.filter((child) => !punctuation.has(String(child.kind())));
  const parts = counted.map((child) => signatureOf(child, strictness));
  const isSpread = children.some((child) => child.kind() === 'spread_element' || child.kind() === 'rest_pattern');
  if (strictness === 'loose' && unordered.has(kind) && !isSpread) parts.sort();
  return `${kind}(${parts.join(' ')})`;
}
