import type { SgNode } from '@ast-grep/napi';
import { type Binding, bindingsOf } from '../../../engine/bindings.ts';
import { replaceNode } from '../../../engine/edit-node.ts';
import type { FileTransform, TextEdit } from '../../../recipe.ts';
import { importEdits, type NewName } from '../../react-18-to-19/editing/import-edits.ts';
import { isWhole, moduleBindingsOf } from '../../react-18-to-19/reading/export-uses.ts';
import { freeName, isReact, takenNames } from '../../react-18-to-19/reading/names.ts';
import { typedFiles, typeUsesOf } from '../type-uses.ts';

const moved = ['Requireable', 'Validator', 'ValidationMap', 'WeakValidationMap'];
const isPropTypes = (specifier: string): boolean => specifier === 'prop-types';

/** The types of `prop-types` come from `prop-types`. */
export const propTypesTypes: FileTransform = {
  kind: 'file',
  id: 'prop-types-types',
  why: 'React 19 does not know prop types any more; their types are exported by `prop-types` alone.',
  files: typedFiles,
  mentions: moved,
  transform(file) {
    const root = file.root();
    const uses = typeUsesOf(root).filter(({ name }) => moved.includes(name));
    if (uses.length === 0) return { edits: [], unresolved: [] };
    const there = bindingsOf(root, isPropTypes).filter(({ form }) => form === 'import');
    const whole = there.find(isWhole);
    const members = uses.filter(({ form }) => form === 'member');
    const named = moduleBindingsOf(root, isReact).filter(({ imported }) => moved.includes(imported));
    const namespace = whole?.local ?? freeName('PropTypes', takenNames(root));
    const edits: TextEdit[] = members.map(({ node, name }) => replaceNode(node, `${namespace}.${name}`));
    const add: NewName[] = [];
    if (members.length > 0 && whole === undefined)
      add.push({ module: 'prop-types', imported: '*', local: namespace, isType: true });
    for (const binding of named) {
      const local = localFor(binding, there, whole);
      if (local === binding.local && whole === undefined && !there.some((one) => one.imported === binding.imported)) {
        add.push({ module: 'prop-types', imported: binding.imported, local, isType: true });
      }
      if (local !== binding.local)
        edits.push(
          ...uses
            .filter((use) => use.binding?.node.id() === binding.node.id())
            .map(({ node }) => replaceNode(node, local)),
        );
    }
    edits.push(...importEdits(root, { drop: named, add, ...headAt(root) }));
    return { edits, unresolved: [] };
  },
};

function localFor(binding: Binding, there: readonly Binding[], whole: Binding | undefined): string {
  const own = there.find(({ imported }) => imported === binding.imported);
  return own?.local ?? (whole === undefined ? binding.local : `${whole.local}.${binding.imported}`);
}

function headAt(root: SgNode) {
  const first = root.namedChildren().find((one) => one.kind() !== 'comment');
  return first === undefined ? {} : { at: { near: first, side: 'before' as const } };
}
