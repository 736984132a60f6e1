import type { SgNode } from '@ast-grep/napi';
import { type Block, blockAt, dedented, trimmed } from '../../../python-source/block.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { argumentsOf, bare, isNameOf, partsOf, startOf } from '../../../python-source/nodes.ts';
import { at, firstToken, replaceTokens } from '../../../python-source/tokens-at.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import type { PythonFile } from '../reading/python-file.ts';
import { versionTest } from '../reading/version-test.ts';

/** `if` and `elif` on the version of Python, whose outcome is known. */
export const versionedBlocks = pythonTransform({
  id: 'versioned-blocks',
  why: 'A branch for a Python that is no longer served never runs; what it guards always does.',
  mentions: ['version_info', 'PY2', 'PY3'],
  find: (py) =>
    py.all('if_statement').flatMap((statement) => {
      const clauses = clausesOf(statement);
      return clauses.map((clause) => clauseFix(py, clause)).filter((fix) => fix.length > 0);
    }),
});

type Clause = { readonly node: SgNode; readonly test: SgNode | null; readonly next: SgNode | undefined };

/** `if` and each `elif`, with what follows. */
function clausesOf(statement: SgNode): readonly Clause[] {
  const alternatives = partsOf(statement).filter((part) => part.is('elif_clause') || part.is('else_clause'));
  const heads = [statement, ...alternatives.filter((part) => part.is('elif_clause'))];
  return heads.map((node, index) => ({ node, test: node.field('condition'), next: alternatives[index] }));
}

function clauseFix(py: PythonFile, { node, test, next }: Clause): Fix {
  const outcome = versionTest(py, test);
  if (outcome === undefined || isLoneIf(next)) return [];
  const keyword = firstToken(py, node);
  const block = blockAt(py, keyword);
  const isIf = at(py, keyword).text === 'if';
  if (next?.is('elif_clause') === true) return beforeElif(py, block, { outcome, keyword });
  const other = next === undefined ? undefined : trimmed(py, blockAt(py, firstToken(py, next)));
  if (outcome === 'never') {
    if (other !== undefined) return withoutFirst(py, block, { other, isIf });
    return columnOf(py, node) === 0 ? [replaceTokens(py, [block.start, block.end])] : [];
  }
  const rest = other === undefined ? [] : [replaceTokens(py, [block.end, other.end])];
  if (isIf) return [...dedented(py, block), replaceTokens(py, [block.start, block.body]), ...rest];
  return [replaceTokens(py, [block.keyword, block.colon], 'else'), ...rest];
}

/** `else:` that holds one `if` is, to Python, an `elif`: taken apart it would be indented wrongly. */
function isLoneIf(next: SgNode | undefined): boolean {
  if (next?.is('else_clause') !== true) return false;
  const held = partsOf(next.field('body'));
  return held.length === 1 && held[0]?.is('if_statement') === true;
}

function beforeElif(
  py: PythonFile,
  block: Block,
  { outcome, keyword }: { readonly outcome: 'always' | 'never'; readonly keyword: number },
): Fix {
  const elif = at(py, block.end).text === 'elif' ? block.end : block.end + 1;
  const taken = replaceTokens(py, [elif, elif + 1], at(py, keyword).text);
  if (outcome === 'never') return [replaceTokens(py, [block.start, block.end]), taken];
  return [...dedented(py, block), replaceTokens(py, [block.start, block.body]), taken];
}

function withoutFirst(
  py: PythonFile,
  block: Block,
  { other, isIf }: { readonly other: Block; readonly isIf: boolean },
): Fix {
  if (!isIf) return [replaceTokens(py, [block.start, other.start])];
  return [...dedented(py, other), replaceTokens(py, [block.start, other.body])];
}

function columnOf(py: PythonFile, node: SgNode): number {
  const start = startOf(node);
  return start - (py.text.lastIndexOf('\n', start - 1) + 1);
}

/** `@pytest.mark.skipif(sys.version_info < …)`, which no longer skips. */
export const pytestSkipif = pythonTransform({
  id: 'pytest-skipif',
  why: 'A test that is skipped for a Python that is no longer served is never skipped.',
  mentions: ['skipif'],
  find: (py) =>
    py.matching('decorator', 'skipif').flatMap((decorator) => {
      const call = partsOf(decorator)[0];
      const callee = call?.is('call') === true ? call.field('function') : null;
      if (call === undefined || callee?.is('attribute') !== true || callee.field('attribute')?.text() !== 'skipif')
        return [];
      const { positional, hasStar } = argumentsOf(call);
      const isMark = isNameOf(py, callee.field('object'), ['pytest'], ['mark']);
      const isNever = versionTest(py, bare(positional[0])) === 'never';
      return isMark && !hasStar && positional.length === 1 && isNever ? [decoratorRemoved(py, decorator)] : [];
    }),
});

/** The edits that take a decorator away, with its line. */
export function decoratorRemoved(py: PythonFile, decorator: SgNode): Fix {
  const start = firstToken(py, decorator);
  const isIndented = start > 0 && at(py, start - 1).kind === 'space';
  let end = start;
  while (end < py.tokens.length && at(py, end).kind !== 'newline') end += 1;
  return [replaceTokens(py, [isIndented ? start - 1 : start, end + 1])];
}
