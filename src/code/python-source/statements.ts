import type { SgNode } from '@ast-grep/napi';
import type { TextEdit } from '../recipe.ts';
import type { Fix } from './fixes.ts';
import { endOf, partsOf, startOf } from './nodes.ts';
import type { PythonSource } from './python-source.ts';
import { at, firstToken, replaceTokens, type Stretch } from './tokens-at.ts';

/** The simple statement that a node is the whole of: what a block holds. */
export function statementOf(node: SgNode): SgNode {
  const parent = node.parent();
  return parent?.is('expression_statement') === true ? parent : node;
}

/** The module, or the block of a compound statement, that a statement stands in. */
export function blockOf(statement: SgNode): SgNode | undefined {
  const parent = statement.parent();
  if (parent === null) return undefined;
  return parent.is('decorated_definition') ? blockOf(parent) : parent;
}

/** True where nothing else stands in the block of a compound statement: without it, the block would be empty. */
export function isAloneInBlock(statement: SgNode): boolean {
  const block = blockOf(statement);
  return block?.is('block') === true && partsOf(block).length === 1;
}

/** The class in whose body, and in nothing within, a statement stands. */
export function classAround(statement: SgNode): SgNode | undefined {
  const block = blockOf(statement);
  const holder = block?.is('block') === true ? block.parent() : undefined;
  return holder?.is('class_definition') === true ? holder : undefined;
}

/** True where a statement stands at the top of the file. */
export function isAtTop(statement: SgNode): boolean {
  return blockOf(statement)?.is('module') === true;
}

/** Index of the last token of a node. */
export function lastToken(py: PythonSource, node: SgNode): number {
  let last = firstToken(py, node);
  const end = endOf(node);
  while (last + 1 < py.tokens.length && at(py, last + 1).start < end) last += 1;
  return last;
}

/** What stands before the first token of a statement's line; empty at the left margin. */
export function indentOf(py: PythonSource, statement: SgNode): string {
  const before = at(py, firstToken(py, statement) - 1);
  return before.kind === 'space' ? before.text : '';
}

/** The tokens of a statement with its indentation, the comment behind it and the end of its line. */
export function linesOf(py: PythonSource, statement: SgNode): Stretch {
  const first = firstToken(py, statement);
  let last = lastToken(py, statement);
  if (at(py, last + 1).kind === 'space') last += 1;
  if (at(py, last + 1).kind === 'comment') last += 1;
  if (at(py, last + 1).kind === 'newline') last += 1;
  return [at(py, first - 1).kind === 'space' ? first - 1 : first, last + 1];
}

/** The edits that take a statement away; others on its line stay. */
export function withoutStatement(py: PythonSource, statement: SgNode): Fix {
  const [start, end] = linesOf(py, statement);
  if (at(py, end).text === ';') {
    const behind = at(py, end + 1).kind === 'space' ? end + 2 : end + 1;
    return [replaceTokens(py, [at(py, start).kind === 'space' ? start + 1 : start, behind])];
  }
  const first = firstToken(py, statement);
  const before = at(py, first - 1).kind === 'space' ? first - 2 : first - 1;
  if (at(py, before).text !== ';') return [replaceTokens(py, [start, end])];
  const from = at(py, before - 1).kind === 'space' ? before - 1 : before;
  return [replaceTokens(py, [from, lastToken(py, statement) + 1])];
}

/** The edit that puts lines before a statement, each as it is indented. */
export function linesBefore(py: PythonSource, statement: SgNode, lines: readonly string[]): TextEdit {
  const indent = indentOf(py, statement);
  return {
    offset: startOf(statement) - indent.length,
    length: 0,
    text: lines.map((line) => `${indent}${line}\n`).join(''),
  };
}
