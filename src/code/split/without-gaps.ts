import type { TextEdit } from '../text/file-edits.ts';

/** Edits by offset, of which those that take whole lines out take the blank lines along that would be left over. Pure. */
export function withoutGaps(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  const tidied: TextEdit[] = [];
  let isAfterGap = true;
  let from = 0;
  for (const [at, edit] of edits.entries()) {
    const kept = text.slice(from, edit.offset);
    if (kept !== '') isAfterGap = endsBlank(kept);
    const isWider = isTakingOut(edit) && isAfterGap;
    const one = isWider ? wider(edit, { text, kept, next: edits[at + 1] }) : edit;
    if (!isTakingOut(edit)) isAfterGap = endsBlank(edit.text);
    tidied.push(one);
    from = one.offset + one.length;
  }
  return tidied;
}

function endsBlank(text: string): boolean {
  return /(^|\n)[^\S\n]*\r?\n$/.test(text);
}

function isTakingOut({ length, text, before }: TextEdit): boolean {
  return length > 0 && text === '' && before.endsWith('\n');
}

type Around = { readonly text: string; readonly kept: string; readonly next: TextEdit | undefined };

/** With the blank lines behind it; at the end of a file with those before it. */
function wider({ offset, length }: TextEdit, { text, kept, next }: Around): TextEdit {
  const end = offset + length;
  const isFilled = next !== undefined && next.offset === end && next.text !== '';
  const behind = isFilled ? '' : (/^(?:[^\S\n]*\r?\n)+/.exec(text.slice(end, next?.offset))?.[0] ?? '');
  const until = end + behind.length;
  const ahead = until < text.length ? '' : (/\n((?:[^\S\n]*\r?\n)+)$/.exec(kept)?.[1] ?? '');
  const start = offset - ahead.length;
  return { offset: start, length: until - start, before: text.slice(start, until), text: '' };
}
