import type { SgNode } from '@ast-grep/napi';
import { declarationOf } from '../../../engine/scope.ts';
import { stringIn } from './call-of.ts';

/** A constant leads to another; so far this is followed. */
const depthMax = 6;

/** The text that an expression is whenever it is read: a literal, a `const` that is one, or both of a sum. Undefined for all else. */
export function knownText(node: SgNode | null | undefined, depth = 0): string | undefined {
  if (node == null || depth > depthMax) return undefined;
  if (node.is('string')) return withoutEscapes(stringIn(node));
  if (node.is('number')) return /^\d+$/.test(node.text()) ? node.text() : undefined;
  if (node.is('template_string')) {
    const isPlain = node.namedChildren().every((one) => one.is('string_fragment'));
    return isPlain ? withoutEscapes(node.text().slice(1, -1)) : undefined;
  }
  if (node.is('parenthesized_expression')) return knownText(node.namedChildren()[0], depth + 1);
  if (node.is('binary_expression')) return sum(node, depth + 1);
  const isName = node.is('identifier') || node.is('shorthand_property_identifier');
  return isName ? knownText(constantValue(node), depth + 1) : undefined;
}

/** What the `const` that a name means is made of. */
export function constantValue(name: SgNode): SgNode | undefined {
  const declarator = declarationOf(name)?.parent();
  if (declarator?.is('variable_declarator') !== true) return undefined;
  const isConstant = declarator.parent()?.field('kind')?.text() === 'const';
  return isConstant ? (declarator.field('value') ?? undefined) : undefined;
}

function withoutEscapes(text: string | undefined): string | undefined {
  return text === undefined || text.includes('\\') ? undefined : text;
}

function sum(node: SgNode, depth: number): string | undefined {
  const [left, right] = [node.field('left'), node.field('right')];
  if (node.field('operator')?.text() !== '+' || left?.is('number') === true) return undefined;
  const [before, after] = [knownText(left, depth), knownText(right, depth)];
  return before === undefined || after === undefined ? undefined : before + after;
}
