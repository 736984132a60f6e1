import type { Plan } from '#core/plan';
import type { RunProgress } from '#run/surroundings';
import type { Surroundings } from '../verb.ts';

/** What another way of renaming did to the same application. */
export type Rival = { readonly failed: number; readonly lostWrites: number };

/** What the demo measured; the document of `godwit demo --json`. */
export type DemoResult = {
  readonly planHash: string;
  readonly phases: readonly { readonly name: string; readonly ms: number }[];
  readonly workload: {
    readonly queries: number;
    readonly failed: number;
    readonly hazards: number;
    readonly lostWrites: number;
    readonly p99IdleMs: number;
    readonly p99DuringMs: number;
    readonly longestWaitMs: number;
  };
  readonly textbook: Rival;
  readonly plainRename: Rival;
  readonly verification: { readonly rows: number; readonly mismatches: number };
  readonly rollback: { readonly schemaRestored: boolean; readonly dataRestored: boolean };
};

/** What the screen hears. */
export type DemoNews =
  | { readonly kind: 'chapter'; readonly title: string }
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'run'; readonly event: RunProgress }
  | { readonly kind: 'sample'; readonly text: string };

export type DemoOptions = {
  readonly rows: number;
  readonly connections: number;
  /** Operations per second of the application. */
  readonly rate: number;
  readonly seed: number;
  readonly surroundings: Surroundings;
  tell(news: DemoNews): void;
};

export const intent = 'ALTER TABLE users RENAME COLUMN name TO full_name';
