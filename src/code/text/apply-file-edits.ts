import { fail } from '#core/error';
import type { FileEdits } from './file-edits.ts';

/**
 * The whole text that planned edits of a file make; of those at one place the first stands first, and what is put in stands
 * before what is replaced there. Throws `drift` where what they replace does not stand there, and `bug` where two of them
 * are edits of the same characters. Pure.
 */
export function applyFileEdits({ path, edits }: FileEdits, text: string): string {
  let after = text;
  const inOrder = edits.toSorted(
    (one, other) => one.offset - other.offset || Math.min(one.length, 1) - Math.min(other.length, 1),
  );
  const twice = inOrder.find(({ offset, length }, at) => offset + length > (inOrder[at + 1]?.offset ?? Infinity));
  if (twice !== undefined) throw overlapping(path, twice.offset);
  for (const { offset, length, before, text: put } of inOrder.toReversed()) {
    if (text.slice(offset, offset + length) !== before) {
      throw movedFile(path, `At character ${offset} stands something else than \`${before.slice(0, 80)}\`.`);
    }
    after = `${after.slice(0, offset)}${put}${after.slice(offset + length)}`;
  }
  return after;
}

function overlapping(path: string, offset: number) {
  return fail('bug', {
    what: `Two edits of ${path} are about the same characters, at ${offset}; no file was touched.`,
    why: 'Whatever came of both would be what neither of them means.',
    next: 'Edit this file by hand, and report the plan.',
  });
}

/** The error of a file that is not as the plan knows it. */
export function movedFile(path: string, why: string) {
  return fail('drift', {
    what: `${path} is not as the plan knows it; no file was touched.`,
    why,
    next: 'Bring the file back as it was, or make a new plan.',
  });
}
