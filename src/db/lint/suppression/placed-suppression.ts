import type { Finding } from '#core/finding';
import type { Comment } from '../text/comments.ts';
import type { RuleNames } from './rule-names.ts';
import type { MalformedComment, SuppressionComment } from './suppression-comment.ts';

/** A stretch of a text in UTF-16 code units. */
export type Stretch = { readonly start: number; readonly end: number };

/** What is known of a file whose findings may be silenced by its comments. */
export type SuppressionRequest = {
  readonly text: string;
  readonly file: string;
  /** Statements in their order; comments and white space at their beginning do not matter. */
  readonly statements: readonly Stretch[];
  /**
   * The parts of the file that were looked at, where not all of it was (the way down of a migration is not): comments
   * about statements elsewhere are left alone.
   */
  readonly parts?: readonly Stretch[];
  readonly findings: readonly Finding[];
  readonly names: RuleNames;
  /**
   * Rules that were run, where not all were (some need a connection, some are off): a comment that names only others is
   * not called unused.
   */
  readonly wasRun?: (rule: string) => boolean;
};

/** A suppression at its place; `over` is what it holds for. */
export type PlacedSuppression = {
  readonly comment: Comment;
  readonly said: SuppressionComment;
  readonly over: Stretch | undefined;
};

/** A suppression comment with what became of it. */
export type JudgedSuppression =
  | { readonly comment: Comment; readonly said: MalformedComment; readonly unknown: readonly string[] }
  | {
      readonly comment: Comment;
      readonly said: SuppressionComment;
      /** Names that mean no rule, and names of rules of which it silences nothing. */
      readonly unknown: readonly string[];
      readonly idle: readonly string[];
      readonly isUsed: boolean;
    };
