/**
 * Runs all tasks at once. The first that fails aborts the signal that the others were given; when all have ended, what
 * it threw is thrown, or the outer signal's reason where that was aborted.
 */
export async function together(
  signal: AbortSignal,
  tasks: readonly ((signal: AbortSignal) => Promise<void>)[],
): Promise<void> {
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  await Promise.all(
    tasks.map(async (task) => {
      try {
        await task(both);
      } catch (error) {
        // The first one counts: the others fail because they were stopped.
        stop.abort(error);
      }
    }),
  );
  signal.throwIfAborted();
  stop.signal.throwIfAborted();
}
