import { describe, expect, it } from 'vitest';
import { type Plan, planHash, type Step } from '#core/plan';
import { optionsOf } from '../../test/simulation/drive.ts';
import { fakeDeeds } from '../../test/simulation/fake-deeds.ts';
import { planOf, typicalShape } from '../../test/simulation/plans.ts';
import { type FakeWorld, fakeWorld, fingerprintOf } from '../../test/support/fake-world.ts';
import { applyPlan } from './apply.ts';
import { noConsent } from './consent.ts';
import { purgeRun, statusOf } from './control.ts';
import type { RunOptions } from './options.ts';
import { previewRollBack, rollBack } from './roll-back.ts';
import type { RunProgress } from './surroundings.ts';

const plan = planOf(typicalShape);

/** A world in which the plan is done. */
async function done(which: Plan = plan): Promise<FakeWorld> {
  const world = fakeWorld({ executors: fakeDeeds });
  await applyPlan(optionsOf(world.start(), which));
  world.application = 'new';
  expect((await applyPlan(optionsOf(world.start(), which))).state.state).toBe('done');
  return world;
}

const back = (world: FakeWorld, more: Partial<RunOptions> = {}) =>
  rollBack({ ...optionsOf(world.start(), plan), ...more });
const kindsOf = (world: FakeWorld): readonly string[] =>
  [...world.journals.values()].flat().map(({ event }) => event.kind);

/** The same plan, whose step says that it cannot be taken back. */
function irreversibly(stepId: string): Plan {
  return withStep(stepId, { rollback: { kind: 'irreversible', why: 'it forgets' } });
}

function withStep(stepId: string, other: Partial<Step>): Plan {
  const phases = plan.phases.map((phase) => ({
    ...phase,
    steps: phase.steps.map((step) => (step.id === stepId ? { ...step, ...other } : step)),
  }));
  return { ...plan, phases, planHash: planHash({ ...plan, phases }) };
}

describe('roll back', () => {
  it('takes a finished run back, with the application, and a new run can begin', async () => {
    const world = await done();
    const result = await back(world);
    expect(result).toMatchObject({
      state: { state: 'rolled-back' },
      restored: { schema: true, data: true, exceptions: [] },
    });
    expect(fingerprintOf(world)).toBe('[]');
    expect(world.application).toBe('old');
    expect((await back(world)).restored).toEqual(result.restored);
    expect((await applyPlan(optionsOf(world.start(), plan))).runId).not.toBe(result.runId);
    expect(world.breaches).toEqual([]);
  });

  it('measures what a step wants measured first, and touches nothing where it does not hold', async () => {
    const careful = withStep('contract-1', { beforeRollback: { kind: 'expect', key: 'a', value: 7 } });
    const world = await done(careful);
    world.values.set('a', 8);
    const before = kindsOf(world);
    await expect(rollBack(optionsOf(world.start(), careful))).rejects.toMatchObject({
      code: 'verification-failed',
      explanation: { what: expect.stringContaining('nothing was touched'), why: 'A is 8, wanted 7.' },
    });
    expect(kindsOf(world)).toEqual(before);
    expect((await statusOf(optionsOf(world.start(), careful)))?.state.state).toBe('done');
    world.values.set('a', 7);
    expect((await rollBack(optionsOf(world.start(), careful))).state.state).toBe('rolled-back');
  });

  it('does not measure for a step that never took effect, or whose way back has begun', async () => {
    const careful = withStep('contract-1', { beforeRollback: { kind: 'expect', key: 'a', value: 7 } });
    const atGate = fakeWorld({ executors: fakeDeeds });
    await applyPlan(optionsOf(atGate.start(), careful));
    expect((await rollBack(optionsOf(atGate.start(), careful))).state.state).toBe('rolled-back');
    const world = await done(careful);
    world.failing.set('contract-1#2 back', new Error('it stops'));
    await expect(rollBack(optionsOf(world.start(), careful))).rejects.toThrow('it stops');
    world.failing.clear();
    world.values.set('a', 8);
    expect((await rollBack(optionsOf(world.start(), careful))).state.state).toBe('rolled-back');
  });

  it('says when there is nothing to take back', async () => {
    await expect(back(fakeWorld({ executors: fakeDeeds }))).rejects.toMatchObject({ code: 'no-run' });
  });

  it('to the gate: the application stays, and the gate has to be passed again', async () => {
    const world = await done();
    const result = await back(world, { toPhase: 'deploy' });
    expect(result.state).toMatchObject({
      state: 'waiting',
      gateWaiting: 'deploy',
      gatesPassed: [],
      direction: 'forward',
    });
    expect(world.application).toBe('new');
    const refused = applyPlan({ ...optionsOf(world.start(), plan), consent: noConsent });
    await expect(refused).rejects.toMatchObject({ code: 'gate' });
    expect((await applyPlan(optionsOf(world.start(), plan))).state.state).toBe('done');
  });

  it('to a phase that is not left yet changes nothing', async () => {
    const world = await done();
    const events = kindsOf(world).length;
    expect((await back(world, { toPhase: 'contract' })).state.state).toBe('done');
    expect(kindsOf(world)).toHaveLength(events);
  });

  it('finishes a step whose undoing has begun, even when it is now asked to stop later', async () => {
    const world = await done();
    world.failing.set('expand-2#1 back', new Error('no'));
    await expect(back(world)).rejects.toMatchObject({ code: 'step-failed' });
    expect((await statusOf({ plan, domain: world.start().domain }))?.state).toMatchObject({
      state: 'failed',
      direction: 'back',
      steps: { 'expand-2': { state: 'undoing', undoneParts: [0] } },
    });
    world.failing.clear();
    const result = await back(world, { toPhase: 'migrate' });
    expect(result.state).toMatchObject({
      state: 'waiting',
      steps: { 'expand-1': { state: 'verified' }, 'expand-2': { state: 'undone' } },
    });
    expect((await applyPlan(optionsOf(world.start(), plan))).state.state).toBe('waiting');
    expect(world.breaches).toEqual([]);
  });

  it('previews the way, last step first', async () => {
    const world = await done();
    const { steps } = await previewRollBack({ ...optionsOf(world.start(), plan), toPhase: 'expand' });
    expect(steps.map(({ stepId, phaseId }) => stepId ?? phaseId)).toEqual([
      'contract-1',
      'deploy',
      'migrate-2',
      'migrate-1',
    ]);
  });
});

describe('what cannot be taken back', () => {
  it('is named before anything is touched; a way that ends before it is open', async () => {
    const forgetful = irreversibly('migrate-1');
    const world = await done(forgetful);
    const events = kindsOf(world).length;
    const refused = rollBack(optionsOf(world.start(), forgetful));
    await expect(refused).rejects.toMatchObject({ code: 'irreversible' });
    await expect(refused).rejects.toThrow('migrate-1');
    await expect(refused).rejects.toThrow('it forgets');
    expect(kindsOf(world)).toHaveLength(events);
    const part = await rollBack({ ...optionsOf(world.start(), forgetful), toPhase: 'deploy' });
    expect(part.state.state).toBe('waiting');
  });

  it('is a run whose undo data was purged', async () => {
    const world = await done();
    const removed: string[] = [];
    const removeUndo = async (runId: string): Promise<void> => {
      removed.push(runId);
    };
    await purgeRun({ ...optionsOf(world.start(), plan), removeUndo });
    await purgeRun({ ...optionsOf(world.start(), plan), removeUndo });
    expect(removed).toEqual(['run-1', 'run-1']);
    expect(kindsOf(world).filter((kind) => kind === 'purged')).toHaveLength(1);
    await expect(back(world)).rejects.toMatchObject({ code: 'irreversible' });
  });

  it('is a run with another plan on top of it', async () => {
    const world = await done();
    const other = planOf({ expand: [[{ kind: 'put', key: 'z', value: 1 }]], migrate: [], contract: [] }, 'other');
    const onTop = { ...other, origin: { ...other.origin, fingerprint: fingerprintOf(world) } };
    await applyPlan(optionsOf(world.start(), onTop));
    await expect(back(world)).rejects.toMatchObject({ code: 'wrong-state' });
    await rollBack(optionsOf(world.start(), onTop));
    expect((await back(world)).state.state).toBe('rolled-back');
  });
});

describe('a target that only advises a word', () => {
  const careless = { deploy: {}, target: { name: 'here', class: 'development' } } as const;

  it('is warned about where nobody is there, before anything is touched', async () => {
    const world = await done();
    world.application = 'old';
    const process = world.start();
    const told: string[] = [];
    const surroundings = {
      ...process.surroundings,
      on: (event: RunProgress) => {
        if (event.kind === 'notice') told.push(`${kindsOf(world).includes('rollback-started')} ${event.message}`);
      },
    };
    const result = await back(world, { ...optionsOf(process, plan), ...careless, surroundings, consent: noConsent });
    expect(result).toMatchObject({
      state: { state: 'rolled-back' },
      findings: [{ rule: 'policy/application-not-back' }],
    });
    expect(told).toMatchObject([expect.stringContaining('false ! This rollback goes back over gate deploy')]);
  });

  it('is asked about where somebody is, and a no leaves everything as it is', async () => {
    const world = await done();
    const events = kindsOf(world).length;
    const no = { confirm: async () => undefined };
    await expect(back(world, { ...careless, consent: no })).rejects.toMatchObject({ code: 'gate', exitCode: 3 });
    expect(kindsOf(world)).toHaveLength(events);
    world.application = 'old';
    const yes = {
      isNobodyThere: true,
      given: ['deploy'],
      confirm: async () => ({ by: 'ada', means: 'flag' as const }),
    };
    expect(await back(world, { ...careless, consent: yes })).toMatchObject({
      state: { state: 'rolled-back' },
      findings: [],
    });
  });

  it('asks nothing where a command brings the application back', async () => {
    const world = await done();
    const confirm = async () => expect.unreachable('the command does it');
    const result = await back(world, { deploy: { revert: 'revert' }, target: careless.target, consent: { confirm } });
    expect(result.findings).toEqual([]);
  });
});

describe('a production target', () => {
  const production = { name: 'live', class: 'production' } as const;

  it('wants a word that the application is back, unless a command brings it back', async () => {
    const world = await done();
    const events = kindsOf(world).length;
    const careful = { target: production, deploy: {}, consent: noConsent };
    await expect(back(world, careful)).rejects.toMatchObject({ code: 'gate', exitCode: 3 });
    const flag = { confirm: async () => ({ by: 'somebody', means: 'flag' as const }) };
    await expect(back(world, { ...careful, consent: flag })).rejects.toMatchObject({ code: 'approval-required' });
    expect(kindsOf(world)).toHaveLength(events);
    await back(world, { ...careful, toPhase: 'deploy' });
    world.application = 'old';
    const typed = { confirm: async () => ({ by: 'somebody', means: 'typed' as const }) };
    expect((await back(world, { ...careful, consent: typed })).state.state).toBe('rolled-back');
    expect(world.breaches).toEqual([]);
  });
});
