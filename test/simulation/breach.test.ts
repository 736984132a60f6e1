import { expect, it } from 'vitest';
import type { JournalEvent } from '#core/journal';
import { fakeWorld } from '../support/fake-world.ts';
import { drive, endOf, type Goal } from './drive.ts';
import { fakeDeeds } from './fake-deeds.ts';
import { planOf, typicalShape } from './plans.ts';

const plan = planOf(typicalShape);
const forward: Goal = { kind: 'forward' };
const back: Goal = { kind: 'back' };

type Loses = (event: JournalEvent) => boolean;

/** Kills a runner whose journal loses events, at every point, rolls back, and counts how often the simulation notices. */
async function noticed(loses: Loses | undefined): Promise<{ readonly byRule: number; readonly byEnd: number }> {
  const calm = fakeWorld({ executors: fakeDeeds });
  await drive(calm, plan, [forward]);
  const there = calm.pointsMet;
  const start = endOf(calm, await drive(calm, plan, [back]), plan);
  let byRule = 0;
  let byEnd = 0;
  for (let point = 1; point <= there; point += 1) {
    const world = fakeWorld({ executors: fakeDeeds, loses });
    world.crashAt = new Set([point]);
    const state = await drive(world, plan, [forward, back], () => (world.journals.size > 0 ? [back] : [forward, back]));
    if (world.breaches.length > 0) byRule += 1;
    world.breaches.splice(0);
    if (JSON.stringify(endOf(world, state, plan)) !== JSON.stringify(start)) byEnd += 1;
  }
  return { byRule, byEnd };
}

it('a runner that journals before each deed passes', async () => {
  expect(await noticed(undefined)).toEqual({ byRule: 0, byEnd: 0 });
});

it('a runner that does not journal before the deed is caught, by the rule and by the end state', async () => {
  const { byRule, byEnd } = await noticed(({ kind }) => kind === 'step-started');
  expect(byRule).toBeGreaterThan(0);
  expect(byEnd).toBeGreaterThan(0);
});

it('a runner that does not journal after the deed is caught', async () => {
  const { byRule } = await noticed(({ kind }) => kind === 'step-done');
  expect(byRule).toBeGreaterThan(0);
});
