import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf, seed } from '../../../test/support/seed.ts';
import { coresOf } from './cores.ts';
import { solve } from './solve.ts';
import type { Choice, Variable } from './variable.ts';

const { signal } = new AbortController();

/** A problem as data: for each variable its choices with cost, and for each choice what it takes of whom. */
type Shape = readonly {
  readonly hasStay: boolean;
  readonly choices: readonly {
    readonly cost: number;
    readonly demands: readonly (readonly [number, readonly number[]])[];
  }[];
}[];

const shapes: fc.Arbitrary<Shape> = fc.integer({ min: 1, max: 5 }).chain((count) => {
  const demand = fc.tuple(fc.nat(count - 1), fc.uniqueArray(fc.nat(3), { maxLength: 4 }));
  const choice = fc.record({ cost: fc.nat(6), demands: fc.array(demand, { maxLength: 3 }) });
  const variable = fc.record({ hasStay: fc.boolean(), choices: fc.array(choice, { minLength: 1, maxLength: 4 }) });
  return fc.array(variable, { minLength: count, maxLength: count });
});

function variablesOf(shape: Shape): readonly Variable[] {
  return shape.map(({ hasStay, choices }, index) => ({
    id: `v${index}`,
    choices: choices.map(
      ({ cost, demands }, at): Choice => ({
        value: String(at),
        cost,
        isStay: hasStay && at === 0,
        demands: demands
          .filter(([on]) => on !== index)
          .map(([on, taken]) => ({
            on: `v${on}`,
            key: taken.join(),
            accepts: (value) => taken.includes(Number(value)),
          })),
      }),
    ),
  }));
}

/** Written apart from the solver: every combination is looked at. */
function cheapestByForce(variables: readonly Variable[]): number | undefined {
  const all = (rest: readonly Variable[]): readonly (readonly Choice[])[] => {
    const [first, ...others] = rest;
    if (first === undefined) return [[]];
    return all(others).flatMap((tail) => first.choices.map((choice) => [choice, ...tail]));
  };
  const costs = all(variables)
    .filter((chosen) => isFitting(variables, chosen))
    .map((chosen) => chosen.reduce((sum, { cost }) => sum + cost, 0));
  return costs.length === 0 ? undefined : Math.min(...costs);
}

function isFitting(variables: readonly Variable[], chosen: readonly Choice[]): boolean {
  return chosen.every(({ isStay, demands }) =>
    demands.every(({ on, accepts }) => {
      const other = chosen[variables.findIndex(({ id }) => id === on)];
      return other === undefined || (isStay && other.isStay) || accepts(other.value);
    }),
  );
}

describe(`solving (seed ${seed})`, () => {
  it('finds what a search of everything finds, as cheap, and only what fits', () => {
    const property = fc.property(shapes, (shape) => {
      const variables = variablesOf(shape);
      const solution = solve(variables, { signal });
      const cheapest = cheapestByForce(variables);
      if (solution.kind !== 'solved') {
        expect(cheapest).toBeUndefined();
        return;
      }
      const chosen = variables.flatMap(({ id }) => solution.values.get(id) ?? []);
      expect(chosen).toHaveLength(variables.length);
      expect(isFitting(variables, chosen)).toBe(true);
      expect(solution.isProven).toBe(true);
      expect(chosen.reduce((sum, { cost }) => sum + cost, 0)).toBe(cheapest);
    });
    fc.assert(property, { seed, numRuns: runsOf(600) });
  });

  it('names sets of which no one can be left out', () => {
    const property = fc.property(shapes, (shape) => {
      const variables = variablesOf(shape);
      const without = (left: readonly string[]) =>
        variables.map((one) => ({
          ...one,
          choices: one.choices.map((choice) => ({ ...choice, demands: left.includes(one.id) ? [] : choice.demands })),
        }));
      const cores = coresOf(variables, { first: ['v0'], signal });
      if (cheapestByForce(variables) !== undefined) {
        expect(cores).toEqual([]);
        return;
      }
      const all = variables.map(({ id }) => id);
      const [core = []] = cores;
      const others = all.filter((id) => !core.includes(id));
      expect(cheapestByForce(without(others))).toBeUndefined();
      for (const id of core) expect(cheapestByForce(without([...others, id]))).toBeDefined();
      expect(cheapestByForce(without(cores.flat()))).toBeDefined();
    });
    fc.assert(property, { seed, numRuns: runsOf(300) });
  });
});

const free = (count: number): readonly Variable[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `v${index}`,
    choices: Array.from(
      { length: 6 },
      (_unused, value): Choice => ({
        value: String(value),
        cost: value,
        isStay: false,
        // No two have the same value: with more variables than values there is no way, and no pair shows it.
        demands: Array.from({ length: count }, (_none, other) => ({
          on: `v${other}`,
          key: String(value),
          accepts: (theirs: string | undefined) => theirs !== String(value),
        })).filter((_demand, other) => other !== index),
      }),
    ),
  }));

it('gives up after so many nodes, and says so', () => {
  expect(solve(free(7), { signal, nodesMax: 50 })).toMatchObject({ kind: 'gave-up' });
  expect(solve(free(6), { signal, nodesMax: 20 })).toMatchObject({ kind: 'solved', isProven: false });
  expect(solve(free(7), { signal })).toMatchObject({ kind: 'none' });
});

it('stops when it is told to', () => {
  const controller = new AbortController();
  controller.abort(new Error('stopped by the user'));
  expect(() => solve(free(7), { signal: controller.signal })).toThrow('stopped by the user');
});
