import { specifiersOf } from '../../../engine/bindings.ts';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import { type FileTransform, sourceFiles, type Unresolved } from '../../../recipe.ts';

const isShallow = (specifier: string): boolean => /^react-test-renderer\/shallow(\.js)?$/.test(specifier);

/** The shallow renderer comes from its own package. */
export const shallowRenderer: FileTransform = {
  kind: 'file',
  id: 'shallow-renderer',
  why: 'React 19 has no `react-test-renderer/shallow`; it was the package `react-shallow-renderer`.',
  files: sourceFiles,
  mentions: ['react-test-renderer/shallow'],
  transform(file) {
    const found = specifiersOf(file.root(), isShallow);
    const moved = found.filter(
      (node) => !/require\.resolve$/.test(node.parent()?.parent()?.field('function')?.text() ?? ''),
    );
    const edits = moved.map((node) => replaceNode(node, `${node.text()[0]}react-shallow-renderer${node.text()[0]}`));
    return { edits, unresolved: found.map((node) => ({ ...spanOf(node), ...note })) };
  },
};

const note: Omit<Unresolved, 'offset' | 'length'> = {
  message: 'Shallow rendering is a package of its own, `react-shallow-renderer`, whose peers end at React 18.',
  cure: 'Move these tests to Testing Library; until then install `react-shallow-renderer`, and see whether it runs.',
  symbol: 'react-test-renderer/shallow',
  evidence: 'React 19 Upgrade Guide, “Removed: react-test-renderer/shallow”',
};
