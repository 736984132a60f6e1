import { performance } from 'node:perf_hooks';
import type { Plan } from '#core/plan';
import { usersVersion } from '#db/workload/users';
import type { Workload } from '#db/workload/workload';
import { applyPlan } from '#run/apply';
import type { RunOptions, RunResult } from '#run/options';
import { rollBack } from '#run/roll-back';
import { withDomain } from '../domains.ts';
import type { Surroundings } from '../verb.ts';
import type { DemoOptions, DemoResult } from './demo-result.ts';

const oldVersion = usersVersion('old', 'users', 'name');
const newVersion = usersVersion('new', 'users', 'full_name');

type Given = {
  readonly plan: Plan;
  readonly workload: Workload;
  readonly surroundings: Surroundings;
  readonly options: DemoOptions;
};
type Own = Pick<DemoResult, 'phases' | 'workload' | 'verification' | 'rollback'>;

/** The plan under the application: forward through the gate to the end, then all the way back. */
export async function migrate(given: Given): Promise<Own> {
  const { workload, surroundings, options } = given;
  const { tell } = options;
  const phases: Clocked[] = [];
  await measured('idle', 4_000, given);
  return withDomain(surroundings, async ({ domain, target }) => {
    const run = { plan: given.plan, domain, target, ...runWith(given, phases) };
    workload.measures.mark('during');
    await applyPlan({ ...run, consent: { confirm: () => Promise.resolve(undefined) } });
    await deploy(given, phases);
    workload.measures.mark('during');
    const done = await applyPlan(run);
    phaseEnds(phases);
    await measured('after', 1_000, given);
    const verification = await auditNow(given);
    tell({ kind: 'chapter', title: 'And back, after contract' });
    const restored = await takeBack(run, given);
    await workload.stop();
    const end = await workload.audit(oldVersion);
    const lost = end.lostWrites + end.damagedRows;
    for (const text of [...end.samples, ...workload.measures.samples.map((sample) => JSON.stringify(sample))])
      tell({ kind: 'sample', text });
    return {
      phases: phases.map(({ name, ms }) => ({ name, ms: Math.round(ms) })),
      workload: { ...numbers(workload), lostWrites: verification.mismatches + lost },
      verification,
      rollback: {
        schemaRestored: restored.restored?.schema === true && done.state.state === 'done',
        dataRestored: lost === 0,
      },
    };
  });
}

/** Contract first: then both versions work again, the application moves back, and only then the rest is taken back. */
async function takeBack(run: RunOptions, given: Given): Promise<RunResult> {
  const { workload } = given;
  workload.measures.mark('back');
  await rollBack({ ...run, toPhase: 'deploy' });
  workload.switchTo([
    { version: oldVersion, weight: 1 },
    { version: newVersion, weight: 1 },
  ]);
  await measured('back', 1_000, given);
  workload.switchTo([{ version: oldVersion, weight: 1 }]);
  await workload.hold();
  workload.go();
  const result = await rollBack(run);
  await measured('back', 1_000, given);
  return result;
}

async function deploy(given: Given, phases: Clocked[]): Promise<void> {
  const { workload, options } = given;
  phaseEnds(phases);
  phases.push({ name: 'deploy', ms: 0, startMs: performance.now() });
  options.tell({ kind: 'line', text: 'deploy: old and new versions of the application, side by side' });
  workload.switchTo([
    { version: oldVersion, weight: 1 },
    { version: newVersion, weight: 1 },
  ]);
  await measured('mixed', 3_000, given);
  options.tell({ kind: 'line', text: 'deploy: the new version alone' });
  workload.switchTo([{ version: newVersion, weight: 1 }]);
  await measured('new', 1_500, given);
}

/** Nobody writes for a moment, and every row is compared with its last acknowledged write. */
async function auditNow({ workload }: Given): Promise<{ readonly rows: number; readonly mismatches: number }> {
  await workload.hold();
  const audit = await workload.audit(newVersion);
  workload.go();
  return { rows: audit.rows, mismatches: audit.lostWrites + audit.damagedRows };
}

function numbers({ measures }: Workload) {
  const during = measures.over(['during', 'mixed', 'new', 'after', 'back']);
  return {
    queries: measures.queries,
    failed: measures.failed,
    hazards: measures.hazards,
    p99IdleMs: round(measures.over(['idle']).p99Ms),
    p99DuringMs: round(during.p99Ms),
    longestWaitMs: round(during.maxMs),
  };
}

async function measured(window: string, ms: number, { workload, surroundings }: Given): Promise<void> {
  workload.measures.mark(window);
  await surroundings.wait(ms, surroundings.signal);
}

type Clocked = { readonly name: string; ms: number; startMs: number };

function runWith({ surroundings, options }: Given, phases: Clocked[]) {
  return {
    consent: { confirm: () => Promise.resolve({ by: 'the demo', means: 'typed' as const }) },
    surroundings: {
      ...surroundings,
      on: (event: Parameters<Surroundings['on']>[0]) => {
        if (event.kind === 'phase-started' && event.direction === 'forward') {
          phaseEnds(phases);
          phases.push({ name: event.phaseId, ms: 0, startMs: performance.now() });
        }
        options.tell({ kind: 'run', event });
      },
    },
  };
}

function phaseEnds(phases: readonly Clocked[]): void {
  const last = phases.at(-1);
  if (last !== undefined && last.ms === 0) last.ms = performance.now() - last.startMs;
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
