import type { SgNode } from '@ast-grep/napi';
import type { Binding } from '../../../engine/bindings.ts';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import { usesOf } from '../../../engine/scope.ts';
import { type FileTransform, sourceFiles, type Transformed, type Unresolved } from '../../../recipe.ts';
import { withoutDefault } from '../editing/default-import.ts';
import { importEdits } from '../editing/import-edits.ts';
import { defaultUseOf } from '../reading/default-uses.ts';
import { isWhole, moduleBindingsOf } from '../reading/export-uses.ts';
import { isReact } from '../reading/names.ts';

/** With the parameter `react-import`, imports of React go that stood there for JSX alone, or all default imports of it do. */
export const reactImports: FileTransform = {
  kind: 'file',
  id: 'react-imports',
  why: 'The JSX transform that React 19 needs imports what it uses by itself.',
  files: sourceFiles,
  mentions: ['react'],
  transform(file, { params }) {
    const choice = params['react-import'];
    if (choice !== 'remove' && choice !== 'named') return { edits: [], unresolved: [] };
    const root = file.root();
    const unused = unusedReact(root);
    if (choice === 'remove') return { edits: importEdits(root, { drop: unused, add: [] }), unresolved: [] };
    const defaults = defaultsOf(root);
    const others = unused.filter((one) => defaults.every(({ node }) => node.id() !== one.node.id()));
    const renewed = defaults.map((binding) => byName(root, binding));
    return {
      edits: [...importEdits(root, { drop: others, add: [] }), ...renewed.flatMap(({ edits }) => edits)],
      unresolved: renewed.flatMap(({ unresolved }) => unresolved),
    };
  },
};

/** Names of the whole of React that nothing in the text uses. */
export function unusedReact(root: SgNode): readonly Binding[] {
  return moduleBindingsOf(root, isReact).filter(
    (binding) =>
      isWhole(binding) && binding.form === 'import' && !binding.isTypeOnly && usesOf(binding.node).length === 0,
  );
}

function defaultsOf(root: SgNode): readonly Binding[] {
  return moduleBindingsOf(root, isReact).filter(
    ({ imported, form, isTypeOnly, node }) =>
      imported === 'default' && form === 'import' && !isTypeOnly && node.parent()?.is('import_clause') === true,
  );
}

/** A default import becomes the names that are used of it, or the namespace. */
function byName(root: SgNode, binding: Binding): Transformed {
  if (usesOf(binding.node).length === 0) {
    const edit = withoutDefault(root, binding, { kind: 'nothing' });
    return edit === undefined ? leftOpen(binding.node) : { edits: [edit], unresolved: [] };
  }
  const use = defaultUseOf(root, binding);
  if (use.kind === 'written') return leftOpen(use.node);
  const isMembers = use.kind === 'members';
  const names = isMembers ? [...new Set(use.uses.map(({ name }) => name))] : [];
  const edit = withoutDefault(root, binding, isMembers ? { kind: 'names', names } : { kind: 'namespace' });
  if (edit === undefined) return leftOpen(binding.node);
  const renamed = isMembers ? use.uses.map(({ node, name }) => replaceNode(node, name)) : [];
  return { edits: [edit, ...renamed], unresolved: [] };
}

function leftOpen(node: SgNode): Transformed {
  const item: Unresolved = {
    ...spanOf(node),
    message: 'The default import of React stays: this cannot be written with names or a namespace for certain.',
    cure: 'Import the names that are used, or leave the import; React 19 takes both.',
    symbol: 'React',
    evidence: 'React, “Introducing the New JSX Transform”, removing unused React imports',
  };
  return { edits: [], unresolved: [item] };
}
