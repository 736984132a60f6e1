import { replaceNode } from '../../../engine/edit-node.ts';
import { usesOf } from '../../../engine/scope.ts';
import { type FileTransform, sourceFiles, type TextEdit } from '../../../recipe.ts';
import { exportUsesOf, moduleBindingsOf } from '../reading/export-uses.ts';
import { freeName, isReact, takenNames } from '../reading/names.ts';

/** With the parameter `use-context`, contexts are read by `use`. */
export const useContexts: FileTransform = {
  kind: 'file',
  id: 'use-contexts',
  why: '`use` reads a context in React 19, and may stand behind a condition.',
  files: sourceFiles,
  mentions: ['useContext'],
  transform(file, { params }) {
    if (params['use-context'] !== 'use') return { edits: [], unresolved: [] };
    const root = file.root();
    const edits: TextEdit[] = [];
    const uses = exportUsesOf(root, isReact).filter(({ name }) => name === 'useContext');
    for (const { form, last } of uses) if (form === 'member') edits.push(replaceNode(last, 'use'));
    const taken = takenNames(root);
    for (const binding of moduleBindingsOf(root, isReact)) {
      if (binding.imported !== 'useContext') continue;
      const isAlias = binding.local !== 'useContext';
      const joins = binding.form === 'import' ? ' as ' : ': ';
      const local = isAlias ? binding.local : freeName('use', taken);
      const key = isAlias
        ? (binding.node.parent()?.field('name') ?? binding.node.parent()?.field('key'))
        : binding.node;
      if (key == null) continue;
      edits.push(replaceNode(key, local === 'use' || isAlias ? 'use' : `use${joins}${local}`));
      if (isAlias) continue;
      for (const use of usesOf(binding.node)) {
        edits.push(replaceNode(use, use.kind() === 'shorthand_property_identifier' ? `useContext: ${local}` : local));
      }
    }
    return { edits, unresolved: [] };
  },
};
