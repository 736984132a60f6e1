/** A text with the line ends of another: CRLF where that one has it, else as it is. */
export function withLineEndsOf(model: string, text: string): string {
  return model.includes('\r\n') ? text.replaceAll(/\r?\n/g, '\r\n') : text;
}

/** A new text with one kind of line ends: LF, unless all of them are CRLF. */
export function withOneLineEnd(text: string): string {
  return /(?<!\r)\n/.test(text) ? text.replaceAll('\r\n', '\n') : text;
}

/** True for a text with line ends, all of which are CRLF. */
export function hasOnlyCrlf(text: string): boolean {
  return text.includes('\r\n') && !/(?<!\r)\n/.test(text);
}
