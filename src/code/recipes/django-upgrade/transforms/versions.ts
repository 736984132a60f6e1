import type { SgNode } from '@ast-grep/napi';
import { type Block, blockAt, dedented, trimmed } from '../../../python-source/block.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { argumentsOf, bare, isAttribute, partsOf } from '../../../python-source/nodes.ts';
import { indentOf, isAloneInBlock, lastToken, linesOf } from '../../../python-source/statements.ts';
import { at, firstToken, replaceTokens } from '../../../python-source/tokens-at.ts';
import type { DjangoFile } from '../reading/django-file.ts';
import { importedName } from '../reading/django-names.ts';
import { djangoTransform } from '../reading/django-transform.ts';

/** What a comparison with `django.VERSION` comes to where the oldest Django served is known. */
function versionTest({ settings }: DjangoFile, node: SgNode | undefined): 'always' | 'never' | undefined {
  const test = bare(node);
  if (test?.is('comparison_operator') !== true) return undefined;
  const [left, right, ...more] = partsOf(test);
  const operator = test
    .children()
    .find((child) => !child.isNamed())
    ?.text();
  const tuple = bare(right);
  if (more.length > 0 || !isAttribute(bare(left), ['django'], ['VERSION']) || tuple?.is('tuple') !== true)
    return undefined;
  const numbers = partsOf(tuple).map((part) => (part.is('integer') ? Number(part.text()) : Number.NaN));
  const [major, minor = -1] = numbers;
  if (major === undefined || numbers.length > 2 || numbers.some(Number.isNaN)) return undefined;
  // A tuple of one number stands before all of its releases.
  const named = major * 100 + minor;
  if (operator === '>' && settings.target > named) return 'always';
  if (operator === '>=' && settings.target >= named) return 'always';
  if (operator === '<' && settings.target >= named) return 'never';
  return operator === '<=' && settings.target > named ? 'never' : undefined;
}

export const versionedBranches = djangoTransform({
  id: 'versioned-branches',
  why: 'A branch for a Django that is no longer served never runs; what it guards always does.',
  mentions: ['VERSION'],
  find: (py) =>
    py.all('if_statement').flatMap((statement) => {
      const outcome = versionTest(py, statement.field('condition') ?? undefined);
      const clauses = partsOf(statement).filter((part) => part.is('elif_clause') || part.is('else_clause'));
      if (outcome === undefined || clauses.some((part) => part.is('elif_clause'))) return [];
      const [other] = clauses;
      // `else:` with one `if` in it is, to Python, an `elif`.
      const held = partsOf(other?.field('body'));
      if (held.length === 1 && held[0]?.is('if_statement') === true) return [];
      return [branchFix(py, statement, { outcome, other })];
    }),
});

function branchFix(
  py: DjangoFile,
  statement: SgNode,
  { outcome, other }: { readonly outcome: 'always' | 'never'; readonly other: SgNode | undefined },
): Fix {
  const own = blockAt(py, firstToken(py, statement));
  if (other === undefined) {
    const block = trimmed(py, own);
    if (outcome === 'always') return kept(py, block, block);
    const pass = isAloneInBlock(statement) ? `${indentOf(py, statement)}pass\n` : '';
    return [replaceTokens(py, [block.start, block.end], pass)];
  }
  const otherBlock = trimmed(py, blockAt(py, firstToken(py, other)));
  if (outcome === 'never') return kept(py, own, otherBlock);
  return [...kept(py, own, own), replaceTokens(py, [own.end, otherBlock.end])];
}

/** The edits that leave what a block holds, from the first of its statement on. */
function kept(py: DjangoFile, first: Block, block: Block): Fix {
  const start = block.isOneLine && at(py, first.start).kind === 'space' ? first.start + 1 : first.start;
  return [...dedented(py, block), replaceTokens(py, [start, block.body])];
}

export const versionedSkips = djangoTransform({
  id: 'versioned-skips',
  why: 'A test that is skipped for a Django which is no longer served always runs, or never.',
  mentions: ['VERSION'],
  find: (py) =>
    py.all('decorated_definition').flatMap((definition) => {
      const decorators = partsOf(definition).filter((part) => part.is('decorator'));
      const found = decorators.flatMap((decorator) => {
        const outcome = skipOf(py, partsOf(decorator)[0]);
        return outcome === undefined ? [] : [{ decorator, outcome }];
      });
      if (found.some(({ outcome }) => outcome === 'always')) return [withoutDefinition(py, definition)];
      return found.map(({ decorator }) => [replaceTokens(py, linesOf(py, decorator))]);
    }),
});

/** Whether a decorator always skips what it decorates, or never. */
function skipOf(py: DjangoFile, call: SgNode | undefined): 'always' | 'never' | undefined {
  if (call?.is('call') !== true) return undefined;
  const callee = call.field('function');
  const { positional, keywords, all } = argumentsOf(call);
  const own = isAttribute(callee, ['unittest'], ['skipIf', 'skipUnless'])
    ? callee.field('attribute')?.text()
    : importedName(py, callee, ['unittest'])?.name;
  const isUnittest = (own === 'skipIf' || own === 'skipUnless') && positional.length === 2 && all.length === 2;
  const mark = callee?.is('attribute') === true ? callee.field('object') : undefined;
  const isPytest =
    callee?.field('attribute')?.text() === 'skipif' &&
    isAttribute(mark, ['pytest'], ['mark']) &&
    positional.length === 1 &&
    all.length === 2 &&
    keywords[0]?.name === 'reason';
  const outcome = isUnittest || isPytest ? versionTest(py, positional[0]) : undefined;
  if (outcome === undefined || own !== 'skipUnless') return outcome;
  return outcome === 'always' ? 'never' : 'always';
}

function withoutDefinition(py: DjangoFile, definition: SgNode): Fix {
  const first = firstToken(py, definition);
  const indent = indentOf(py, definition);
  let start = indent === '' ? first : first - 1;
  while (at(py, start - 1).kind === 'nl') start -= 1;
  let end = lastToken(py, definition);
  if (at(py, end + 1).kind === 'space') end += 1;
  if (at(py, end + 1).kind === 'comment') end += 1;
  if (at(py, end + 1).kind === 'newline') end += 1;
  return [replaceTokens(py, [start, end + 1], isAloneInBlock(definition) ? `${indent}pass\n` : '')];
}
