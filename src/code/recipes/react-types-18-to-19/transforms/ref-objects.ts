import type { SgNode } from '@ast-grep/napi';
import { replaceNode } from '../../../engine/edit-node.ts';
import type { FileTransform, TextEdit } from '../../../recipe.ts';
import { insertAfter } from '../../react-18-to-19/editing/style.ts';
import { typedFiles, typeUsesOf, wholeType } from '../type-uses.ts';

const open = new Set(['any', 'unknown', 'null']);

/** `RefObject<T>` says that it may hold null, as it always could. */
export const refObjects: FileTransform = {
  kind: 'file',
  id: 'ref-objects',
  why: '`RefObject<T>` holds `T` in the types of React 19, where it held `T | null` before.',
  files: typedFiles,
  mentions: ['RefObject'],
  transform(file) {
    const edits = typeUsesOf(file.root()).flatMap((use): readonly TextEdit[] => {
      if (use.name !== 'RefObject') return [];
      const [held] = wholeType(use.node).args;
      if (held === undefined || partsOf(held).some((part) => open.has(part.text()))) return [];
      return [needsParentheses(held) ? replaceNode(held, `(${held.text()}) | null`) : insertAfter(held, ' | null')];
    });
    return { edits, unresolved: [] };
  },
};

/** The members of a union, however it is nested. */
function partsOf(type: SgNode): readonly SgNode[] {
  const isInner = type.kind() === 'union_type' || type.kind() === 'parenthesized_type';
  return isInner ? type.namedChildren().flatMap(partsOf) : [type];
}

function needsParentheses(type: SgNode): boolean {
  return ['function_type', 'constructor_type', 'conditional_type', 'infer_type'].includes(String(type.kind()));
}
