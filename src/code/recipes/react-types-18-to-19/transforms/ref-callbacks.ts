import type { SgNode } from '@ast-grep/napi';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import { findKinds } from '../../../engine/find-kinds.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import { functionAround } from '../../react-18-to-19/reading/places.ts';

/** A ref callback returns nothing: what it returns is a clean-up now. */
export const refCallbacks: FileTransform = {
  kind: 'file',
  id: 'ref-callbacks',
  why: 'React 19 calls what a ref callback returns when the element goes; anything but a function is refused by the types.',
  files: sourceFiles,
  mentions: ['ref='],
  transform(file) {
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    for (const callback of callbacksIn(file.root())) {
      const body = callback.field('body');
      if (body === null) continue;
      if (body.is('statement_block')) unresolved.push(...returnsOf(callback));
      else if (!isNothing(body)) edits.push(replaceNode(body, blockFor(body)));
    }
    return { edits, unresolved };
  },
};

function callbacksIn(root: SgNode): readonly SgNode[] {
  return findKinds(root, ['jsx_attribute']).flatMap((attribute) => {
    const [name, value] = attribute.namedChildren();
    const inner = value?.kind() === 'jsx_expression' ? value.namedChildren()[0] : undefined;
    const isCallback = inner?.kind() === 'arrow_function' || inner?.kind() === 'function_expression';
    return name?.text() === 'ref' && inner !== undefined && isCallback ? [inner] : [];
  });
}

function isNothing(body: SgNode): boolean {
  return body.text() === 'undefined' || (body.kind() === 'unary_expression' && body.text().startsWith('void '));
}

function blockFor(body: SgNode): string {
  const [inner] = body.namedChildren();
  const bare =
    body.kind() === 'parenthesized_expression' && inner !== undefined && inner.kind() !== 'object' ? inner : body;
  return `{ ${bare.text()}; }`;
}

/** Returned values that are no functions by their looks; a function may be a clean-up that was meant. */
function returnsOf(callback: SgNode): readonly Unresolved[] {
  return callback.findAll({ rule: { kind: 'return_statement' } }).flatMap((node) => {
    const [value] = node.namedChildren();
    const isOwn = functionAround(node)?.id() === callback.id();
    const kinds = ['arrow_function', 'function_expression', 'undefined'];
    if (!isOwn || value === undefined || kinds.includes(String(value.kind()))) return [];
    return [
      {
        ...spanOf(node),
        message: `This ref callback returns \`${value.text().split('\n')[0]}\`; React 19 takes what it returns for a clean-up.`,
        cure: 'Return nothing, or a function that cleans up.',
        symbol: 'RefCallback',
        evidence: 'React 19 Upgrade Guide, “ref cleanups required”',
      },
    ];
  });
}
