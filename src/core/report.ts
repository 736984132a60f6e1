import type { Finding, Severity } from './finding.ts';
import type { FindingsSummary } from './findings-summary.ts';
import type { Plan, Timing } from './plan.ts';
import type { RunState } from './run-state.ts';

/** One line of a check list: doctor, verify, a dry run. */
export type Check = {
  readonly id: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly next?: string;
  /** It has not been done yet, so that there is nothing to judge. */
  readonly isToCome?: boolean;
};

/** A rehearsal's measurements of one step. */
export type RehearsedStep = {
  readonly id: string;
  readonly ms: number;
  readonly locks: readonly { readonly relation: string; readonly mode: string; readonly heldMs: number }[];
  readonly rewrites: readonly string[];
  readonly scans: readonly string[];
  readonly longestWaitMs: number;
};

/** Bound to a plan by its hash; stands beside it as rehearsal.json. */
export type Rehearsal = {
  readonly planHash: string;
  readonly ok: boolean;
  readonly server: string;
  readonly rows: number;
  readonly at: string;
  readonly steps: readonly RehearsedStep[];
  readonly findings: readonly Finding[];
};

/** What `rollback` can say of the return. */
export type Restored = { readonly schema: boolean; readonly data: boolean; readonly exceptions: readonly string[] };

/** All that a run could not do as planned or could not bring back, each once. */
export function exceptionsOf({ state, restored }: Extract<Report, { readonly kind: 'run' }>): readonly string[] {
  return [...new Set([...state.exceptions, ...(restored?.exceptions ?? [])])];
}

/** What a linter says of one of its rules, for formats that list the rules. */
export type RuleMeaning = {
  /** One sentence: what it finds. */
  readonly summary: string;
  readonly why: string;
  readonly instead?: string;
  /** What it has where no configuration says another. */
  readonly severity?: Severity;
  /** Where more is written: a URL, or a path. */
  readonly docs?: string;
};

/** A finding that is not held against the user: a comment in the file says so, it stands in the baseline, or the plan answers it. */
export type SilencedFinding = {
  readonly finding: Finding;
  readonly by: 'comment' | 'baseline' | 'plan';
  /** Why, in the words of the comment, or how the plan has seen to it. */
  readonly reason?: string;
};

/** Findings of any source. The optional parts are of a linter; with `sources` the findings are shown in code frames. */
export type FindingsReport = {
  readonly kind: 'findings';
  readonly title: string;
  readonly findings: readonly Finding[];
  /** Text of each file that was looked at, by its path as in `finding.file`. */
  readonly sources?: Readonly<Record<string, string>>;
  readonly summary?: FindingsSummary;
  /** Least severity that fails the run. */
  readonly failOn?: Severity | 'never';
  /** The rules by id. */
  readonly rules?: Readonly<Record<string, RuleMeaning>>;
  readonly silenced?: readonly SilencedFinding[];
  /** What the reader should know beside the findings: what was not looked into, what was assumed. */
  readonly notices?: readonly string[];
};

/** An answer, before any format is chosen. */
export type Report =
  | { readonly kind: 'plan'; readonly plan: Plan; readonly rehearsal?: Rehearsal }
  | {
      readonly kind: 'run';
      readonly plan: Plan;
      readonly runId: string;
      readonly state: RunState;
      readonly restored?: Restored;
      readonly timings: readonly Timing[];
    }
  | { readonly kind: 'checks'; readonly title: string; readonly checks: readonly Check[] }
  | FindingsReport;
