import type { Severity } from '#core/finding';
import type { LintContext, LintOptions } from './lint/context.ts';
import type { Effects } from './lint/effects/effects.ts';
import type { LiveFacts } from './lint/live-facts.ts';
import type { LockMode } from './lint/lock-mode.ts';
import type { Unit } from './lint/unit.ts';

/** An example of a rule: SQL that runs on the schema of `lint/example-schema.ts`. Tests run every one on real servers. */
export type RuleExample = {
  readonly sql: string;
  /** What has to be there before the migration besides that schema. */
  readonly given?: string;
  /** Majors of PostgreSQL on which it can be run, where not on all that are supported. */
  readonly from?: number;
  readonly until?: number;
  /** The whole runs in one transaction; left out, each statement commits as psql would. */
  readonly inTransaction?: boolean;
  /** For `bad`, how many findings of the rule it has; 1 where nothing is said. */
  readonly findings?: number;
  /** What the server does here, where that is not what the rule claims of most examples. */
  readonly claim?: Claim;
  /** What the running server says, where the rule asks it; the rest of the facts are those of a quiet server. */
  readonly live?: Partial<LiveFacts>;
  /** What the configuration says, where the rule asks it. */
  readonly options?: LintOptions;
  /** The path of its file, and those of the files that ran before it, where a rule is about them. */
  readonly path?: string;
  readonly earlier?: readonly string[];
  /** What cannot be run on a server, and why: it is only linted. */
  readonly notRun?: string;
};

/** What a server does when a rule's bad example is run; the tests compare it with what the server did. */
export type Claim = {
  /** The strongest lock on a relation that was there before; undefined where none stronger than ROW EXCLUSIVE is taken. */
  readonly lock?: LockMode;
  /** Relations are written anew; every row of one is read; an index is built on one. */
  readonly rewrite?: boolean;
  readonly scan?: boolean;
  readonly build?: boolean;
  /** SQLSTATE with which it fails, on a table with rows. */
  readonly fails?: string;
  /** Majors on which it holds, where not on all that are supported. */
  readonly from?: number;
  readonly until?: number;
};

/** A place where a rule fires. */
export type Hit = {
  /** What happens, with the user's own names: one or two sentences. */
  readonly message: string;
  /** Byte location of the node that is meant (`ColumnDef.location`); the unit where nothing is said. */
  readonly at?: number | undefined;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  readonly instead?: string;
  /** Where the effects of the unit are not those of the hit. */
  readonly effects?: Partial<Effects>;
  /** One statement that can take the place of the unit's whole statement. */
  readonly fix?: string;
  /** Tables it is about, where the unit locks none. */
  readonly tables?: readonly string[];
};

/** Names that other tools have for a rule. */
export type Aliases = Readonly<
  Partial<
    Record<
      | 'squawk'
      | 'eugene'
      | 'strong_migrations'
      | 'atlas'
      | 'pg-schema-diff'
      | 'MigrationPilot'
      | 'pgsafe'
      | 'pgfence'
      | 'spirit'
      | 'others',
      readonly string[]
    >
  >
>;

/** One thing that can go wrong in a migration. */
export interface Rule {
  /** `pg/index-not-concurrent`; the name of its file. */
  readonly id: string;
  readonly severity: Severity;
  /** What is noticed, in half a sentence. */
  readonly summary: string;
  readonly why: string;
  readonly instead: string;
  readonly aliases: Aliases;
  /** What it has to know; `live` wants a connection. */
  readonly needs: 'static' | 'schema' | 'live' | 'trace';
  /** Off unless the configuration turns it on. */
  readonly isOptIn?: boolean;
  /** What the server does; several where it differs between majors; none where the rule makes no claim about the server. */
  readonly claims: readonly Claim[];
  /** Each must be reported: these are its tests and its manual page. */
  readonly bad: readonly RuleExample[];
  readonly good: readonly RuleExample[];
  /** It has nothing to say where one of these rules has found that the statement fails. */
  readonly unless?: readonly string[];
  /** Kinds of units that it looks at; `*` for all. */
  readonly on: readonly string[];
  /** Kinds of units without which a file has nothing for `checkFile`, where there are such; it is called for every other. */
  readonly onFileWith?: readonly string[];
  /** `context.catalog` is what is there before the unit. */
  check(unit: Unit, context: LintContext): readonly Hit[];
  /** Looks at a whole file after its last statement; each hit says at which unit. */
  checkFile?(units: readonly Unit[], context: LintContext): readonly (Hit & { readonly unit: Unit })[];
}
