/** A part of a new text: as it is written, or the text that stands at a range, with the edits within it made. */
export type EditPart = string | { readonly start: number; readonly end: number };

/** What takes the place of a range of a text, in UTF-16 units; an empty range is an insertion. */
export type NestedEdit = { readonly start: number; readonly end: number; readonly parts: readonly EditPart[] };

/** A text, or a range of it, with its edits made. Of edits that overlap the first one is made; the same one counts once. */
export function renderEdits(
  text: string,
  edits: readonly NestedEdit[],
  range: { readonly start: number; readonly end: number } = { start: 0, end: text.length + 1 },
): string {
  const own = edits
    .filter(({ start, end }) => start >= range.start && end <= range.end && !(start === end && end === range.end))
    .sort((one, other) => one.start - other.start || one.end - other.end);
  let result = '';
  let at = range.start;
  const seen = new Set<string>();
  for (const { start, end, parts } of own) {
    const key = JSON.stringify([start, end, parts]);
    if (start < at || seen.has(key)) continue;
    seen.add(key);
    const copied = parts.map((part) =>
      typeof part === 'string' ? part : renderEdits(text, withoutOuter(own, part), part),
    );
    result += text.slice(at, start) + copied.join('');
    at = end;
  }
  return result + text.slice(at, range.end);
}

/** The edits within a range that is copied; what is inserted at its end is about the original. */
function withoutOuter(edits: readonly NestedEdit[], range: { readonly start: number; readonly end: number }) {
  return edits.filter(
    ({ start, end }) =>
      start >= range.start && end <= range.end && !(start === end && (end === range.end || start === range.start)),
  );
}
