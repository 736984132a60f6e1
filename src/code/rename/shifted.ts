import type { FileEdits } from '../text/file-edits.ts';

/** Where an offset of before is after the edits of its file; one within an edit is where that begins. Pure. */
export function shifted(offset: number, edits: FileEdits | undefined): number {
  let by = 0;
  for (const edit of edits?.edits ?? []) {
    if (edit.offset + edit.length > offset) return edit.offset <= offset ? edit.offset + by : offset + by;
    by += edit.text.length - edit.length;
  }
  return offset + by;
}

/** Where an offset of after was before; one within what an edit wrote is where that began. Pure. */
export function shiftedBack(offset: number, edits: FileEdits | undefined): number {
  let by = 0;
  for (const edit of edits?.edits ?? []) {
    const start = edit.offset + by;
    if (offset < start) break;
    if (offset < start + edit.text.length) return edit.offset;
    by += edit.text.length - edit.length;
  }
  return offset - by;
}
