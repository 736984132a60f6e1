import type { Domain } from '#core/domain';
import type { Finding } from '#core/finding';
import type { Plan } from '#core/plan';
import type { Rehearsal, Restored } from '#core/report';
import type { RunState } from '#core/run-state';
import type { Approval } from './approval.ts';
import type { Consent } from './consent.ts';
import type { Surroundings } from './surroundings.ts';
import type { Target } from './target.ts';

/** The commands that the configuration names for a deploy gate, as lines for the shell. */
export type DeployCommands = {
  /** Is the application well? Runs before the gate is passed. */
  readonly check?: string | undefined;
  /** The application's tests. Runs after `check`. */
  readonly test?: string | undefined;
  /** Brings the application back to its old version. Safe to run twice: after a crash it is. */
  readonly revert?: string | undefined;
};

/** A backup in evidence: when it was taken (ISO 8601), and what it is. */
export type Backup = { readonly at: string; readonly what: string };

/** What stands beside the plan when it is to be applied. */
export type Prerequisites = {
  readonly rehearsal?: Rehearsal | undefined;
  readonly backup?: Backup | undefined;
  /** A signed approval that travels as a file; a typed one is in the target's journal. */
  readonly approval?: Approval | undefined;
  /** Path of the `allowed_signers` file (ssh-keygen(1)) that the configuration names. */
  readonly allowedSigners?: string | undefined;
};

export type RunLimits = {
  /** Longest unbroken hold by a guard before the run is paused. */
  readonly holdMaxMs: number;
  readonly heartbeatMs: number;
  /** A guard's reading is shared for so long. */
  readonly paceFreshMs: number;
};
export const defaultLimits: RunLimits = { holdMaxMs: 600_000, heartbeatMs: 1_000, paceFreshMs: 500 };

export type RunOptions = {
  readonly plan: Plan;
  readonly domain: Domain;
  readonly surroundings: Surroundings;
  readonly target: Target;
  readonly consent: Consent;
  readonly prerequisites?: Prerequisites | undefined;
  readonly deploy?: DeployCommands | undefined;
  /** Forward: stop after this phase. Back: undo everything later than this phase. */
  readonly toPhase?: string | undefined;
  readonly limits?: Partial<RunLimits> | undefined;
};

/** Where a run stands when the runner lets go of it. */
export type RunResult = {
  readonly runId: string;
  readonly planHash: string;
  readonly state: RunState;
  /** What the target's policy advises and was not there. */
  readonly findings: readonly Finding[];
  /** After a whole rollback: whether the origin is back. */
  readonly restored?: Restored;
};

/** What `apply` or `rollback` would do, in order. Nothing was changed to find out. */
export type DryRun = {
  readonly runId: string | undefined;
  readonly direction: 'forward' | 'back';
  readonly steps: readonly DryStep[];
  /** What it would warn of. */
  readonly findings?: readonly Finding[];
};
export type DryStep = {
  readonly phaseId: string;
  /** Undefined for a gate. */
  readonly stepId: string | undefined;
  readonly title: string;
  readonly state: 'done' | 'to-do' | 'half-done' | 'gate';
};
