import type { Progress } from '#core/executor';
import type { Finding } from '#core/finding';

/** A command to run: a line for the shell, as the configuration gives it, or a program with its arguments. */
export type Command =
  | { readonly kind: 'shell'; readonly line: string }
  | { readonly kind: 'program'; readonly file: string; readonly args: readonly string[]; readonly input?: string };

/** What a command left behind. `output` and `errors` hold at most the last 16 KiB each. */
export type CommandResult = { readonly exitCode: number; readonly output: string; readonly errors: string };

export type RunCommand = (command: Command, signal: AbortSignal) => Promise<CommandResult>;

/** All that the runner takes from the machine it runs on: brought in, so that tests can drive it. */
export type Surroundings = {
  /** Version of godwit, journaled at the start of a run. */
  readonly version: string;
  /** Who runs it, for the journal, e.g. `ada@build-7`. Never a credential. */
  readonly who: string;
  /** Wall clock, ISO 8601 in UTC. */
  now(): string;
  /** Milliseconds from a clock that never goes back. */
  monotonicMs(): number;
  /** Resolves after `ms`; rejects with `signal.reason` when aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** A fresh id, unique for all time, of letters, digits and `-`. */
  randomId(): string;
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
  /** Hears what happens, as it happens. Must not throw. */
  on(event: RunProgress): void;
  readonly runCommand: RunCommand;
  /** A folder for files that are removed again, e.g. `os.tmpdir()`. */
  readonly temporaryDirectory: string;
};

export type Direction = 'forward' | 'back';

/** What the interfaces hear of a run while it goes on. Not the journal: nothing here is kept. */
export type RunProgress =
  | { readonly kind: 'run-opened'; readonly runId: string; readonly direction: Direction; readonly resumed: boolean }
  | { readonly kind: 'phase-started'; readonly phaseId: string; readonly title: string; readonly direction: Direction }
  | {
      readonly kind: 'step-started';
      readonly phaseId: string;
      readonly stepId: string;
      readonly title: string;
      readonly direction: Direction;
      readonly part: number;
      readonly parts: number;
    }
  | {
      readonly kind: 'step-progress';
      readonly stepId: string;
      readonly direction: Direction;
      readonly progress: Progress;
    }
  | {
      readonly kind: 'step-done';
      readonly stepId: string;
      readonly direction: Direction;
      readonly part: number;
      readonly parts: number;
      readonly ms: number;
      readonly detail: string;
    }
  | { readonly kind: 'step-verified'; readonly stepId: string; readonly ok: boolean; readonly detail: string }
  | { readonly kind: 'step-undone'; readonly stepId: string }
  | { readonly kind: 'held'; readonly why: string; readonly heldMs: number }
  | { readonly kind: 'exception'; readonly stepId: string; readonly message: string }
  | { readonly kind: 'gate-reached'; readonly gate: string; readonly needs: string }
  | {
      readonly kind: 'evidence';
      readonly gate: string;
      readonly id: string;
      readonly title: string;
      readonly ok: boolean;
      /** False where it could not be measured, so that only a person's word can cover it. */
      readonly isReadable: boolean;
      readonly detail: string;
      readonly findings: readonly Finding[];
    }
  | {
      readonly kind: 'command';
      readonly gate: string;
      readonly name: 'check' | 'test' | 'revert';
      readonly line: string;
      readonly exitCode: number;
    }
  | { readonly kind: 'gate-passed'; readonly gate: string; readonly by: string }
  | { readonly kind: 'gate-reopened'; readonly gate: string; readonly needs: string }
  | { readonly kind: 'notice'; readonly message: string }
  /** How far a verb is that is no run. */
  | { readonly kind: 'working'; readonly what: string; readonly progress: Progress; readonly elapsedMs: number };
