import { assert } from '#core/assert';
import type { Domain } from '#core/domain';
import { isFailure } from '#core/error';
import type { Action } from '#core/plan';
import type { Check } from '#core/report';
import { partsOf } from '#run/parts';
import type { Surroundings } from './verb.ts';

/** One thing to measure: what it is called, and the checking action. */
export type Measurement = { readonly id: string; readonly title: string; readonly action: Action };

/** Measures without the lease, so that nothing can be changed and a runner at work is not disturbed. */
export async function measure(
  measurement: Measurement,
  place: { readonly domain: Domain; readonly runId: string; readonly surroundings: Surroundings },
): Promise<Check> {
  const { id, title, action } = measurement;
  const details: string[] = [];
  let ok = true;
  try {
    for (const part of partsOf(action).filter(({ kind }) => kind !== 'none')) {
      const executor = place.domain.executors.find(({ kind }) => kind === part.kind);
      assert(executor !== undefined, `no executor for ${part.kind}`);
      const outcome = await executor.execute(part, contextOf(id, place));
      ok = ok && outcome.ok;
      details.push(outcome.detail);
    }
  } catch (error) {
    // A measurement that does not hold may say so with a code of its own: that is an answer too.
    if (!isFailure(error) || !['verification-failed', 'duplicates', 'drift', 'step-failed'].includes(error.code))
      throw error;
    return { id, ok: false, detail: `${title}: ${error.message}`, next: error.explanation.next };
  }
  return { id, ok, detail: `${title}: ${details.join('; ') || 'nothing to measure'}` };
}

function contextOf(
  id: string,
  { runId, surroundings }: { readonly runId: string; readonly surroundings: Surroundings },
): Parameters<Domain['executors'][number]['execute']>[1] {
  const { signal } = surroundings;
  return {
    runId,
    deed: `${id}#verify`,
    direction: 'check',
    signal,
    progress: (progress) => surroundings.on({ kind: 'step-progress', stepId: id, direction: 'forward', progress }),
    pace: () => Promise.resolve({ kind: 'go' }),
    exception: () => Promise.resolve(),
    wait: (ms) => surroundings.wait(ms, signal),
    now: () => surroundings.monotonicMs(),
  };
}
