import type { Followers } from '../graph/strong-components.ts';
import { loadGraph } from '../split/layout.ts';
import type { Cut, CutWorld } from './cut.ts';

/** Which modules of a component are run before which after a cut, but for the pairs that it leaves. Pure. */
export function openGraph(
  component: readonly string[],
  { layout, left }: Pick<Cut, 'layout' | 'left'>,
  { modules }: Pick<CutWorld, 'modules'>,
): Followers {
  const graph = loadGraph(component, modules, layout);
  if (left.length === 0) return graph;
  return new Map(
    [...graph].map(([from, all]) => [
      from,
      all.filter((to) => !left.some((one) => one.from === from && one.to === to)),
    ]),
  );
}
