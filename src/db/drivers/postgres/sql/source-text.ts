/** A text with its places: the parser counts in bytes of UTF-8 or in characters, JavaScript in UTF-16 units. */
export type SourceText = {
  readonly text: string;
  /** Index into `text` of a byte of its UTF-8 form; beyond the end it is the length. */
  indexAtByte(byte: number): number;
};

/** Prepares a text for translating offsets. Linear in the text, and free for ASCII. */
export function sourceText(text: string): SourceText {
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes === text.length) return { text, indexAtByte: (byte) => Math.min(byte, text.length) };
  const indexes = new Uint32Array(bytes + 1);
  let byte = 0;
  for (let index = 0; index < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
    const size = Buffer.byteLength(character, 'utf8');
    indexes.fill(index, byte, byte + size);
    byte += size;
    index += character.length;
  }
  indexes[bytes] = text.length;
  return { text, indexAtByte: (place) => indexes[place] ?? text.length };
}

/** Index into `text` of its n-th character (code point), counted from 0. */
export function indexAtCharacter(text: string, characters: number): number {
  let index = 0;
  for (let count = 0; count < characters && index < text.length; count += 1) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index;
}

/** Line of an index, counted from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** `lineAt` for indexes that only grow: what was counted is not counted again. */
export function linesOf(text: string, from = { index: 0, line: 1 }): (index: number) => number {
  let { index: at, line } = from;
  return (index) => {
    for (let end = text.indexOf('\n', at); end !== -1 && end < index; end = text.indexOf('\n', at)) {
      at = end + 1;
      line += 1;
    }
    return line;
  };
}

const frameWidth = 100;

/** The line at an index with a caret below the place; a long line is cut around it. */
export function caretFrame(text: string, index: number): string {
  const start = text.lastIndexOf('\n', index - 1) + 1;
  const end = text.indexOf('\n', index);
  const line = text.slice(start, end === -1 ? text.length : end).replace(/\r$/, '');
  const column = Math.min(index - start, line.length);
  const cut = Math.max(0, column - frameWidth / 2);
  const shown = line.slice(cut, cut + frameWidth);
  const margin = `${lineAt(text, index)} | `;
  // Tabs stay tabs, so that the caret stands below its character however wide the terminal draws them.
  const padding = shown.slice(0, column - cut).replace(/[^\t]/gu, ' ');
  return `  ${margin}${shown}\n  ${' '.repeat(margin.length)}${padding}^`;
}
