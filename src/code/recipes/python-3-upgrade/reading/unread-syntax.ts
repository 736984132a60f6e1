import type { SgNode } from '@ast-grep/napi';
import { spanOf } from '../../../engine/edit-node.ts';
import { isBoundAround } from '../../../python-source/bound-names.ts';
import { startOf } from '../../../python-source/nodes.ts';
import type { Span } from '../../../recipe.ts';
import type { PythonFile } from './python-file.ts';

const known = new WeakMap<PythonFile, Span | undefined>();

/** The first place of a file that no Python 3 reads, though the grammar does: most of it was Python 2. */
export function unreadSyntax(py: PythonFile): Span | undefined {
  if (!known.has(py)) known.set(py, firstUnread(py));
  return known.get(py);
}

function firstUnread(py: PythonFile): Span | undefined {
  const [first] = [
    ...py.all('print_statement', 'exec_statement'),
    ...py.all('except_clause').filter((node) => namesWithComma(py, node)),
    ...py.all('raise_statement').filter((node) => node.children().some((child) => child.is('expression_list'))),
    ...py.all('tuple_pattern').filter((node) => /parameters$/.test(String(node.parent()?.kind()))),
    ...py
      .matching('comparison_operator', '<>')
      .filter((node) => node.children().some((child) => child.text() === '<>')),
    ...py.matching('integer', '^0[0-9]*[1-9][0-9]*$|[lL]$'),
    ...py.matching('string', '^(`|[uU][rR]|[rR][uU])'),
  ].sort((one, other) => startOf(one) - startOf(other));
  if (first !== undefined) return spanOf(first);
  const last = py.tokens.at(-1);
  return last?.kind === 'escaped' ? { offset: last.start, length: 1 } : undefined;
}

/** `except Error, e:` gave the error a name; since Python 3.14 it is two errors, which then are known by their names. */
function namesWithComma(py: PythonFile, clause: SgNode): boolean {
  const parts = clause.children();
  const name = parts[parts.findIndex((child) => child.text() === ',') + 1];
  if (name?.is('identifier') !== true || parts.indexOf(name) === 0) return false;
  return /^[a-z_]/.test(name.text()) && !isBoundAround(py, clause, name.text());
}
