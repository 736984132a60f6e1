import type { SgNode } from '@ast-grep/napi';
import { blockAt, dedented } from '../../../python-source/block.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { bare, isNameOf, partsOf, startOf } from '../../../python-source/nodes.ts';
import { firstToken, replaceTokens } from '../../../python-source/tokens-at.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import type { PythonFile } from '../reading/python-file.ts';

/** `if TYPE_CHECKING: import a` is `lazy import a` from 3.15 on. */
export const lazyImports = pythonTransform({
  id: 'lazy-imports',
  why: 'A lazy import loads nothing before it is used (PEP 810, Python 3.15).',
  mentions: ['TYPE_CHECKING', 'if 0', 'if False'],
  from: 15,
  isBeyondGrammar: true,
  find: (py) => py.all('if_statement').flatMap((statement) => lazyFix(py, statement) ?? []),
});

const imports = ['import_statement', 'import_from_statement'];

function lazyFix(py: PythonFile, statement: SgNode): readonly Fix[] | undefined {
  const test = bare(statement.field('condition'));
  const held = partsOf(statement.field('consequence'));
  const isFalse =
    test?.is('false') === true ||
    test?.is('none') === true ||
    test?.text() === '0' ||
    /^(''|"")$/.test(test?.text() ?? '');
  const isOwn = isFalse || isNameOf(py, test, ['typing', 'typing_extensions'], ['TYPE_CHECKING']);
  const isTop = statement.range().start.column === 0 && statement.field('alternative') === null;
  if (!isOwn || !isTop || held.length === 0 || !held.every((one) => imports.includes(String(one.kind()))))
    return undefined;
  const block = blockAt(py, firstToken(py, statement));
  const lazy = held.map((one) => {
    const index = py.tokenAt(startOf(one));
    return replaceTokens(py, [index, index + 1], `lazy ${py.tokens[index]?.text ?? ''}`);
  });
  return [[replaceTokens(py, [block.start, block.body]), ...dedented(py, block), ...lazy]];
}
