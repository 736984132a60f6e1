import { describe, expect, it } from 'vitest';
import { fakeWorld } from '../support/fake-world.ts';
import { drive, endOf, type Goal } from './drive.ts';
import { fakeDeeds } from './fake-deeds.ts';
import { planOf, typicalShape } from './plans.ts';

const plan = planOf(typicalShape);
const forward: Goal = { kind: 'forward' };
const back: Goal = { kind: 'back' };

/** Where the world stands after the goals, when the process dies at the given points; and how many points there were. */
async function run(
  goals: readonly Goal[],
  crashAt: readonly number[],
  afterCrash?: (left: readonly Goal[]) => readonly Goal[],
) {
  const world = fakeWorld({ executors: fakeDeeds });
  world.crashAt = new Set(crashAt);
  const state = await drive(world, plan, goals, afterCrash);
  return { end: endOf(world, state, plan), points: world.pointsMet };
}

const journeys: readonly { readonly name: string; readonly goals: readonly Goal[] }[] = [
  { name: 'apply', goals: [forward] },
  { name: 'apply, roll back, apply', goals: [forward, back, forward] },
  { name: 'apply, back over the gate, apply', goals: [forward, { kind: 'back', toPhase: 'expand' }, forward] },
  { name: 'apply, back to the gate, apply', goals: [forward, { kind: 'back', toPhase: 'deploy' }, forward] },
  { name: 'apply, back in two stages', goals: [forward, { kind: 'back', toPhase: 'migrate' }, back] },
];

describe('a process that dies at any point', () => {
  for (const { name, goals } of journeys) {
    it(`${name}: the same end, wherever it dies`, async () => {
      const calm = await run(goals, []);
      expect(calm.points).toBeGreaterThan(40);
      for (let point = 1; point <= calm.points; point += 1) {
        const { end } = await run(goals, [point]);
        expect(end, `died at point ${point} of ${calm.points}`).toEqual(calm.end);
      }
    });
  }

  it('apply, back over the gate, apply: the same end when it dies twice, the second time soon after', async () => {
    const goals: readonly Goal[] = [forward, { kind: 'back', toPhase: 'expand' }, forward];
    const calm = await run(goals, []);
    for (let point = 1; point <= calm.points; point += 1) {
      const { end } = await run(goals, [point, point + 2]);
      expect(end, `died at points ${point} and ${point + 2}`).toEqual(calm.end);
    }
  });

  it('apply: rolled back from wherever it died, the start is back', async () => {
    const calm = await run([forward], []);
    const start = (await run([forward, back], [])).end;
    for (let point = 1; point <= calm.points; point += 1) {
      const world = fakeWorld({ executors: fakeDeeds });
      world.crashAt = new Set([point]);
      const hasRun = () => world.journals.size > 0;
      const state = await drive(world, plan, [forward], () => (hasRun() ? [back] : [forward, back]));
      expect(endOf(world, state, plan), `died at point ${point}`).toEqual(start);
    }
  });
});
