import type { Binding } from '../../../engine/bindings.ts';
import { usesOf } from '../../../engine/scope.ts';
import type { RecipeContext } from '../../../recipe.ts';
import { isWhole } from '../reading/export-uses.ts';

/**
 * The imports that nothing uses any more once the nodes with these ids are rewritten. A name that the new version does
 * not export goes always, since importing it is an error; the module's own name goes as the parameter `emptied-imports` says.
 */
export function droppedBy(
  bindings: readonly Binding[],
  rewritten: ReadonlySet<number>,
  { params, home }: RecipeContext,
): readonly Binding[] {
  const goes = emptiedImportsGo({ params, home });
  return bindings.filter((binding) => {
    const uses = usesOf(binding.node);
    const isOver = (node: (typeof uses)[number]): boolean =>
      rewritten.has(node.id()) ||
      rewritten.has(node.parent()?.id() ?? -1) ||
      rewritten.has(node.parent()?.parent()?.id() ?? -1);
    if (uses.length === 0 || !uses.every(isOver)) return false;
    return !isWhole(binding) || goes;
  });
}

/** What the parameter `emptied-imports` says of a file: by itself it takes imports away only in files of a package. */
export function emptiedImportsGo({ params, home }: Pick<RecipeContext, 'params' | 'home'>): boolean {
  const choice = params['emptied-imports'];
  return choice === 'remove' || (choice !== 'keep' && home !== undefined);
}
