import type { Finding } from '#core/finding';
import type { Gate } from '#core/plan';
import type { Direction } from './surroundings.ts';

/** Somebody's word that a gate may be passed. `by` names them for the journal. */
export type Confirmation = { readonly by: string; readonly means: 'typed' | 'flag' | 'approval' };

/** One measurement at a gate. `unreadable` when it could not be measured: then only consent can cover it. */
export type EvidenceResult = {
  readonly id: string;
  readonly title: string;
  readonly state: 'holds' | 'missing' | 'unreadable';
  readonly detail: string;
  readonly findings: readonly Finding[];
};

/** What an interface shows to the person it asks. */
export type GateQuestion = {
  readonly gate: Gate;
  readonly direction: Direction;
  readonly target: string;
  readonly evidence: readonly EvidenceResult[];
};

/** Brings in what somebody has said: an input of the interface, never a field of a verb's input. */
export interface Consent {
  /** Gates for which the word was given beforehand, by name. */
  readonly given?: readonly string[];
  /** True where nobody is there to answer a question that may be passed over: it is then not asked. */
  readonly isNobodyThere?: boolean;
  /** The word for this gate, or undefined when nobody has given it. Asked only when all else at the gate holds. */
  confirm(question: GateQuestion, signal: AbortSignal): Promise<Confirmation | undefined>;
}

/** Nobody to ask, and nothing said. */
export const noConsent: Consent = { isNobodyThere: true, confirm: () => Promise.resolve(undefined) };
