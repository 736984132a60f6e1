import { describe, expect, it } from 'vitest';
import type { Guard } from '#core/domain';
import type { Failure } from '#core/error';
import type { Pace } from '#core/executor';
import { optionsOf } from '../../test/simulation/drive.ts';
import { fakeDeeds } from '../../test/simulation/fake-deeds.ts';
import { planOf, typicalShape } from '../../test/simulation/plans.ts';
import { fakeWorld } from '../../test/support/fake-world.ts';
import { applyPlan } from './apply.ts';
import { statusOf } from './control.ts';
import { watchGuards, worst } from './guard-watch.ts';
import { defaultLimits } from './options.ts';

const go: Pace = { kind: 'go' };
const hold: Pace = { kind: 'hold', why: 'lag is 40 s' };
const plan = planOf(typicalShape);

/** A guard that says one thing after another, and the last for ever. */
function guardOf(...paces: readonly (Pace | Error)[]): Guard & { readings: number } {
  const guard = {
    id: 'lag',
    summary: 'Watches the lag.',
    readings: 0,
    read: async (): Promise<Pace> => {
      const pace = paces[Math.min(guard.readings, paces.length - 1)] ?? go;
      guard.readings += 1;
      if (pace instanceof Error) throw pace;
      return pace;
    },
  };
  return guard;
}

function watch(guards: readonly Guard[], holdMaxMs = 5_000) {
  const { surroundings } = fakeWorld({ executors: fakeDeeds }).start();
  const stopped: Failure[] = [];
  const signal = new AbortController().signal;
  const limits = { ...defaultLimits, holdMaxMs };
  const guardWatch = watchGuards({ guards, surroundings, limits, signal, stop: (failure) => stopped.push(failure) });
  return { ...guardWatch, surroundings, signal, stopped };
}

describe('guards', () => {
  it('combine to the worst of what they say', () => {
    const slow = (factor: number): Pace => ({ kind: 'slow', factor, why: `times ${factor}` });
    expect(worst([])).toEqual(go);
    expect(worst([go, slow(2), slow(3)])).toEqual({ kind: 'slow', factor: 3, why: 'times 2; times 3' });
    expect(worst([slow(2), hold, go])).toEqual(hold);
    expect(worst([slow(0.5)])).toMatchObject({ factor: 1 });
  });

  it('are read at most once in half a second', async () => {
    const guard = guardOf(go);
    const { pace, surroundings, signal } = watch([guard]);
    await Promise.all([pace(), pace(), pace()]);
    expect(guard.readings).toBe(1);
    await surroundings.wait(600, signal);
    await pace();
    expect(guard.readings).toBe(2);
  });

  it('hold when they become unreadable', async () => {
    const { pace } = watch([guardOf(new Error('permission denied'))]);
    expect(await pace()).toEqual({ kind: 'hold', why: 'guard lag became unreadable: permission denied' });
  });

  it('hold when they do not answer', async () => {
    const silent: Guard = { id: 'lag', summary: '', read: () => new Promise(() => undefined) };
    expect(await watch([silent]).pace()).toMatchObject({ why: expect.stringContaining('no answer within 5 s') });
  });

  it('let go again after a short hold', async () => {
    const { untilClear, stopped } = watch([guardOf(hold, hold, go)]);
    await untilClear();
    expect(stopped).toEqual([]);
  });

  it('stop the run after a hold that lasts too long', async () => {
    const { untilClear, stopped } = watch([guardOf(hold)]);
    await expect(untilClear()).rejects.toMatchObject({ code: 'guard', exitCode: 5 });
    expect(stopped).toHaveLength(1);
  });
});

describe('a run under guards', () => {
  it('is paused by a long hold, and goes on when it is over', async () => {
    const world = fakeWorld({ executors: fakeDeeds, guards: [guardOf(hold)] });
    const options = { ...optionsOf(world.start(), plan), limits: { holdMaxMs: 3_000 } };
    await expect(applyPlan(options)).rejects.toMatchObject({ code: 'guard' });
    const { domain } = world.start();
    expect((await statusOf({ plan, domain }))?.state).toMatchObject({
      state: 'paused',
      why: expect.stringContaining('lag is 40 s'),
    });
    const process = world.start();
    const calm = { ...process.domain, guards: [guardOf(go)] };
    expect((await applyPlan({ ...optionsOf(process, plan), domain: calm })).state.state).toBe('waiting');
  });
});
