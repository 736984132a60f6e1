import { type Failure, fail, isFailure } from '#core/error';

/** The failure that an error is, or the one to show for an error that nobody gave a code. */
export function asFailure(error: unknown, doing: string): Failure {
  if (isFailure(error)) return error;
  return fail(
    'step-failed',
    {
      what: `${doing} did not succeed.`,
      why: error instanceof Error ? error.message : String(error),
      next: 'Nothing is lost: mend the cause and run the same command again, or take it back with `godwit rollback`.',
    },
    error,
  );
}

/** What Ctrl-C leaves behind. */
export function interrupted(): Failure {
  return fail('interrupted', {
    what: 'Stopped at a safe point.',
    why: 'It was interrupted; everything done so far is in the journal.',
    next: 'Run the same command again to go on, or `godwit rollback` to take it back.',
  });
}

/** The stop that somebody asked for from another terminal. */
export function pausedBy(who: string): Failure {
  return fail('paused', {
    what: 'The run is paused.',
    why: `${who} asked for it.`,
    next: 'Run the same command again to go on.',
  });
}
