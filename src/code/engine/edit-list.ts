import type { TextEdit } from '../recipe.ts';

/** Edits of a text as they are found, in any order; they do not overlap, but may touch. */
export class EditList {
  readonly #edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];

  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text });
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  /** Comes before all else at its place. */
  lead(at: number, text: string): void {
    this.#edits.unshift({ start: at, end: at, text });
  }

  /** In the order of their places, those that touch as one; an insertion comes before what is replaced at its place. */
  all(): readonly TextEdit[] {
    const sorted = this.#edits
      .map((edit, order) => ({ ...edit, order }))
      .sort((one, other) => one.start - other.start || one.end - other.end || one.order - other.order);
    const joined: { start: number; end: number; text: string }[] = [];
    for (const { start, end, text } of sorted) {
      const last = joined.at(-1);
      if (last !== undefined && start < last.end) throw new Error(`Two edits overlap at character ${start}.`);
      if (last !== undefined && start === last.end) {
        last.end = end;
        last.text += text;
      } else joined.push({ start, end, text });
    }
    return joined.map(({ start, end, text }) => ({ offset: start, length: end - start, text }));
  }
}
