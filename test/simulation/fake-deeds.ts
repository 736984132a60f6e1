import * as z from 'zod';
import type { ExecutionContext, Executor, Outcome } from '#core/executor';
import type { Action } from '#core/plan';
import { replay } from '#core/run-state';
import { partsOf } from '#run/parts';
import type { FakeProcess, FakeWorld } from '../support/fake-world.ts';

/** Sets a value and keeps the old one under `keep`; back: brings the old one back where one was kept. */
const putSchema = z.object({ kind: z.literal('put'), key: z.string(), value: z.number(), keep: z.string() });
const takeSchema = z.object({ kind: z.literal('take'), key: z.string(), keep: z.string() });
/** Adds 1 in each of `batches` transactions, each with its checkpoint: neither may happen twice. */
const addSchema = z.object({ kind: z.literal('add'), key: z.string(), batches: z.number(), keep: z.string() });
const subtractSchema = z.object({ kind: z.literal('subtract'), key: z.string(), keep: z.string() });
/** Checks a value, or which application runs. */
const expectSchema = z.object({ kind: z.literal('expect'), key: z.string(), value: z.number() });

/** Executors that really change the fake world, and say when the runner breaks a rule. */
export function fakeDeeds(world: FakeWorld, process: () => FakeProcess): readonly Executor[] {
  const deed = (kind: string, execute: (action: Action, context: ExecutionContext) => void): Executor => ({
    kind,
    execute: async (action, context): Promise<Outcome> => {
      process().point(`before ${context.deed} ${context.direction}`);
      checkJournaled(world, context);
      const failure = world.failing.get(`${context.deed} ${context.direction}`);
      if (failure !== undefined) throw failure;
      execute(action, context);
      process().point(`after ${context.deed} ${context.direction}`);
      return { ok: true, detail: `${kind} done` };
    },
  });
  return [
    deed('put', (action) => put(world, process(), putSchema.parse(action))),
    deed('take', (action) => take(world, process(), takeSchema.parse(action))),
    deed('add', (action, context) => add(world, process(), { ...addSchema.parse(action), context })),
    deed('subtract', (action) => subtract(world, process(), subtractSchema.parse(action))),
    {
      kind: 'expect',
      execute: async (action, context) => {
        process().point(`before checking ${context.deed}`);
        const failure = world.failing.get(`${context.deed} ${context.direction}`);
        if (failure !== undefined) throw failure;
        const { key, value } = expectSchema.parse(action);
        const found = world.values.get(key) ?? 0;
        return { ok: found === value, detail: `${key} is ${found}, wanted ${value}` };
      },
    },
    {
      kind: 'expect-new-application',
      execute: async () => ({ ok: world.application === 'new', detail: `the ${world.application} application runs` }),
    },
  ];
}

function put(world: FakeWorld, process: FakeProcess, { key, value, keep }: z.infer<typeof putSchema>): void {
  if (world.kept.has(keep)) return;
  transaction(world, process, () => {
    if (world.kept.has(keep)) return;
    world.kept.set(keep, world.values.get(key));
    world.values.set(key, value);
  });
}

function take(world: FakeWorld, process: FakeProcess, { key, keep }: z.infer<typeof takeSchema>): void {
  if (!world.kept.has(keep)) return;
  transaction(world, process, () => {
    if (!world.kept.has(keep)) return;
    const old = world.kept.get(keep);
    if (old === undefined) world.values.delete(key);
    else world.values.set(key, old);
    world.kept.delete(keep);
  });
}

function add(
  world: FakeWorld,
  process: FakeProcess,
  { key, batches, keep, context }: z.infer<typeof addSchema> & { readonly context: ExecutionContext },
): void {
  for (let batch = 0; batch < batches; batch += 1) {
    const checkpoint = `${context.runId} ${context.deed} ${batch}`;
    transaction(world, process, () => {
      if (world.checkpoints.has(checkpoint)) return;
      world.checkpoints.add(checkpoint);
      world.kept.set(keep, (world.kept.get(keep) ?? 0) + 1);
      world.values.set(key, (world.values.get(key) ?? 0) + 1);
    });
  }
}

function subtract(world: FakeWorld, process: FakeProcess, { key, keep }: z.infer<typeof subtractSchema>): void {
  while ((world.kept.get(keep) ?? 0) > 0) {
    transaction(world, process, () => {
      const left = world.kept.get(keep) ?? 0;
      if (left === 0) return;
      world.kept.set(keep, left - 1);
      world.values.set(key, (world.values.get(key) ?? 0) - 1);
    });
  }
  world.kept.delete(keep);
}

/**
 * A transaction that the process may not live to see committed: every second time its backend lives on and commits
 * later, before the next runner has the lease.
 */
function transaction(world: FakeWorld, process: FakeProcess, change: () => void): void {
  try {
    process.point('in the middle of a transaction');
  } catch (crash) {
    if (world.pointsMet % 2 === 0) world.leftRunning.push(change);
    throw crash;
  }
  change();
}

/** The rule of the house: the journal says beforehand what is about to be done, and that all before it is done. */
function checkJournaled(world: FakeWorld, context: ExecutionContext): void {
  const [stepId = '', rest = ''] = context.deed.split('#');
  const part = Number.parseInt(rest, 10);
  const entries = world.journals.get(context.runId) ?? [];
  const started = entries.filter(({ event }) => event.kind === 'step-started').at(-1)?.event;
  const isSaid =
    started?.kind === 'step-started' &&
    started.stepId === stepId &&
    started.part === part &&
    started.direction === context.direction;
  if (!isSaid) world.breaches.push(`${context.deed} ${context.direction} was done before it was journaled`);
  const step = replay(entries).steps[stepId];
  const done = (context.direction === 'forward' ? step?.doneParts : step?.undoneParts) ?? [];
  const missing = Array.from({ length: part }, (_, index) => index).filter((index) => !done.includes(index));
  if (done.includes(part)) world.breaches.push(`${context.deed} was done again, though the journal says it is done`);
  if (missing.length > 0) world.breaches.push(`${context.deed} was done before its parts ${missing.join(', ')}`);
  if (stepId.startsWith('expand') && context.direction === 'back' && world.application === 'new') {
    world.breaches.push(`${context.deed} was taken back while the new application needs it`);
  }
}

/** The opposite of an action: what takes it back from whatever state it is in. */
export function oppositeOf(action: Action): Action {
  const opposites = partsOf(action).map((part): Action => {
    const { key = '', keep = '' } = part;
    if (part.kind === 'put') return { kind: 'take', key, keep };
    if (part.kind === 'add') return { kind: 'subtract', key, keep };
    return { kind: 'none' };
  });
  const [only] = opposites;
  return opposites.length === 1 && only !== undefined ? only : { kind: 'sequence', actions: opposites.reverse() };
}
