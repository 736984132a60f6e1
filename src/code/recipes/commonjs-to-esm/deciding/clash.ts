import type { Touch, Touches } from '../reading/touches.ts';

/** Two pieces of code whose order may matter: `isSure` where both are read, else one of them is in an installed package. */
export type Clash = { readonly touch: Touch; readonly isSure: boolean };

type Pair = readonly [before: Touch, after: readonly Touch[]];

const sure: readonly Pair[] = [
  ['writes world', ['reads world', 'writes world', 'calls package']],
  ['writes tree', ['reads tree', 'writes tree']],
  ['reads world', ['writes world']],
  ['reads tree', ['writes tree']],
  ['calls package', ['reads world', 'writes world']],
];
const possible: readonly Pair[] = [
  ['calls package', ['calls package', 'reads tree', 'writes tree']],
  ['reads world', ['calls package']],
];

/** Why something that is loaded may not come before what stood before it; undefined where nobody can tell the order. Pure. */
export function clashOf(before: Touches, after: Touches): Clash | undefined {
  const found = (pairs: readonly Pair[]) =>
    pairs.find(([first, others]) => before.has(first) && others.some((one) => after.has(one)))?.[0];
  const certain = found(sure);
  if (certain !== undefined) return { touch: certain, isSure: true };
  const maybe = found(possible);
  return maybe === undefined ? undefined : { touch: maybe, isSure: false };
}
