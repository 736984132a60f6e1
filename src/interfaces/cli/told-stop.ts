import { fail, isFailure } from '#core/error';

/** Verbs that keep a journal of what they do. */
const journaled: readonly string[] = ['apply', 'rollback', 'resume', 'pause', 'purge'];

/**
 * The error to show for one that stopped a command: where it was interrupted, what is true of that command. Only a run has a
 * journal, and of a rehearsal nothing is left. Every other error stays as it is.
 */
export function toldStop(error: unknown, name: string | undefined): unknown {
  if (!isFailure(error, 'interrupted')) return error;
  return fail('interrupted', wordsFor(name), error);
}

function wordsFor(name: string | undefined): { readonly what: string; readonly why: string; readonly next: string } {
  if (name !== undefined && journaled.includes(name)) {
    return {
      what: 'Stopped at a safe point.',
      why: 'It was interrupted; everything done so far is in the journal.',
      next: 'Run the same command again to go on; `godwit status` says where it stands and how to take it back.',
    };
  }
  if (name === 'plan') {
    return {
      what: 'Stopped; there is no plan.',
      why: 'It was interrupted before the plan was whole. Planning only reads: nothing was changed.',
      next: 'Run the same command again to plan.',
    };
  }
  if (name === 'rehearse') {
    return {
      what: 'Stopped; nothing was rehearsed.',
      why: 'It was interrupted. A rehearsal works on a copy of its own, which is cleared away: nothing was changed.',
      next: 'Run the same command again to rehearse from the start.',
    };
  }
  return { what: 'Stopped.', why: 'It was interrupted.', next: 'Run the same command again.' };
}
