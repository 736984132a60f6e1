import { decided } from './cores.ts';
import { compile, type Loss, narrow } from './narrow.ts';
import type { Variable } from './variable.ts';

/** A variable that lost choices on the way to the end, in the words of values. */
export type ProofStep = {
  readonly variable: string;
  readonly by: string;
  readonly left: readonly string[];
  /** The values of `by` at that time. */
  readonly causes: readonly string[];
};

/** A variable of which nothing is left. */
export type Dead = {
  readonly variable: string;
  readonly by: string;
  /** What `by` may still be. */
  readonly possible: readonly string[];
  /** How it came to that, from the beginning. */
  readonly steps: readonly ProofStep[];
};

/**
 * How demands of a core come to a contradiction, from some variables on: what loses its choices to what, in order, until nothing
 * is left of one. Empty where that is not seen by looking at pairs.
 */
export function proofOf(
  variables: readonly Variable[],
  { core, from }: { readonly core: readonly string[]; readonly from: readonly string[] },
): readonly Dead[] {
  const without = new Set(variables.map(({ id }) => id).filter((id) => !core.includes(id)));
  const part = compile(variables.map((variable) => decided(variable, without)));
  const indices = variables.map((_, index) => index);
  const start = from.flatMap((id) => indices.filter((index) => variables[index]?.id === id));
  const losses: Loss[] = [];
  const onLoss = (loss: Loss): void => {
    losses.push(loss);
  };
  const domains = variables.map(({ choices }) => choices.map((_, index) => index));
  const first = narrow(part, domains, { changed: start, onLoss });
  const isOpen = first !== undefined && narrow(part, first, { changed: indices, onLoss }) !== undefined;
  const end = losses.at(-1);
  if (isOpen || end === undefined) return [];
  const before = losses.slice(0, -1);
  const leftOf = (variable: number): readonly number[] =>
    before.findLast((loss) => loss.variable === variable)?.left ?? domains[variable] ?? [];
  return [
    {
      variable: variables[end.variable]?.id ?? '',
      by: variables[end.by]?.id ?? '',
      possible: valuesOf(variables[end.by], leftOf(end.by)),
      steps: stepsTo(variables, { losses: before, variable: end.by, domains }),
    },
  ];
}

type Trail = {
  readonly losses: readonly Loss[];
  readonly variable: number;
  readonly domains: readonly (readonly number[])[];
};

/** The losses of a variable, of the one by which it lost, and so on back; each is earlier than the one that it explains. */
function stepsTo(variables: readonly Variable[], { losses, variable, domains }: Trail): readonly ProofStep[] {
  const at = losses.findLastIndex((loss) => loss.variable === variable);
  const loss = losses[at];
  if (loss === undefined) return [];
  const earlier = losses.slice(0, at);
  const causes = earlier.findLast((one) => one.variable === loss.by)?.left ?? domains[loss.by] ?? [];
  return [
    ...stepsTo(variables, { losses: earlier, variable: loss.by, domains }),
    {
      variable: variables[loss.variable]?.id ?? '',
      by: variables[loss.by]?.id ?? '',
      left: valuesOf(variables[loss.variable], loss.left),
      causes: valuesOf(variables[loss.by], causes),
    },
  ];
}

function valuesOf(variable: Variable | undefined, indices: readonly number[]): readonly string[] {
  return indices.flatMap((index) => variable?.choices[index]?.value ?? []);
}
