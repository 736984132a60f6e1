import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import type { TextEdit, Unresolved } from '../../../recipe.ts';
import { elementText } from './element-text.ts';
import type { RootSite } from './root-sites.ts';

/** What the new code calls things in this file. */
export type Names = {
  readonly createRoot: string;
  readonly hydrateRoot: string;
  readonly roots: string;
  readonly rootOf: string;
  readonly unmountAt: string;
};

type Made = {
  readonly edits: readonly TextEdit[];
  readonly wants: readonly ('createRoot' | 'hydrateRoot')[];
  readonly unresolved: readonly Unresolved[];
};

/** A site whose container may have a root already: it is looked up, as React 17 looked it up on the element itself. */
export function sharedSite(site: RootSite, container: string, names: Names): Made {
  const { verb, call, callback } = site;
  const rendered = elementText(site);
  const after = callback === undefined ? '' : `, (${callback.text()})()`;
  const deed = {
    render: () => `${names.rootOf}(${container}).render(${rendered})`,
    hydrate: () => `${names.roots}.set(${container}, ${names.hydrateRoot}(${container}, ${rendered}))`,
    unmount: () => `${names.unmountAt}(${container})`,
  }[verb]();
  const text = after === '' ? deed : `(${deed}${after})`;
  const unresolved = callback === undefined ? [] : [lateCallback(site)];
  return { edits: [replaceNode(call, text)], wants: verb === 'hydrate' ? ['hydrateRoot'] : [], unresolved };
}

function lateCallback({ callback, call }: RootSite): Unresolved {
  return {
    ...spanOf(callback ?? call),
    message: 'This ran when the tree was mounted; a root renders later than the line after it.',
    cure: 'Call it in an effect of the component, or wrap the rendering in `flushSync`.',
    symbol: 'render',
  };
}

/** The functions that keep one root for each container. */
export function sharedHelpers(
  { createRoot, roots, rootOf, unmountAt }: Names,
  { isTyped, unmounts, renders }: { readonly isTyped: boolean; readonly unmounts: boolean; readonly renders: boolean },
): string {
  const type = (text: string): string => (isTyped ? text : '');
  const parts = [`const ${roots} = new WeakMap${type('<Container, Root>')}();`];
  if (renders) {
    parts.push(
      `function ${rootOf}(container${type(': Container')})${type(': Root')} {\n  const root = ${roots}.get(container) ?? ${createRoot}(container);\n  ${roots}.set(container, root);\n  return root;\n}`,
    );
  }
  if (unmounts) {
    parts.push(
      `function ${unmountAt}(container${type(': Container')})${type(': void')} {\n  ${roots}.get(container)?.unmount();\n  ${roots}.delete(container);\n}`,
    );
  }
  return parts.join('\n\n');
}
