import type { ExecutionContext } from '#core/executor';

/** Between two looks while a guard holds. */
const lookMs = 250;
/** A batch is followed by at most so much rest, however slow the guards want it. */
const restMaxMs = 30_000;

type Obeying = {
  readonly context: Pick<ExecutionContext, 'pace' | 'wait'>;
  readonly signal: AbortSignal;
  /** Hears why it waits, again and again while it does. */
  readonly report: (why: string) => void;
};

/**
 * Does what the guards say after a batch that took `ms`: goes on, rests, or waits for as long as they hold. A hold is
 * bounded by the runner: `pace` then throws. Gives the reason where it was not simply to go on.
 */
export async function obeyPace({ context, signal, report }: Obeying, ms: number): Promise<string | undefined> {
  let pace = await context.pace();
  let held: string | undefined;
  while (pace.kind === 'hold') {
    signal.throwIfAborted();
    held = pace.why;
    report(held);
    await context.wait(lookMs);
    pace = await context.pace();
  }
  if (pace.kind === 'go') return held;
  report(pace.why);
  await context.wait(Math.min(restMaxMs, ms * (pace.factor - 1)));
  return pace.why;
}
