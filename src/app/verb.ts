import type { z } from 'zod';
import type { Json } from '#core/canonical';
import type { ExitCode } from '#core/error';
import type { Progress } from '#core/executor';
import type { Report } from '#core/report';
import type { Config } from './config.ts';

/** What a verb answers: the document for `--json`, the report for people, and the exit code. */
export type Answer = { readonly json: Json; readonly report: Report; readonly exit: ExitCode };

/** News of a long run, for progress lines and live regions. */
export type News =
  | { readonly kind: 'phase'; readonly phase: string; readonly title: string }
  | {
      readonly kind: 'step-started';
      readonly stepId: string;
      readonly title: string;
      readonly direction: 'forward' | 'back';
    }
  | {
      readonly kind: 'step-done';
      readonly stepId: string;
      readonly title: string;
      readonly direction: 'forward' | 'back';
      readonly ms: number;
      readonly detail: string;
    }
  | { readonly kind: 'progress'; readonly stepId: string; readonly progress: Progress }
  | { readonly kind: 'gate'; readonly gate: string; readonly needs: string }
  | { readonly kind: 'note'; readonly text: string };

/**
 * Consent is brought by an interface and by nothing else: a person at a terminal, an elicitation, a signature. No verb's
 * input holds it.
 */
export interface ConsentBringer {
  /** Has a person said that the gate may be passed? Undefined when nobody can be asked here. */
  confirmGate(gate: string, needs: string, evidence: readonly string[]): Promise<string | undefined>;
  /** Asks an ordinary question (`--yes` answers it). */
  confirm(question: string): Promise<boolean>;
}

/** All that a verb may know of the world. Nothing else is global. */
export type Surroundings = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly config: Config;
  readonly version: string;
  readonly signal: AbortSignal;
  readonly consent: ConsentBringer;
  /** ISO time of day. */
  clock(): string;
  /** Monotonic milliseconds. */
  now(): number;
  wait(ms: number, signal: AbortSignal): Promise<void>;
  randomId(): string;
  on(news: News): void;
};

/** An example that stands in the help text and the manual, and is run by the tests. */
export type VerbExample = { readonly command: string; readonly says: string };

/** A question that every interface can ask. */
export interface Verb<I = unknown> {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly examples: readonly VerbExample[];
  /** Read-only verbs use read-only transactions and may be called by anybody. */
  readonly isReadOnly: boolean;
  /** Field of the input that a bare argument fills, e.g. `intent` or `plan`. */
  readonly argument?: string;
  readonly input: z.ZodType<I>;
  execute(input: I, surroundings: Surroundings): Promise<Answer>;
}
