import { describe, expect, it } from 'vitest';
import type { Executor } from '#core/executor';
import type { Finding } from '#core/finding';
import { optionsOf } from '../../test/simulation/drive.ts';
import { fakeDeeds } from '../../test/simulation/fake-deeds.ts';
import { planOf, typicalShape } from '../../test/simulation/plans.ts';
import { type FakeWorld, fakeWorld } from '../../test/support/fake-world.ts';
import { applyPlan } from './apply.ts';
import { type GateQuestion, noConsent } from './consent.ts';
import type { RunOptions } from './options.ts';

const plan = planOf(typicalShape);
const unreadable: Finding = { rule: 'evidence/unreadable', severity: 'warning', message: 'nobody counts' };

/** A world at its gate, whose evidence is measured by the given executor. */
async function atGate(measure: Executor['execute']): Promise<FakeWorld> {
  const world = fakeWorld({
    executors: (world, process) => [
      ...fakeDeeds(world, process).filter(({ kind }) => kind !== 'expect-new-application'),
      { kind: 'expect-new-application', execute: measure },
    ],
  });
  await applyPlan(optionsOf(world.start(), plan));
  return world;
}

const apply = (world: FakeWorld, more: Partial<RunOptions> = {}) =>
  applyPlan({ ...optionsOf(world.start(), plan), ...more });

describe('evidence at a gate', () => {
  it('that cannot be read is shown to the person whose word has to cover it', async () => {
    const world = await atGate(async () => ({ ok: true, detail: 'nobody counts', findings: [unreadable] }));
    await expect(apply(world, { consent: noConsent })).rejects.toThrow("so that a person's word has to cover it");
    const asked: GateQuestion[] = [];
    const confirm = async (question: GateQuestion) => {
      asked.push(question);
      return { by: 'ada', means: 'typed' as const };
    };
    expect((await apply(world, { consent: { confirm } })).state.state).toBe('done');
    expect(asked).toMatchObject([
      { direction: 'forward', target: 'here', evidence: [{ id: 'new', state: 'unreadable' }] },
    ]);
  });

  it('that is missing keeps everybody from being asked', async () => {
    const world = await atGate(async () => ({ ok: false, detail: 'still used' }));
    const confirm = async () => expect.unreachable('nobody is asked while evidence is missing');
    await expect(apply(world, { consent: { confirm } })).rejects.toMatchObject({ code: 'gate' });
  });

  it('is journaled with who said so, and what the commands said', async () => {
    const world = await atGate(async () => ({ ok: true, detail: 'nobody uses it' }));
    await apply(world);
    const passed = [...world.journals.values()].flat().find(({ event }) => event.kind === 'gate-passed');
    expect(passed?.event).toMatchObject({
      gate: 'deploy',
      by: 'tester (typed)',
      evidence: ['new holds: nobody uses it', 'check command holds: check', 'test command holds: test'],
    });
  });

  it('does not decide for a run that is stopped while somebody is asked', async () => {
    const world = await atGate(async () => ({ ok: true, detail: 'nobody uses it' }));
    const process = world.start();
    const confirm = async () => {
      process.interrupt();
      return { by: 'ada', means: 'typed' as const };
    };
    const options = { ...optionsOf(process, plan), consent: { confirm } };
    await expect(applyPlan(options)).rejects.toMatchObject({ code: 'interrupted' });
    expect((await apply(world)).state.state).toBe('done');
  });
});
