/** Process exit codes. */
export const exitCodes = {
  done: 0,
  error: 1,
  findings: 2,
  approval: 3,
  drift: 4,
  paused: 5,
  verification: 6,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Every code that can stop godwit, with its exit code and what it means in general (`godwit explain CODE`). */
export const errorCodes = {
  'bad-input': { exit: 1, means: 'An argument, flag or file is not of the form that the verb takes.' },
  'sql-syntax': { exit: 1, means: 'The SQL of the intent does not parse.' },
  'unknown-object': { exit: 1, means: 'The intent names a table, column, index or constraint that is not there.' },
  'name-taken': { exit: 1, means: 'The intent wants to create or rename to a name that already exists.' },
  'not-built': {
    exit: 1,
    means: 'This kind of change cannot be planned by godwit yet; it is refused, never passed through.',
  },
  'nothing-to-do': { exit: 0, means: 'The intent changes nothing: the database is as it wants already.' },
  'unsafe-change': { exit: 1, means: 'The change cannot be made without stopping the application or losing data.' },
  'plan-unreadable': { exit: 1, means: 'plan.json is missing or is not a plan.' },
  'plan-edited': { exit: 4, means: 'plan.json was changed after it was made: its hash no longer fits.' },
  'plan-exists': { exit: 1, means: 'A different plan already stands in that folder.' },
  drift: { exit: 4, means: 'The objects that the plan touches are no longer as they were when it was made.' },
  'no-target': { exit: 1, means: 'No database was named.' },
  'connect-failed': { exit: 1, means: 'The server could not be reached.' },
  'login-failed': { exit: 1, means: 'The server refused the user or password, or the database does not exist.' },
  'connection-lost': { exit: 1, means: 'The server went away in the middle; the journal is safe.' },
  pooler: { exit: 1, means: 'The connection goes through a transaction pooler; the runner needs a direct one.' },
  'rights-missing': { exit: 1, means: 'The role lacks a right that the plan needs.' },
  'no-solution': { exit: 1, means: 'No versions of packages exist that fit together as is wished.' },
  'registry-failed': {
    exit: 1,
    means: 'A package registry could not be reached or refused, and nothing goes without it.',
  },
  'version-unsupported': { exit: 1, means: 'The server is older than PostgreSQL 12.' },
  'lease-held': { exit: 1, means: 'Another runner is at work on this target.' },
  'lease-lost': {
    exit: 1,
    means: 'Another runner has taken over this run; this one stopped before doing anything more.',
  },
  'lock-timeout': { exit: 5, means: 'A lock was not granted within its budget, after all retries.' },
  'statement-timeout': { exit: 5, means: 'A statement ran longer than its limit and was cancelled.' },
  duplicates: { exit: 6, means: 'Rows already there break the uniqueness that is wanted.' },
  'step-failed': { exit: 1, means: 'The server refused a statement of the plan.' },
  'server-full': { exit: 5, means: 'The server has no disk space, memory or connections left.' },
  guard: { exit: 5, means: 'A guard held the run for longer than its limit.' },
  'verification-failed': { exit: 6, means: 'A measurement shows that the step did not do what the plan says.' },
  gate: { exit: 3, means: 'The plan waits at a gate whose evidence or consent is missing.' },
  'approval-required': { exit: 3, means: 'The target wants an approval bound to this plan.' },
  'approval-refused': { exit: 3, means: 'The approval does not fit the plan, the target or the time.' },
  'rehearsal-required': { exit: 3, means: 'The target wants a fresh rehearsal of this plan.' },
  'backup-required': { exit: 3, means: 'The target wants a backup in evidence.' },
  paused: { exit: 5, means: 'The run is paused and can be resumed.' },
  interrupted: { exit: 130, means: 'Stopped by Ctrl-C or a signal at a safe point; the journal is saved.' },
  'no-run': { exit: 1, means: 'The target has no run of this plan.' },
  'wrong-state': { exit: 1, means: 'The run is in a state in which this cannot be done.' },
  'journal-broken': { exit: 1, means: 'The journal of a run was damaged or changed by something other than godwit.' },
  irreversible: { exit: 1, means: 'A step says of itself that it cannot be taken back, or its undo data was purged.' },
  'embedded-missing': { exit: 1, means: 'The embedded PostgreSQL is not installed or does not start here.' },
  'command-failed': { exit: 1, means: 'A command that the configuration names for the gate failed.' },
  'no-repository': { exit: 1, means: 'The working tree is not in a git repository, or that has no commit yet.' },
  'git-failed': { exit: 1, means: 'A call of git ended with an error.' },
  'dirty-tree': {
    exit: 1,
    means: 'Tracked files differ from the last commit, so that nothing may be written over them.',
  },
  'install-failed': { exit: 1, means: 'The package manager could not install the dependencies.' },
  bug: { exit: 1, means: 'godwit itself made a mistake. Nothing of yours caused it; the journal is safe.' },
  'config-invalid': { exit: 1, means: 'godwit.config.* is not of the form that godwit takes.' },
  'model-failed': { exit: 1, means: 'The endpoint of the model refuses, breaks off or says nothing, after all tries.' },
  'model-astray': { exit: 1, means: 'The model calls what cannot be called, or the same again and again.' },
  'budget-spent': { exit: 1, means: 'The model has used the tokens, the time or the answers that it was given.' },
} as const satisfies Record<string, { readonly exit: ExitCode; readonly means: string }>;
export type ErrorCode = keyof typeof errorCodes;

/** What the user is told: what happened, why, and what to do next, with their own names. Never a credential. */
export type Explanation = { readonly what: string; readonly why: string; readonly next: string };

/** An expected stop. Carries a stable code; the interfaces turn it into text or JSON and an exit code. */
export class Failure extends Error {
  readonly code: ErrorCode;
  readonly explanation: Explanation;

  constructor(code: ErrorCode, explanation: Explanation, options?: { readonly cause?: unknown }) {
    super(`${explanation.what} ${explanation.why}`, options);
    this.name = 'Failure';
    this.code = code;
    this.explanation = explanation;
  }

  get exitCode(): ExitCode {
    return errorCodes[this.code].exit;
  }
}

/** Makes the failure to throw: `throw fail('drift', { what, why, next })`. */
export function fail(code: ErrorCode, explanation: Explanation, cause?: unknown): Failure {
  return new Failure(code, explanation, cause === undefined ? undefined : { cause });
}

/** True for a Failure, of the given code where one is given. */
export function isFailure(error: unknown, code?: ErrorCode): error is Failure {
  return error instanceof Failure && (code === undefined || error.code === code);
}
