import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenLink } from '#core/journal';
import { advance, replay } from '#core/run-state';
import { type FakeWorld, fakeWorld } from '../support/fake-world.ts';
import { runsOf, seed } from '../support/seed.ts';
import { drive, endOf, type Goal } from './drive.ts';
import { fakeDeeds } from './fake-deeds.ts';
import { type PlanShape, planOf } from './plans.ts';

const runs = runsOf(100);

const part = fc.oneof(
  fc.record({
    kind: fc.constant('put' as const),
    key: fc.constantFrom('a', 'b', 'c'),
    value: fc.integer({ min: 1, max: 99 }),
  }),
  fc.record({
    kind: fc.constant('add' as const),
    key: fc.constantFrom('a', 'b', 'c'),
    batches: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ kind: fc.constant('none' as const) }),
);
const step = fc.array(part, { minLength: 1, maxLength: 3 });
const steps = fc.array(step, { maxLength: 3 });
const shape: fc.Arbitrary<PlanShape> = fc.record({ expand: steps, migrate: steps, contract: steps });

const forward: Goal = { kind: 'forward' };
const back: Goal = { kind: 'back' };
const lastGoal = fc.oneof(
  fc.constant(forward),
  fc.constant(back),
  fc.record({ kind: fc.constant('back' as const), toPhase: fc.constantFrom('expand', 'migrate', 'deploy') }),
);
const goals = fc.tuple(fc.array(lastGoal, { maxLength: 2 }), lastGoal).map(([before, last]) => ({
  // Every partial way back starts at the end; every journey ends with its last goal, from the end.
  all: [...before.flatMap((goal) => (goal === forward ? [forward] : [forward, goal])), forward, last],
  last,
}));
const crashes = fc.array(fc.integer({ min: 1, max: 160 }), { maxLength: 6 });
const whims = fc.array(fc.boolean(), { maxLength: 8 });

describe(`random plans and deaths (seed ${seed})`, () => {
  it('end as they would without any death, whatever was wanted in between', { timeout: 600_000 }, async () => {
    const property = fc.asyncProperty(shape, goals, crashes, whims, async (shape, { all, last }, crashAt, whims) => {
      const plan = planOf(shape);
      const calm = fakeWorld({ executors: fakeDeeds });
      const calmState = await drive(calm, plan, [forward, last]);
      const world = fakeWorld({ executors: fakeDeeds });
      world.crashAt = new Set(crashAt);
      const state = await drive(world, plan, all, changingMind(world, whims));
      expect(endOf(world, state, plan)).toEqual(endOf(calm, calmState, plan));
      checkJournals(world);
    });
    await fc.assert(property, { seed, numRuns: runs });
  });
});

/** After some deaths the user gives up, takes everything back, and begins anew. */
function changingMind(world: FakeWorld, whims: readonly boolean[]): (left: readonly Goal[]) => readonly Goal[] {
  let deaths = 0;
  return (left) => {
    deaths += 1;
    const givesUp = whims[deaths - 1] === true && world.journals.size > 0;
    return givesUp ? [back, forward, ...left] : left;
  };
}

/** Journals are whole, and replaying is total and the same at once or event by event, on every prefix. */
function checkJournals(world: FakeWorld): void {
  for (const entries of world.journals.values()) {
    expect(brokenLink(entries)).toBeUndefined();
    let state = replay([]);
    for (const [index, { event }] of entries.entries()) {
      state = advance(state, event);
      expect(state).toEqual(replay(entries.slice(0, index + 1)));
    }
  }
}
