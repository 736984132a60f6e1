import { fail } from '#core/error';

/** What work on a file that the user named gives; what the system refuses is `bad-input` in the words for that file. */
export function orBadInput<T>(work: () => T, said: { readonly what: string; readonly next: string }): T {
  try {
    return work();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw fail('bad-input', { what: said.what, why, next: said.next }, error);
  }
}
