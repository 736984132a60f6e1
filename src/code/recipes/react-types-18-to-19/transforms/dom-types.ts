import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import type { FileTransform, TextEdit, Unresolved } from '../../../recipe.ts';
import { importEdits, importedAs, statementAround } from '../../react-18-to-19/editing/import-edits.ts';
import { exportUsesOf, moduleBindingsOf } from '../../react-18-to-19/reading/export-uses.ts';
import { isReactDom } from '../../react-18-to-19/reading/names.ts';
import { typedFiles } from '../type-uses.ts';

/** `Container` comes from `react-dom/client`. */
export const domTypes: FileTransform = {
  kind: 'file',
  id: 'dom-types',
  why: 'The types of `react-dom` 19 hold `Container` in `react-dom/client` alone, and no `Renderer`.',
  files: typedFiles,
  mentions: ['Container', 'Renderer'],
  transform(file) {
    const root = file.root();
    const uses = exportUsesOf(root, isReactDom);
    const named = moduleBindingsOf(root, isReactDom).filter(({ imported }) => imported === 'Container');
    const members = uses.filter(({ name, form }) => name === 'Container' && form === 'member');
    const wanted = { module: 'react-dom/client', imported: 'Container', isType: true };
    const there = importedAs(root, wanted);
    const local = there ?? named[0]?.local ?? 'Container';
    const edits: TextEdit[] = members.map(({ node }) => replaceNode(node, local));
    const isMissing = there === undefined && named.length + members.length > 0;
    const [first] = moduleBindingsOf(root, isReactDom);
    const at = first === undefined ? {} : { at: { near: statementAround(first), side: 'after' as const } };
    edits.push(...importEdits(root, { drop: named, add: isMissing ? [{ ...wanted, local }] : [], ...at }));
    const unresolved = uses
      .filter(({ name }) => name === 'Renderer')
      .map(
        ({ node }): Unresolved => ({
          ...spanOf(node),
          message: 'The types of React DOM 19 have no `Renderer`.',
          cure: 'Use `Root` of `react-dom/client`.',
          symbol: 'Renderer',
        }),
      );
    return { edits, unresolved };
  },
};
