import { shifted, shiftedBack } from '../rename/shifted.ts';
import type { FileEdits } from '../text/file-edits.ts';
import type { NewModule } from './new-module.ts';

export type At = { readonly file: string; readonly offset: number };

type Written = { readonly edits: ReadonlyMap<string, FileEdits>; readonly fresh: ReadonlyMap<string, NewModule> };

/** Where what stands somewhere after a layout stood before; undefined for what was written anew. Pure. */
export function backToBefore({ file, offset }: At, { edits, fresh }: Written): At | undefined {
  const made = fresh.get(file);
  if (made === undefined) return { file, offset: shiftedBack(offset, edits.get(file)) };
  const part = made.copied.find(({ here, length }) => here <= offset && offset < here + length);
  return part === undefined ? undefined : { file: made.from, offset: part.there + offset - part.here };
}

/** Where what stood somewhere before stands after a layout; undefined for what is not there any more. Pure. */
export function onToAfter({ file, offset }: At, { edits, fresh }: Written): At | undefined {
  for (const { path, from, copied } of fresh.values()) {
    const part =
      from === file ? copied.find(({ there, length }) => there <= offset && offset < there + length) : undefined;
    if (part !== undefined) return { file: path, offset: part.here + offset - part.there };
  }
  const own = edits.get(file);
  const isGone = own?.edits.some((edit) => edit.offset <= offset && offset < edit.offset + edit.length) === true;
  return isGone ? undefined : { file, offset: shifted(offset, own) };
}
