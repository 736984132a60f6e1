import type { Finding } from '#core/finding';
import type { Action, PlanDraft } from '#core/plan';
import { editsNeeded } from '../upgrade/edits-needed.ts';

export type MeasuredGate = {
  readonly id: string;
  /** In a few words: `the move`. */
  readonly what: string;
  /** What a person has to edit before. */
  readonly open: readonly Finding[];
  /** What the measurement has to know. */
  readonly known?: Omit<Action, 'kind'>;
};

/** The gate behind a change of the tree: nothing that was measured before may be worse. Pure. */
export function measuredGate({ id, what, open, known = {} }: MeasuredGate): PlanDraft['phases'][number] {
  return {
    id,
    kind: 'deploy',
    title: `Gate of ${what}`,
    gate: {
      id,
      needs:
        open.length === 0
          ? 'Nothing is known that a person has to edit. Where the gate shows something, mend it on the branch.'
          : editsNeeded(what, open),
      needsBack: '',
      needsWord: false,
      evidence: [
        {
          id: 'no-worse',
          title: 'types, build, lint, tests and escapes are no worse than before',
          action: { kind: 'code/gate', ...known },
        },
      ],
    },
    steps: [],
  };
}
