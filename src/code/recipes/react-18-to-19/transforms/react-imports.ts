import { usesOf } from '../../../engine/scope.ts';
import { type FileTransform, sourceFiles } from '../../../recipe.ts';
import { importEdits } from '../editing/import-edits.ts';
import { isWhole, moduleBindingsOf } from '../reading/export-uses.ts';
import { isReact } from '../reading/names.ts';

/** With the parameter `react-import`, imports of React go that stood there for JSX alone. */
export const reactImports: FileTransform = {
  kind: 'file',
  id: 'react-imports',
  why: 'The JSX transform that React 19 needs imports what it uses by itself.',
  files: sourceFiles,
  mentions: ['react'],
  transform(file, { params }) {
    if (params['react-import'] !== 'remove') return { edits: [], unresolved: [] };
    const root = file.root();
    return { edits: importEdits(root, { drop: unusedReact(root), add: [] }), unresolved: [] };
  },
};

/** Names of the whole of React that nothing in the text uses. */
export function unusedReact(root: Parameters<typeof moduleBindingsOf>[0]) {
  return moduleBindingsOf(root, isReact).filter(
    (binding) =>
      isWhole(binding) && binding.form === 'import' && !binding.isTypeOnly && usesOf(binding.node).length === 0,
  );
}
