/** A text that ends in a list: what stands before it, and its items. */
export type ListedText = { readonly head: string; readonly items: readonly string[] };

/** Takes a text apart whose last lines begin with `- `. Pure; a text without such lines is all head. */
export function listedText(text: string): ListedText {
  const lines = text.split('\n');
  const end = lines.findLastIndex((line) => !line.startsWith('- '));
  return { head: lines.slice(0, end + 1).join('\n'), items: lines.slice(end + 1).map((line) => line.slice(2)) };
}

/** The text in one short line: instead of the list, where it stands. */
export function withoutList(text: string): string {
  const { head, items } = listedText(text);
  return items.length === 0 ? head : `${head.replace(/:\s*$/, '')}, listed below`;
}
