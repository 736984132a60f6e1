import { fail } from '#core/error';

/** Planning reads an intent as a whole, each expression several times over, and looks at every table for every change. */
const editsMax = 2_000;
const charactersMax = 1_000_000;
const wordsMax = 100_000;
const why = 'A plan is read by a person, stands open until its last gate, and is taken back as a whole.';

/** Throws `bad-input` for a text that is too long to be an intent. It is asked before the text is parsed. */
export function checkLength(text: string): void {
  if (text.length <= charactersMax) return;
  throw fail('bad-input', {
    what: `The intent has ${counted(text.length)} characters, and a plan takes ${counted(charactersMax)} at most.`,
    why,
    next: 'Make it several plans, one after the other; rows of a dump are loaded with psql or COPY.',
  });
}

/** Throws `bad-input` where so many changes, or statements that make them, are more than a plan takes. */
export function checkCount(count: number): void {
  if (count <= editsMax) return;
  throw fail('bad-input', {
    what: `The intent makes ${count} changes, and a plan takes ${editsMax} at most.`,
    why,
    next: 'Make it several plans, one after the other.',
  });
}

/** Throws `bad-input` for more words, signs and comments than are read in some seconds. */
export function checkWords(count: number): void {
  if (count <= wordsMax) return;
  throw fail('bad-input', {
    what: `The intent has ${counted(count)} words and signs, and a plan takes ${counted(wordsMax)} at most.`,
    why: 'Conditions and values are read, compared and shown as they are written, each several times.',
    next: 'Say it with fewer values, such as a range, or mark the rows in a column first; or make it several plans.',
  });
}

function counted(count: number): string {
  return count.toLocaleString('en-US');
}
