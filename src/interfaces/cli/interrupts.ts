import { fail } from '#core/error';

/** Signals that ask a process to end. The second one is obeyed at once. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A signal that aborts at the first Ctrl-C (SIGTERM, SIGHUP). The second leaves at once with 130: the journal is safe,
 * because it is written before and after every deed. `stop` takes the handlers away again.
 */
export function watchInterrupts(
  process: Pick<NodeJS.Process, 'on' | 'off' | 'exit'>,
  say: (text: string) => void,
): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const onEnding = (): void => {
    if (controller.signal.aborted) process.exit(130);
    say('Stopping at the next safe point; Ctrl-C again leaves at once.\n');
    controller.abort(interrupted());
  };
  for (const name of endings) process.on(name, onEnding);
  return {
    signal: controller.signal,
    stop: () => {
      for (const name of endings) process.off(name, onEnding);
    },
  };
}

function interrupted(): Error {
  return fail('interrupted', {
    what: 'Stopped.',
    why: 'It was interrupted; everything done so far is in the journal.',
    next: 'Run the same command again to go on; `godwit status` says where it stands.',
  });
}
