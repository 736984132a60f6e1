/** The offset behind the line break that follows a place, where nothing else does. */
export function lineEnd(text: string, offset: number): number {
  return offset + (/^[ \t]*\r?\n/.exec(text.slice(offset))?.[0].length ?? 0);
}
