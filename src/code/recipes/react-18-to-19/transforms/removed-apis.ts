import type { SgNode } from '@ast-grep/napi';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import { type ExportUse, exportUsesOf, moduleBindingsOf } from '../reading/export-uses.ts';

type Removed = { readonly module: RegExp; readonly names: Readonly<Record<string, string>>; readonly since: string };

const removed: readonly Removed[] = [
  {
    module: /^react-dom$/,
    since: 'React 19 Upgrade Guide, “Removed deprecated React DOM APIs” and “Other breaking changes”',
    names: {
      findDOMNode: 'Give the element a ref, and read that.',
      unstable_renderSubtreeIntoContainer: 'Use `createPortal`.',
      unstable_createEventHandle: 'Listen with `addEventListener` in an effect.',
      unstable_flushControlled: 'Use `flushSync`.',
      unstable_runWithPriority: 'Use `startTransition`.',
      __SECRET_INTERNALS_DO_NOT_USE_OR_YOU_WILL_BE_FIRED: 'Do without the internals of React.',
    },
  },
  {
    module: /^react$/,
    since: 'React 19 Upgrade Guide, “Libraries depending on React internals may block upgrades”',
    names: { __SECRET_INTERNALS_DO_NOT_USE_OR_YOU_WILL_BE_FIRED: 'Do without the internals of React.' },
  },
  {
    module: /^react-dom\/server(\.\w+)?$/,
    since: 'The changelog of React 19: the streams for Node that do not wait are gone.',
    names: {
      renderToNodeStream: 'Use `renderToPipeableStream`, and pipe it in `onAllReady` for the same output.',
      renderToStaticNodeStream: 'Use `prerenderToNodeStream` of `react-dom/static`.',
    },
  },
  {
    module: /^react-is$/,
    since: 'React 19 Upgrade Guide, “Other breaking changes”: deprecated methods of react-is are gone.',
    names: {
      isAsyncMode: 'It was always false; remove it.',
      isConcurrentMode: 'It was always false; remove it.',
      AsyncMode: 'Remove it.',
      ConcurrentMode: 'Remove it.',
    },
  },
];

/** Exports that are gone and that nothing takes the place of by itself are reported, wherever they are used. */
export const removedApis: FileTransform = {
  kind: 'file',
  id: 'removed-apis',
  why: 'React 19 removes exports of `react`, `react-dom`, `react-dom/server` and `react-is` that have other successors, or none.',
  files: sourceFiles,
  mentions: ['findDOMNode', 'unstable_', '__SECRET_INTERNALS', 'NodeStream', 'react-is'],
  transform(file) {
    const root = file.root();
    const unresolved = removed.flatMap(({ module, names, since }) =>
      exportUsesOf(root, (name) => module.test(name))
        .filter(({ name }) => Object.hasOwn(names, name))
        .map((use) => leftOpen(use, names[use.name] ?? '', since)),
    );
    return { edits: unstableAct(root), unresolved };
  },
};

/** `unstable_act` was `act` of `react` before it was finished. */
function unstableAct(root: SgNode): readonly TextEdit[] {
  const isReact = (name: string): boolean => name === 'react';
  const members = exportUsesOf(root, isReact).filter(({ name, form }) => name === 'unstable_act' && form === 'member');
  const named = moduleBindingsOf(root, isReact).filter(({ imported }) => imported === 'unstable_act');
  const specifiers = named.flatMap(({ node, form }) => {
    const name = form === 'import' ? node.parent()?.field('name') : null;
    if (name == null) return [];
    return [replaceNode(name, node.id() === name.id() ? 'act as unstable_act' : 'act')];
  });
  return [...members.map(({ last }) => replaceNode(last, 'act')), ...specifiers];
}

function leftOpen({ node, name }: ExportUse, cure: string, evidence: string): Unresolved {
  return { ...spanOf(node), message: `\`${name}\` is gone in React 19.`, cure, symbol: name, evidence };
}
