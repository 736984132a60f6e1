import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gateSchema } from '#code/action';
import type { Repository } from '#code/repository/repository';
import { forgetRun } from '#code/repository/tree-run';
import type { Domain } from '#core/domain';
import { fail, isFailure } from '#core/error';
import type { Executor, Outcome } from '#core/executor';
import type { Finding } from '#core/finding';
import { type Plan, stepsOf } from '#core/plan';
import type { RehearsedStep } from '#core/report';
import { type OpenTree, openTree } from '../open-tree.ts';
import type { Surroundings } from '../verb.ts';
import { confirmHops } from './confirm-hops.ts';
import { copyUntracked } from './copy-untracked.ts';
import { back, forward, type Stage } from './drive.ts';
import { legTimes } from './leg-times.ts';
import { missingLocks } from './missing-locks.ts';
import { missingSubmodules } from './missing-submodules.ts';
import type { Rehearsed } from './rehearse-plan.ts';
import { toldBy } from './told-by.ts';
import { waitingAtGate } from './waiting-at-gate.ts';

type Deed = { readonly stepId: string; readonly leg: number; readonly ms: number; readonly outcome: Outcome };

/**
 * Carries a plan for a working tree out in a git worktree of its own: forward, back and forward again, with the runner and
 * the executors that will carry it out in the tree. Throws `drift` where the tree is not as the plan knows it, `interrupted`.
 */
export async function rehearseTree(plan: Plan, surroundings: Surroundings): Promise<Rehearsed> {
  const { repository } = await openTree(surroundings.cwd, surroundings);
  if ((await repository.fingerprint()) !== plan.origin.fingerprint) throw drifted(plan);
  const home = await mkdtemp(join(surroundings.temporaryDirectory, 'godwit-rehearsal-'));
  const root = join(home, 'tree');
  const branch = `godwit/rehearsal-${plan.id}`;
  // What a rehearsal that was killed has left.
  await forgetBranch(repository, branch);
  const hooksPath = await hooksPathOf(repository);
  await repository.git.out(['worktree', 'add', '--quiet', '--detach', root, 'HEAD'], { what: noWorktree });
  try {
    const copy = join(root, repository.prefix);
    const notThere = [
      ...(await missingSubmodules(repository)),
      ...(await copyUntracked(repository, copy, surroundings.config.tree.rehearse.copy)),
      ...(await missingLocks(repository, copy)),
    ];
    const opened = await openTree(copy, { ...surroundings, cwd: copy }, { branch });
    const { findings, ...measured } = await perform(plan, opened, surroundings);
    return { ...measured, findings: [...notThere, ...findings] };
  } finally {
    await repository.git.try(['worktree', 'remove', '--force', '--force', root]);
    await rm(home, { recursive: true, force: true });
    await forgetBranch(repository, branch);
    await setHooksPath(repository, hooksPath);
  }
}

/** Worktrees share the configuration of the repository: an install in one (husky does so) may set where hooks are. */
async function hooksPathOf({ git }: Repository): Promise<string | undefined> {
  const { exitCode, output } = await git.try(['config', '--local', '--get', 'core.hooksPath']);
  return exitCode === 0 ? output.replace(/\n$/, '') : undefined;
}

async function setHooksPath(repository: Repository, path: string | undefined): Promise<void> {
  if ((await hooksPathOf(repository)) === path) return;
  const words = path === undefined ? ['--unset-all', 'core.hooksPath'] : ['core.hooksPath', path];
  await repository.git.try(['config', '--local', ...words]);
}

async function forgetBranch({ git }: Repository, branch: string): Promise<void> {
  await git.try(['worktree', 'prune']);
  await git.try(['branch', '--quiet', '--delete', '--force', branch]);
}

const noWorktree = 'The worktree for the rehearsal cannot be made.';

async function perform(plan: Plan, tree: OpenTree, surroundings: Surroundings): Promise<Rehearsed> {
  const { repository, domain } = tree;
  const deeds: Deed[] = [];
  const findings: Finding[] = [];
  let leg = 0;
  const times = legTimes(() => surroundings.monotonicMs());
  const confirmations = await confirmHops(plan, repository, surroundings);
  const watched = { ...domain, executors: domain.executors.map((executor) => confirmations.watch(executor)) };
  const stage: Stage = {
    plan,
    domain: timed(watched, {
      leg: () => leg,
      nowMs: () => surroundings.monotonicMs(),
      hear: (deed) => deeds.push(deed),
    }),
    surroundings,
  };
  try {
    const before = await stateOf(repository);
    const reached = await times.measure('forward', () => forwardOrWaiting(stage));
    leg = 1;
    const { restored } = await times.measure('back', () => back(stage));
    findings.push(...notRestored(before, await stateOf(repository), restored?.exceptions ?? []));
    leg = 2;
    const again = await times.measure('forward again', () => forwardOrWaiting(stage));
    const last = deeds.filter((deed) => deed.leg === 2);
    const measured = last.findLast(({ outcome }) => !outcome.ok)?.outcome;
    const waiting = waitingAtGate(plan, again ?? reached, measured);
    findings.push(...confirmations.findings(), ...toldBy(last.map(({ outcome }) => outcome)), ...waiting);
  } catch (error) {
    findings.push(failed(error, leg));
  } finally {
    await forgetRuns(repository, domain);
  }
  return {
    server: `a worktree on ${await programOf(plan, tree, surroundings.signal)}`,
    steps: stepsMeasured(plan, deeds),
    findings,
    legs: times.all(),
  };
}

/** The language's program that measured, with its version. */
async function programOf(plan: Plan, { pythonFor }: OpenTree, signal: AbortSignal): Promise<string> {
  const evidence = plan.phases.flatMap(({ gate }) => gate?.evidence ?? []);
  const gates = evidence.flatMap(({ action }) => gateSchema.safeParse(action).data ?? []);
  const minor = gates.find(({ python }) => python !== undefined)?.python;
  if (minor === undefined) return `Node ${process.versions.node}`;
  return `Python ${(await pythonFor(minor, signal, 'gate')).version}`;
}

/** The id of the gate at which the run waits for edits by hand, which nobody makes in a rehearsal; undefined at the end. */
async function forwardOrWaiting(stage: Stage): Promise<string | undefined> {
  try {
    const { state } = await forward(stage, undefined);
    return state.gateWaiting;
  } catch (error) {
    if (!isFailure(error, 'gate')) throw error;
    return stage.plan.phases.find(({ gate }) => gate !== undefined && error.message.includes(` ${gate.id}:`))?.id ?? '';
  }
}

function timed(
  domain: Domain,
  { leg, nowMs, hear }: { leg(): number; nowMs(): number; hear(deed: Deed): void },
): Domain {
  const wrapped = (executor: Executor): Executor => ({
    kind: executor.kind,
    execute: async (action, context) => {
      const startMs = nowMs();
      const outcome = await executor.execute(action, context);
      if (context.direction !== 'back') {
        hear({ stepId: context.deed.replace(/#.*$/, ''), leg: leg(), ms: nowMs() - startMs, outcome });
      }
      return outcome;
    },
  });
  return { ...domain, executors: domain.executors.map(wrapped) };
}

function stepsMeasured(plan: Plan, deeds: readonly Deed[]): readonly RehearsedStep[] {
  const ids = [...stepsOf(plan).map(({ step }) => step.id), ...plan.phases.flatMap(({ gate }) => gate?.id ?? [])];
  return ids.flatMap((id) => {
    const own = deeds.filter(({ stepId }) => stepId === id);
    if (own.length === 0) return [];
    const byLeg = [0, 2].map((leg) => own.filter((deed) => deed.leg === leg).reduce((sum, { ms }) => sum + ms, 0));
    return [{ id, ms: Math.round(Math.max(...byLeg)), locks: [], rewrites: [], scans: [], longestWaitMs: 0 }];
  });
}

/** All that a way back has to bring back. */
async function stateOf(repository: Repository): Promise<string> {
  const index = await repository.git.out(['ls-files', '--stage']);
  const [head, changed, untracked] = [
    await repository.head(),
    await repository.changedFiles(),
    await repository.untrackedFiles(),
  ];
  return JSON.stringify({ head, index, changed, untracked });
}

function notRestored(before: string, after: string, exceptions: readonly string[]): readonly Finding[] {
  const told = exceptions.map((message): Finding => ({ rule: 'rehearsal/exception', severity: 'warning', message }));
  if (before === after) return told;
  return [
    ...told,
    {
      rule: 'rehearsal/not-restored',
      severity: 'error',
      message: 'After the way back the tree is not the one from before.',
      cure: 'Do not apply this plan: it cannot be taken back as a whole.',
    },
  ];
}

/** A worktree's git directory goes with it; refs stand in the repository that it shares. */
async function forgetRuns(repository: Repository, domain: Domain): Promise<void> {
  for (const { runId } of await domain.journal.runs()) await forgetRun(repository, runId);
}

const legs = ['on the way forward', 'on the way back', 'on the second way forward'];

function failed(error: unknown, leg: number): Finding {
  if (!isFailure(error) || error.code === 'interrupted' || error.code === 'bug') throw error;
  const { what, why, next } = error.explanation;
  return {
    rule: 'rehearsal/failed',
    severity: 'error',
    message: `The plan stopped ${legs[leg] ?? ''} (${error.code}). ${what} ${why}`,
    cure: next,
  };
}

function drifted(plan: Plan) {
  return fail('drift', {
    what: `The plan ${plan.id} cannot be rehearsed.`,
    why: 'The last commit is not the one for which the plan was made.',
    next: 'Make a new plan, or check out the commit that you planned on.',
  });
}
