import type { Finding } from '#core/finding';
import type { Step } from '#core/plan';
import type { Change, ChangeOf } from './diff.ts';
import type { Capabilities, Rights } from './driver.ts';
import type { Edit, EditKind } from './edit.ts';
import type { Look } from './look.ts';
import type { QualifiedName, Snapshot } from './schema.ts';
import type { Spelling } from './spelling.ts';
import type { Target } from './target.ts';

/**
 * Where a step stands within its phase; steps of one stage keep the order of their changes. Per phase, in order:
 * prepare: `check`; expand: `create loosen add shadow view`; migrate: `backfill data index prove`;
 * contract: `rename-table swap tighten data drop`.
 */
export type Stage = (typeof stages)[number];
export const stages = [
  'check',
  'create',
  'loosen',
  'add',
  'shadow',
  'view',
  'rename-table',
  'swap',
  'tighten',
  'backfill',
  'data',
  'index',
  'prove',
  'drop',
] as const;

/** A step before the plan gives it its id. `slug` is kebab-case. */
export type StepDraft = Omit<Step, 'id'> & { readonly slug: string; readonly stage: Stage };

/**
 * What one change asks of the plan, phase by phase. The plan puts the drafts of all changes together in a fixed order
 * (see plan.ts), so that:
 * - in `prepare`, `expand` and `migrate` every table and column that exists already goes by the name it has now;
 * - `contract` begins with table renames, then column swaps and renames; all its other steps use the final names.
 */
export type Draft = {
  readonly prepare?: readonly StepDraft[];
  readonly expand?: readonly StepDraft[];
  readonly migrate?: readonly StepDraft[];
  readonly contract?: readonly StepDraft[];
  /** Sentences on what the application must do at the deploy gate. A plan without any has no deploy phase. */
  readonly deployNeeds?: readonly string[];
  readonly deployNeedsBack?: readonly string[];
  /** Old names that must be out of use before contract. */
  readonly retires?: readonly { readonly table: QualifiedName; readonly column?: string }[];
  readonly risks?: readonly Finding[];
  /** Rows of now that would be in the way. Never part of the plan: what is found is true of the moment only. */
  readonly looks?: readonly Look[];
};

/** What planning may know. Everything in it is data. */
export type PlanContext = {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly changes: readonly Change[];
  readonly target: Target;
  readonly spelling: Spelling;
  readonly can: Capabilities;
  readonly rights: Rights;
  /** Eight hex digits from intent and origin: makes the names of our own objects unique to this plan. */
  readonly tag: string;
  readonly limits: PlanLimits;
  /** Schemas in which names in the user's expressions are looked up. */
  readonly searchPath: readonly string[];
};

export type PlanLimits = {
  readonly lockTimeoutMs: number;
  readonly statementTimeoutMs: number;
  readonly indexDeadlineMs: number;
  readonly workers: number;
  readonly batchTargetMs: number;
  /** A table up to this size may be rewritten under its lock, within statementTimeoutMs. */
  readonly rewriteBytesMax: number;
};

/** An example that is a test and a page of the manual at once. */
export type OperationExample = {
  readonly title: string;
  /** SQL that sets the stage. */
  readonly setup: string;
  readonly sql: string;
  /** Plain SQL that makes the same of an empty system, where `sql` alone does not: it leans on a transformation. */
  readonly equals?: string;
  /** Values come out differently each time, so that rows are compared only with what they were before. */
  readonly isRandom?: boolean;
  /** Ids of risks that the plan must name. */
  readonly names?: readonly string[];
  /** Error code with which it is refused. */
  readonly refused?: string;
  /** The first major version that has what it says, where that is not the oldest. */
  readonly since?: number;
};

/** One kind of change: how it looks on an empty system, and how it is made on a live one. */
export interface Operation<K extends EditKind = EditKind> {
  readonly id: K;
  readonly summary: string;
  readonly examples: readonly OperationExample[];
  /** The target after this edit, as on an empty system. Throws unknown-object, name-taken, unsafe-change or not-built. */
  simulate(target: Target, edit: Extract<Edit, { readonly kind: K }>, said: Said): Target;
  /** The online way. Absent where another operation's change covers it. */
  plan?(change: ChangeOf<K>, context: PlanContext): Draft;
}

/** An operation of any kind, as the shelf holds it: the caller hands it edits and changes of its own kind only. */
export interface AnyOperation extends Pick<Operation, 'id' | 'summary' | 'examples'> {
  simulate(target: Target, edit: Edit, said: Said): Target;
  plan?(change: Change, context: PlanContext): Draft;
}

/** What was said around an edit. `place` counts the edits of the intent from 0. */
export type Said = {
  readonly text: string;
  readonly place: number;
  readonly up: string | undefined;
  readonly down: string | undefined;
};
