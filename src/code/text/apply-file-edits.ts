import { fail } from '#core/error';
import type { FileEdits } from './file-edits.ts';

/**
 * The whole text that planned edits of a file make; of those at one place the first stands first. Throws `drift` where what
 * they replace does not stand there. Pure.
 */
export function applyFileEdits({ path, edits }: FileEdits, text: string): string {
  let after = text;
  const fromEnd = edits.toSorted((one, other) => one.offset - other.offset).toReversed();
  for (const { offset, length, before, text: put } of fromEnd) {
    if (text.slice(offset, offset + length) !== before) {
      throw movedFile(path, `At character ${offset} stands something else than \`${before.slice(0, 80)}\`.`);
    }
    after = `${after.slice(0, offset)}${put}${after.slice(offset + length)}`;
  }
  return after;
}

/** The error of a file that is not as the plan knows it. */
export function movedFile(path: string, why: string) {
  return fail('drift', {
    what: `${path} is not as the plan knows it; no file was touched.`,
    why,
    next: 'Bring the file back as it was, or make a new plan.',
  });
}
