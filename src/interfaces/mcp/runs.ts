import type { Deed } from '#app/deed';
import type { RunProgress } from '#app/progress';
import type { Answer } from '#app/verb';
import type { Json } from '#core/canonical';

/** What a call has when it answers: the end of the run, or a run that goes on. */
export type FirstWord =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'running'; readonly runId: string };

/** The runs that this server has begun. */
export type Runs = {
  /** Begins a run. Resolves when it is over, or goes on for longer than a call waits; rejects with what stops it before. */
  begin(work: (on: (event: RunProgress) => void) => Promise<Answer>): Promise<FirstWord>;
  /** Resolves when none goes on any more. */
  settled(): Promise<void>;
};

/** Short runs are over in this time, and need no second call. */
const waitMs = 2_000;

export function openRuns(wait: (ms: number) => Promise<void>): Runs {
  const going = new Set<Promise<unknown>>();
  return {
    async begin(work) {
      let opened: (runId: string) => void = () => undefined;
      const runId = new Promise<string>((resolve) => {
        opened = resolve;
      });
      const ended = work((event) => {
        if (event.kind === 'run-opened') opened(event.runId);
      });
      const kept = ended.then(
        () => undefined,
        () => undefined,
      );
      going.add(kept);
      kept.finally(() => going.delete(kept));
      return Promise.race([
        ended.then((answer): FirstWord => ({ kind: 'answer', answer })),
        runId.then((id) => wait(waitMs).then((): FirstWord => ({ kind: 'running', runId: id }))),
      ]);
    },
    settled: async () => {
      await Promise.all(going);
    },
  };
}

/** What there is to say of a run that has just begun. */
export function runningAnswer({ verb, plan }: Deed, runId: string): Json {
  return {
    runId,
    planHash: plan.planHash,
    planId: plan.id,
    state: verb === 'rollback' ? 'rolling-back' : 'running',
  };
}
