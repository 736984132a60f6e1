import { describe, expect, it } from 'vitest';
import { fail } from '#core/error';
import { replay } from '#core/run-state';
import { optionsOf } from '../../test/simulation/drive.ts';
import { fakeDeeds } from '../../test/simulation/fake-deeds.ts';
import { planOf, typicalShape } from '../../test/simulation/plans.ts';
import { type FakeWorld, fakeWorld, fingerprintOf } from '../../test/support/fake-world.ts';
import { applyPlan, previewApply } from './apply.ts';
import { noConsent } from './consent.ts';
import { pauseRun, statusOf } from './control.ts';
import type { RunOptions } from './options.ts';
import { rollBack } from './roll-back.ts';

const plan = planOf(typicalShape);

const newWorld = (): FakeWorld => fakeWorld({ executors: fakeDeeds });
const apply = (world: FakeWorld, more: Partial<RunOptions> = {}) =>
  applyPlan({ ...optionsOf(world.start(), plan), ...more });
const kindsOf = (world: FakeWorld): readonly string[] =>
  [...world.journals.values()].flat().map(({ event }) => event.kind);

/** A world in which the plan waits at its gate. */
async function atGate(): Promise<FakeWorld> {
  const world = newWorld();
  expect((await apply(world)).state).toMatchObject({ state: 'waiting', gateWaiting: 'deploy' });
  return world;
}

describe('apply', () => {
  it('stops at the gate, goes on when evidence and consent are there, and is done once', async () => {
    const world = await atGate();
    await expect(apply(world)).rejects.toMatchObject({ code: 'gate', exitCode: 3 });
    world.application = 'new';
    const done = await apply(world);
    expect(done.state).toMatchObject({ state: 'done', gatesPassed: ['deploy'] });
    const events = kindsOf(world).length;
    expect((await apply(world)).state.state).toBe('done');
    expect(kindsOf(world)).toHaveLength(events);
    expect(world.breaches).toEqual([]);
  });

  it('says at the gate which evidence is missing, and that consent is, and stays waiting', async () => {
    const world = await atGate();
    await expect(apply(world)).rejects.toThrow(
      'Evidence is missing: The new application runs (the old application runs)',
    );
    world.application = 'new';
    await expect(apply(world, { consent: noConsent })).rejects.toThrow('nobody has said that it is done');
    await expect(apply(world, { deploy: { check: 'fail loudly' } })).rejects.toMatchObject({ code: 'command-failed' });
    expect((await statusOf({ plan, domain: world.start().domain }))?.state.state).toBe('waiting');
  });

  it('does not start on a world that has drifted', async () => {
    const world = newWorld();
    world.values.set('a', 5);
    await expect(apply(world)).rejects.toMatchObject({ code: 'drift', exitCode: 4 });
    expect(world.journals.size).toBe(0);
  });

  it('does not start a plan that holds an action which nobody can do', async () => {
    const process = newWorld().start();
    const domain = { ...process.domain, executors: process.domain.executors.slice(1) };
    await expect(applyPlan({ ...optionsOf(process, plan), domain })).rejects.toMatchObject({ code: 'not-built' });
  });

  it('waits for another unfinished plan on the same objects, not for one on others', async () => {
    const world = await atGate();
    world.values.clear();
    const other = planOf({ ...typicalShape, migrate: [] }, 'other');
    const refused = applyPlan({ ...optionsOf(world.start(), other) });
    await expect(refused).rejects.toMatchObject({ code: 'wrong-state' });
    await expect(refused).rejects.toThrow(plan.id);
    const elsewhere = { ...other, origin: { ...other.origin, objects: ['z'] } };
    expect((await applyPlan(optionsOf(world.start(), elsewhere))).state.state).toBe('waiting');
  });

  it('stops after a phase when asked to, and goes on from there', async () => {
    const world = newWorld();
    const first = await apply(world, { toPhase: 'expand' });
    expect(first.state.state).toBe('paused');
    expect(Object.keys(first.state.steps)).toEqual(['expand-1', 'expand-2']);
    expect((await apply(world)).state.state).toBe('waiting');
    await expect(apply(world, { toPhase: 'nowhere' })).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('a step that fails', () => {
  it('is journaled, and done again by the next apply, without what was done before it', async () => {
    const world = newWorld();
    world.failing.set('expand-2#1 forward', new Error('no room'));
    await expect(apply(world)).rejects.toMatchObject({ code: 'step-failed' });
    expect(kindsOf(world).slice(-2)).toEqual(['step-failed', 'failed']);
    expect((await statusOf({ plan, domain: world.start().domain }))?.state).toMatchObject({ state: 'failed' });
    world.failing.clear();
    expect((await apply(world)).state.state).toBe('waiting');
    expect(world.breaches).toEqual([]);
  });

  it('leaves the run paused when it can simply go on later', async () => {
    const world = newWorld();
    const failure = fail('lock-timeout', { what: 'No lock.', why: 'Somebody holds it.', next: 'Try again.' });
    world.failing.set('migrate-1#0 forward', failure);
    await expect(apply(world)).rejects.toBe(failure);
    expect((await statusOf({ plan, domain: world.start().domain }))?.state.state).toBe('paused');
  });

  it('is not complete while its proof does not hold', async () => {
    const world = newWorld();
    world.onPoint = (name) => {
      if (name === 'before checking expand-1#verify') world.values.set('a', 99);
    };
    await expect(apply(world)).rejects.toMatchObject({ code: 'verification-failed', exitCode: 6 });
    const [entries = []] = [...world.journals.values()];
    expect(replay(entries)).toMatchObject({ state: 'failed', steps: { 'expand-1': { state: 'failed' } } });
    world.onPoint = () => undefined;
    world.values.set('a', 1);
    expect((await apply(world)).state.state).toBe('waiting');
  });
});

describe('a stop from outside', () => {
  it('Ctrl-C stops at a safe point; apply goes on', async () => {
    const world = newWorld();
    world.onPoint = (name, process) => {
      if (name === 'after expand-2#0 forward') process.interrupt();
    };
    await expect(apply(world)).rejects.toMatchObject({ code: 'interrupted', exitCode: 130 });
    expect(kindsOf(world).at(-1)).toBe('interrupted');
    world.onPoint = () => undefined;
    expect((await apply(world)).state.state).toBe('waiting');
    expect(world.breaches).toEqual([]);
  });

  it('pause is obeyed at the next safe point; apply goes on', async () => {
    const world = newWorld();
    const asked: Promise<unknown>[] = [];
    world.onPoint = (name) => {
      if (name === 'before expand-1#0 forward') asked.push(pauseRun(optionsOf(world.start(), plan)));
    };
    await expect(apply(world)).rejects.toMatchObject({ code: 'paused', exitCode: 5 });
    expect(await Promise.all(asked)).toEqual([{ runId: 'run-1', obeyed: false }]);
    expect(kindsOf(world).at(-1)).toBe('paused');
    world.onPoint = () => undefined;
    expect((await apply(world)).state.state).toBe('waiting');
    expect(kindsOf(world)).toContain('resumed');
  });

  it('pause is obeyed at once where no runner is at work', async () => {
    const world = await atGate();
    expect(await pauseRun(optionsOf(world.start(), plan))).toEqual({ runId: 'run-1', obeyed: true });
    expect((await statusOf({ plan, domain: world.start().domain }))?.state.state).toBe('paused');
    world.application = 'new';
    expect((await apply(world)).state.state).toBe('done');
  });

  it('a lost lease ends the runner before it does or journals anything more', async () => {
    const world = newWorld();
    world.onPoint = (name) => {
      if (name === 'after expand-1#0 forward') world.takeOver();
    };
    await expect(apply(world)).rejects.toMatchObject({ code: 'lease-lost' });
    expect(kindsOf(world)).toEqual(['run-started', 'step-started']);
  });

  it('a second runner is refused while the first one lives', async () => {
    const world = newWorld();
    const second: Promise<unknown>[] = [];
    world.onPoint = (name) => {
      if (name === 'before expand-1#0 forward') second.push(apply(world).catch((error: unknown) => error));
    };
    await apply(world);
    expect(await Promise.all(second)).toMatchObject([{ code: 'lease-held' }]);
  });
});

describe('the preview', () => {
  it('lists what is done and to do, and changes nothing', async () => {
    const world = newWorld();
    world.failing.set('expand-2#1 forward', new Error('no room'));
    await expect(apply(world)).rejects.toThrow();
    const events = kindsOf(world).length;
    const { steps } = await previewApply({ plan, domain: world.start().domain });
    expect(steps.map(({ stepId, state }) => `${stepId ?? 'gate'} ${state}`)).toEqual([
      'expand-1 done',
      'expand-2 half-done',
      'migrate-1 to-do',
      'migrate-2 to-do',
      'gate gate',
      'contract-1 to-do',
    ]);
    expect(kindsOf(world)).toHaveLength(events);
  });

  it('works on an untouched world, and creates nothing there', async () => {
    const world = newWorld();
    expect((await previewApply({ plan, domain: world.start().domain })).runId).toBeUndefined();
    expect(world.journals.size + world.pointsMet).toBe(0);
    expect(fingerprintOf(world)).toBe('[]');
  });
});

it('a run on the way back does not go forward', async () => {
  const world = await atGate();
  world.failing.set('expand-1#0 back', new Error('no'));
  await expect(rollBack(optionsOf(world.start(), plan))).rejects.toMatchObject({ code: 'step-failed' });
  await expect(apply(world)).rejects.toMatchObject({ code: 'wrong-state' });
});
