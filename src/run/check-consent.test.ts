import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chain, type JournalEntry } from '#core/journal';
import { optionsOf } from '../../test/simulation/drive.ts';
import { fakeDeeds } from '../../test/simulation/fake-deeds.ts';
import { planOf, typicalShape } from '../../test/simulation/plans.ts';
import { fakeWorld } from '../../test/support/fake-world.ts';
import { applyPlan } from './apply.ts';
import { type Approval, approvalPhrase, approvalText, signApproval, typedApproval } from './approval.ts';
import { type ConsentCheck, checkConsent } from './check-consent.ts';
import { recordApproval } from './control.ts';
import type { Prerequisites } from './options.ts';
import { commandRunner } from './run-command.ts';
import type { TargetClass } from './target.ts';

const plan = planOf(typicalShape);
const now = '2026-06-01T12:00:00.000Z';
const later = '2026-06-02T12:00:00.000Z';
const live = { name: 'live', class: 'production' } as const;
const rehearsal = { planHash: plan.planHash, ok: true, server: '18', rows: 1, at: now, steps: [], findings: [] };
const backup = { at: now, what: 'nightly dump' };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'godwit-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function checkOf(
  targetClass: TargetClass,
  prerequisites: Prerequisites,
  journals: ConsentCheck['journals'] = [],
): ConsentCheck {
  const runCommand = commandRunner({ cwd: folder, env: process.env });
  const surroundings = { now: () => now, runCommand, signal: new AbortController().signal, temporaryDirectory: folder };
  return {
    plan,
    target: { name: 'live', class: targetClass },
    prerequisites,
    journals,
    isUnderWay: false,
    surroundings,
  };
}

function journalWith(approval: Approval): readonly JournalEntry[] {
  return [chain(undefined, { kind: 'approved', approval: JSON.stringify(approval), at: now })];
}

const typed: Approval = { planHash: plan.planHash, target: 'live', expiresAt: later, by: 'ada', method: 'typed' };

describe('what a class of target asks for', () => {
  it('production wants a fresh rehearsal, a backup and an approval', async () => {
    const refusal = (prerequisites: Prerequisites, journals: ConsentCheck['journals'] = []) =>
      checkConsent(checkOf('production', prerequisites, journals)).catch((error: unknown) => error);
    expect(await refusal({})).toMatchObject({ code: 'rehearsal-required', exitCode: 3 });
    const old = { ...rehearsal, at: '2026-05-20T12:00:00.000Z' };
    expect(await refusal({ rehearsal: old, backup })).toMatchObject({ code: 'rehearsal-required' });
    expect(await refusal({ rehearsal: { ...rehearsal, ok: false } })).toMatchObject({ code: 'rehearsal-required' });
    expect(await refusal({ rehearsal: { ...rehearsal, planHash: 'x' } })).toMatchObject({ code: 'rehearsal-required' });
    expect(await refusal({ rehearsal })).toMatchObject({ code: 'backup-required' });
    expect(await refusal({ rehearsal, backup })).toMatchObject({ code: 'approval-required' });
    expect(await refusal({ rehearsal, backup }, [journalWith(typed)])).toEqual([]);
  });

  it('staging advises, development is free', async () => {
    const advice = await checkConsent(checkOf('staging', {}));
    expect(advice.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      'policy/no-rehearsal warning',
      'policy/no-backup warning',
    ]);
    expect(await checkConsent(checkOf('development', {}))).toEqual([]);
  });

  it('a run under way keeps the rehearsal that it began with, but not an expired approval', async () => {
    const underWay = { ...checkOf('production', {}, [journalWith(typed)]), isUnderWay: true };
    expect(await checkConsent(underWay)).toEqual([]);
    const expired = { ...typed, expiresAt: now };
    const check = { ...checkOf('production', {}, [journalWith(expired)]), isUnderWay: true };
    await expect(checkConsent(check)).rejects.toMatchObject({ code: 'approval-refused' });
  });
});

describe('an approval', () => {
  const refused = { code: 'approval-refused', exitCode: 3 };
  const check = (prerequisites: Prerequisites, journals: ConsentCheck['journals'] = []) =>
    checkConsent(checkOf('production', { rehearsal, backup, ...prerequisites }, journals));

  it('is bound to the plan, the target and the time', async () => {
    await expect(check({}, [journalWith({ ...typed, planHash: 'other' })])).rejects.toMatchObject(refused);
    await expect(check({}, [journalWith({ ...typed, target: 'staging' })])).rejects.toMatchObject(refused);
    await expect(check({}, [journalWith({ ...typed, expiresAt: 'soon' })])).rejects.toMatchObject(refused);
  });

  it('that was typed counts from the journal of the target, never from a file', async () => {
    await expect(check({ approval: typed })).rejects.toMatchObject(refused);
    await expect(check({ approval: { ...typed, method: 'ssh' } })).rejects.toMatchObject(refused);
  });

  it('is typed at a terminal, word for word', () => {
    const answer = { text: approvalPhrase(plan, live), by: 'ada', isTerminal: true, expiresAt: later };
    expect(typedApproval(plan, live, answer)).toEqual(typed);
    expect(() => typedApproval(plan, live, { ...answer, isTerminal: false })).toThrow('needs a person at a terminal');
    expect(() => typedApproval(plan, live, { ...answer, text: 'yes' })).toThrow(plan.planHash.slice(0, 8));
  });

  it('can be signed with an SSH key that the target trusts, and with no other', async () => {
    for (const name of ['trusted', 'strange']) {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
    }
    const allowedSigners = join(folder, 'allowed_signers');
    writeFileSync(allowedSigners, `ada ${readFileSync(join(folder, 'trusted.pub'), 'utf8')}`);
    const { surroundings } = checkOf('production', {});
    const wish = { planHash: plan.planHash, target: 'live', expiresAt: later, by: 'ada' };
    const approval = await signApproval(wish, { keyFile: join(folder, 'trusted'), surroundings });
    const strange = await signApproval(wish, { keyFile: join(folder, 'strange'), surroundings });
    expect(await check({ approval, allowedSigners })).toEqual([]);
    await expect(check({ approval: strange, allowedSigners })).rejects.toMatchObject(refused);
    await expect(check({ approval })).rejects.toThrow('names no allowed_signers file');
    const longer = { ...approval, expiresAt: '2030-01-01T00:00:00.000Z' };
    await expect(check({ approval: longer, allowedSigners })).rejects.toMatchObject(refused);
    await expect(check({ approval: { ...approval, by: 'bob' }, allowedSigners })).rejects.toMatchObject(refused);
  });

  it('is signed over a text that a person can read', () => {
    expect(approvalText(typed)).toBe(`godwit approval\nplan ${plan.planHash}\ntarget live\nexpires ${later}\n`);
  });

  it('recorded in the target lets the run begin there', async () => {
    const world = fakeWorld({ executors: fakeDeeds });
    const options = { ...optionsOf(world.start(), plan), target: live, prerequisites: { rehearsal, backup } };
    const early = {
      rehearsal: { ...rehearsal, at: '2026-01-01T00:00:00.000Z' },
      backup: { ...backup, at: '2026-01-01T00:00:00.000Z' },
    };
    const prepared = { ...options, prerequisites: early };
    await expect(applyPlan(prepared)).rejects.toMatchObject({ code: 'approval-required' });
    expect(world.journals.size).toBe(0);
    const recorded = await recordApproval({ ...optionsOf(world.start(), plan), approval: typed });
    expect(recorded.state).toMatchObject({ state: 'paused', steps: {} });
    const { runId, state } = await applyPlan({ ...prepared, ...parts(world) });
    expect(runId).toBe(recorded.runId);
    expect(state.state).toBe('waiting');
  });

  function parts(world: ReturnType<typeof fakeWorld>) {
    const { domain, surroundings } = world.start();
    return { domain, surroundings };
  }
});
