import type { SgNode } from '@ast-grep/napi';

const functionKinds = new Set([
  'function_declaration',
  'generator_function_declaration',
  'function_expression',
  'generator_function',
  'arrow_function',
  'method_definition',
]);

/** True for everything that has a body of its own. */
export function isFunction(node: SgNode | null | undefined): boolean {
  return node != null && functionKinds.has(String(node.kind()));
}

/** The innermost function around a node; undefined at the top of the file. */
export function functionAround(node: SgNode): SgNode | undefined {
  return node.ancestors().find(isFunction);
}

/** The innermost class around a node. */
export function classAround(node: SgNode): SgNode | undefined {
  return node.ancestors().find((one) => one.kind() === 'class_declaration' || one.kind() === 'class');
}

/** The statement that is a node and nothing else, or undefined where its value is used. */
export function statementOf(expression: SgNode): SgNode | undefined {
  const parent = expression.parent();
  if (parent?.is('expression_statement') === true) return parent;
  const isPassing = parent?.is('parenthesized_expression') === true || parent?.is('await_expression') === true;
  return isPassing ? statementOf(parent) : undefined;
}

/** The white space that begins the line on which a node stands. */
export function indentOf(node: SgNode): string {
  const text = node.getRoot().root().text();
  const { index, column } = lineStart(node, text);
  const lead = /^[\t ]*/.exec(text.slice(index))?.[0] ?? '';
  return lead.slice(0, column);
}

function lineStart(node: SgNode, text: string): { readonly index: number; readonly column: number } {
  const start = node.range().start.index;
  const index = text.lastIndexOf('\n', start - 1) + 1;
  return { index, column: start - index };
}

/** The arguments of a call, without comments. */
export function argumentsOf(call: SgNode): readonly SgNode[] {
  return (call.field('arguments')?.namedChildren() ?? []).filter((node) => node.kind() !== 'comment');
}

/** The call whose callee a node is. */
export function callOf(callee: SgNode): SgNode | undefined {
  const parent = callee.parent();
  const isCall = parent?.is('call_expression') === true && parent.field('function')?.id() === callee.id();
  return isCall ? parent : undefined;
}
