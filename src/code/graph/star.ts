/** What the `*` of a pattern stands for in a text; the empty text where both are equal without one; undefined where they do not fit. Pure. */
export function starIn(pattern: string, text: string): string | undefined {
  const at = pattern.indexOf('*');
  if (at === -1) return pattern === text ? '' : undefined;
  const [head, tail] = [pattern.slice(0, at), pattern.slice(at + 1)];
  const fits = text.length > head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
  return fits ? text.slice(head.length, text.length - tail.length) : undefined;
}

/** A pattern with its `*` filled in. Pure. */
export function withStar(pattern: string, star: string): string {
  return pattern.replaceAll('*', () => star);
}

/** Patterns that fit a text, the most exact first: equal ones, then the longest head. Pure. */
export function fitting<Entry>(
  entries: readonly Entry[],
  patternOf: (entry: Entry) => string,
  text: string,
): readonly { readonly entry: Entry; readonly star: string }[] {
  const head = (entry: Entry): number => {
    const at = patternOf(entry).indexOf('*');
    return at === -1 ? Number.POSITIVE_INFINITY : at;
  };
  return entries
    .flatMap((entry) => {
      const star = starIn(patternOf(entry), text);
      return star === undefined ? [] : [{ entry, star }];
    })
    .sort((one, other) => (head(one.entry) === head(other.entry) ? 0 : head(other.entry) - head(one.entry)));
}
