import type { TextEdit } from '../text/file-edits.ts';

/** A member of a map as it stands in a text, with the key that it gets and its text as it will be. */
export type Chunk = {
  readonly key: string;
  readonly newKey: string;
  readonly start: number;
  readonly end: number;
  /** Edits inside of it, its key among them. */
  readonly edits: readonly TextEdit[];
};

export type ChunkOrder = {
  /** What stands between two chunks. */
  readonly separator: string;
  compare(one: string, other: string): number;
};

/** Edits of a map whose members get other keys: where its keys are in order they are in order again, as its writer keeps them. Pure. */
export function orderedChunks(
  text: string,
  chunks: readonly Chunk[],
  { separator, compare }: ChunkOrder,
): readonly TextEdit[] {
  const isOrdered = (keys: readonly string[]) =>
    keys.every((key, at) => at === 0 || compare(keys[at - 1] ?? '', key) <= 0);
  const stays = !isOrdered(chunks.map(({ key }) => key)) || isOrdered(chunks.map(({ newKey }) => newKey));
  if (stays) return chunks.flatMap(({ edits }) => edits);
  const going = chunks.filter(({ key, newKey }) => key !== newKey);
  const kept = chunks.filter(({ key, newKey }) => key === newKey);
  const edits = new Map<number, TextEdit>();
  const put = (edit: TextEdit): void => {
    const known = edits.get(edit.offset);
    edits.set(
      edit.offset,
      known === undefined
        ? edit
        : {
            ...edit,
            length: known.length + edit.length,
            before: known.before + edit.before,
            text: known.text + edit.text,
          },
    );
  };
  for (const edit of kept.flatMap(({ edits: own }) => own)) put(edit);
  for (const chunk of [...going].sort((one, other) => compare(one.newKey, other.newKey))) {
    const next = kept.find(({ newKey }) => compare(newKey, chunk.newKey) > 0);
    const own = after(text, chunk);
    const offset = next?.start ?? kept.at(-1)?.end ?? chunks[0]?.start ?? 0;
    put({ offset, length: 0, before: '', text: next === undefined ? separator + own : own + separator });
  }
  for (const { start, end } of runsOf(chunks))
    put({ offset: start, length: end - start, before: text.slice(start, end), text: '' });
  return [...edits.values()];
}

/** The text of a chunk with its edits. */
function after(text: string, { start, end, edits }: Chunk): string {
  let made = '';
  let at = start;
  for (const { offset, length, text: by } of [...edits].sort((one, other) => one.offset - other.offset)) {
    made += text.slice(at, offset) + by;
    at = offset + length;
  }
  return made + text.slice(at, end);
}

/** What goes away where chunks go: neighbours together, each with one separator. */
function runsOf(chunks: readonly Chunk[]): readonly { readonly start: number; readonly end: number }[] {
  const runs: { start: number; end: number }[] = [];
  for (let at = 0; at < chunks.length; at += 1) {
    if (chunks[at]?.key === chunks[at]?.newKey) continue;
    let last = at;
    while (last + 1 < chunks.length && chunks[last + 1]?.key !== chunks[last + 1]?.newKey) last += 1;
    const next = chunks[last + 1];
    runs.push({
      start: next === undefined ? (chunks[at - 1]?.end ?? 0) : (chunks[at]?.start ?? 0),
      end: next?.start ?? chunks[last]?.end ?? 0,
    });
    at = last;
  }
  return runs;
}
