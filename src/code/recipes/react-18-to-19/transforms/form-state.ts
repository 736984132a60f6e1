import type { SgNode } from '@ast-grep/napi';
import { replaceNode } from '../../../engine/edit-node.ts';
import { usesOf } from '../../../engine/scope.ts';
import { type FileTransform, sourceFiles, type TextEdit } from '../../../recipe.ts';
import { importEdits, importedAs, type NewName, statementAround } from '../editing/import-edits.ts';
import { exportUsesOf, moduleBindingsOf } from '../reading/export-uses.ts';
import { freeName, isReactDom, takenNames } from '../reading/names.ts';

const [before, after] = ['useFormState', 'useActionState'];

/** `useFormState` of `react-dom` is `useActionState` of `react`. */
export const formState: FileTransform = {
  kind: 'file',
  id: 'form-state',
  why: '`useFormState` was renamed to `useActionState` and moved to `react`; the old name is deprecated in React DOM 19.',
  files: sourceFiles,
  mentions: [before],
  transform(file) {
    const root = file.root();
    const uses = exportUsesOf(root, isReactDom).filter(({ name }) => name === before);
    const named = moduleBindingsOf(root, isReactDom).filter(({ imported }) => imported === before);
    if (uses.length === 0 && named.length === 0) return { edits: [], unresolved: [] };
    const edits: TextEdit[] = [];
    const there = importedAs(root, { module: 'react', imported: after, isType: false });
    const plain = there ?? freeName(after, takenNames(root));
    const add: NewName[] = [];
    for (const binding of named) {
      const local = binding.local === before ? plain : binding.local;
      if (local !== there) add.push({ module: 'react', imported: after, local, isType: binding.isTypeOnly });
      if (local !== binding.local) for (const use of usesOf(binding.node)) edits.push(renamed(use, local));
    }
    const members = uses.filter(({ form }) => form === 'member');
    for (const { node } of members) edits.push(replaceNode(node, plain));
    const isMissing = members.length > 0 && plain !== there && !add.some(({ local }) => local === plain);
    if (isMissing) add.push({ module: 'react', imported: after, local: plain, isType: false });
    edits.push(...importEdits(root, { drop: named, add: distinct(add), ...placeOf(root) }));
    return { edits, unresolved: [] };
  },
};

function distinct(names: readonly NewName[]): readonly NewName[] {
  return names.filter((name, index) => names.findIndex(({ local }) => local === name.local) === index);
}

function renamed(use: SgNode, local: string): TextEdit {
  const isShorthand = use.kind() === 'shorthand_property_identifier';
  return replaceNode(use, isShorthand ? `${use.text()}: ${local}` : local);
}

function placeOf(root: SgNode) {
  const [first] = moduleBindingsOf(root, isReactDom);
  const statement = first === undefined ? undefined : statementAround(first);
  return statement?.parent()?.is('program') === true ? { at: { near: statement, side: 'after' as const } } : {};
}
