import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { runsOf, seed } from '../../../test/support/seed.ts';
import { packumentSchema } from '../registry/packument.ts';
import { chooseVersions } from './choose-versions.ts';
import { type Facts, factsOf } from './facts.ts';
import type { Slot } from './slots.ts';

const { signal } = new AbortController();
const versions = ['1.0.0', '1.1.0', '2.0.0', '2.1.0', '3.0.0'];
const ranges = ['^1.0.0', '^2.0.0', '^3.0.0', '^1.0.0 || ^2.0.0', '>=2.0.0', '1.0.0', '*'];

type Peer = { readonly on: number; readonly range: string; readonly isOptional: boolean };
/** Packages with the peers of each version, which are deprecated, and the index of the version now. */
type Universe = readonly {
  readonly peers: readonly (readonly Peer[])[];
  readonly deprecated: readonly boolean[];
  readonly current: number;
}[];

const universes: fc.Arbitrary<Universe> = fc.integer({ min: 2, max: 5 }).chain((count) => {
  const peer = fc.record({ on: fc.nat(count - 1), range: fc.constantFrom(...ranges), isOptional: fc.boolean() });
  const one = fc.record({
    peers: fc.array(fc.uniqueArray(peer, { maxLength: 2, selector: ({ on }) => on }), { minLength: 5, maxLength: 5 }),
    deprecated: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    current: fc.nat(2),
  });
  return fc.array(one, { minLength: count, maxLength: count });
});

const nameOf = (index: number): string => `p${index}`;

function factsFor(universe: Universe): Facts {
  const packuments = universe.map(({ peers, deprecated }, index) =>
    packumentSchema.parse({
      name: nameOf(index),
      'dist-tags': { latest: '3.0.0' },
      versions: Object.fromEntries(
        versions.map((version, at) => [
          version,
          {
            ...(deprecated[at] === true && at % 2 === 1 ? { deprecated: 'use another' } : {}),
            peerDependencies: Object.fromEntries((peers[at] ?? []).map(({ on, range }) => [nameOf(on), range])),
            peerDependenciesMeta: Object.fromEntries(
              (peers[at] ?? []).map(({ on, isOptional }) => [nameOf(on), { optional: isOptional }]),
            ),
          },
        ]),
      ),
    }),
  );
  const slots = universe.map(({ current }, index): Slot => {
    const version = versions[current] ?? '1.0.0';
    const entry = { file: 'package.json', path: ['dependencies', nameOf(index)], value: `^${version}` };
    return {
      id: nameOf(index),
      name: nameOf(index),
      package: nameOf(index),
      current: version,
      declarations: [{ home: '.', file: 'package.json', group: 'dependencies', entry }],
      known: undefined,
      isForDevelopment: false,
    };
  });
  return factsOf({
    tree: {
      slots,
      peerDeclarations: [],
      own: new Map(),
      members: [],
      lock: undefined,
      pins: [],
      manager: undefined,
      fixed: new Map(),
      unknown: [],
    },
    packuments: new Map(packuments.map((packument) => [packument.name, packument])),
    overrides: [],
    conditions: { nodeInUse: '20.19.0', nodeVersions: [] },
  });
}

/** Written apart from the solver: every combination of what may be taken, with what it costs. */
function cheapestByForce(universe: Universe, goal: readonly string[]): number | undefined {
  const isSound = (index: number, at: number): boolean => !(universe[index]?.deprecated[at] === true && at % 2 === 1);
  const open = universe.map(({ current }, index) =>
    versions.flatMap((version, at) => {
      if (index === 0) return goal.includes(version) ? [{ version, cost: goal.indexOf(version) * 1_000_000 }] : [];
      if (at === current) return [{ version, cost: 0 }];
      if (at < current || !isSound(index, at)) return [];
      const lines = new Set(
        versions.flatMap((_, other) =>
          other > current && other <= at && isSound(index, other) ? [majorOf(other)] : [],
        ),
      );
      lines.delete(majorOf(current));
      return [{ version, cost: lines.size * 1_000 + 1 }];
    }),
  );
  const all = open.reduce<readonly (readonly { readonly version: string; readonly cost: number }[])[]>(
    (heads, choices) => heads.flatMap((head) => choices.map((choice) => [...head, choice])),
    [[]],
  );
  const costs = all
    .filter((chosen) =>
      isFitting(
        universe,
        chosen.map(({ version }) => version),
      ),
    )
    .map((chosen) => chosen.reduce((sum, { cost }) => sum + cost, 0));
  return costs.length === 0 ? undefined : Math.min(...costs);
}

function majorOf(at: number): number {
  return semver.major(versions[at] ?? '0.0.0');
}

function isFitting(universe: Universe, chosen: readonly string[]): boolean {
  return universe.every(({ peers, current }, index) =>
    (peers[versions.indexOf(chosen[index] ?? '')] ?? []).every(({ on, range }) => {
      const stays = chosen[index] === versions[current] && chosen[on] === versions[universe[on]?.current ?? -1];
      return stays || on === index || semver.satisfies(chosen[on] ?? '', range);
    }),
  );
}

describe(`versions for generated packages (seed ${seed})`, () => {
  it('fit together, are found where any are, and move the least', async () => {
    const property = fc.asyncProperty(universes, async (universe) => {
      const current = universe[0]?.current ?? 0;
      const major = majorOf(current) + 1;
      const isSound = (at: number) => !(universe[0]?.deprecated[at] === true && at % 2 === 1);
      const goal = versions.filter((_, at) => majorOf(at) === major && isSound(at)).toReversed();
      fc.pre(goal.length > 0 && versions[current] !== undefined);
      const facts = factsFor(universe);
      const load = async () => {};
      const chosen = await chooseVersions(facts, new Map([['p0', { versions: goal }]]), { load, signal });
      const cheapest = cheapestByForce(universe, goal);
      // Where nothing sound fits, deprecated versions are tried too; that is not what is compared here.
      if (cheapest === undefined) return;
      expect(typeof chosen).not.toBe('string');
      if (typeof chosen === 'string') return;
      const taken = universe.map(
        (one, index) => chosen.values.get(nameOf(index))?.value ?? versions[one.current] ?? '',
      );
      expect(isFitting(universe, taken)).toBe(true);
      expect([...chosen.values.values()].reduce((sum, { cost }) => sum + cost, 0)).toBe(cheapest);
    });
    await fc.assert(property, { seed, numRuns: runsOf(150) });
  });

  it('are refused where none fit, deprecated or not', async () => {
    const property = fc.asyncProperty(universes, async (universe) => {
      const goal = ['3.0.0'];
      const anything = universe.map((one) => ({ ...one, deprecated: one.deprecated.map(() => false) }));
      const facts = factsFor(universe);
      const chosen = await chooseVersions(facts, new Map([['p0', { versions: goal }]]), {
        load: async () => {},
        signal,
      });
      expect(chosen === 'none').toBe(cheapestByForce(anything, goal) === undefined);
    });
    await fc.assert(property, { seed, numRuns: runsOf(100) });
  });
});
