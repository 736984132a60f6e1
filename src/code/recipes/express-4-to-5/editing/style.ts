/** How the author of a text writes: what is added is written in the same way. */
export type Style = {
  readonly quote: '"' | "'";
  /** `;` or nothing. */
  readonly end: ';' | '';
  /** One step of indentation. */
  readonly indent: string;
};

/** Reads the style of a text by majority. */
export function styleOf(text: string): Style {
  const doubles = text.match(/"[^"\n]*"/g)?.length ?? 0;
  const singles = text.match(/'[^'\n]*'/g)?.length ?? 0;
  const ended = text.match(/;[ \t]*(\/\/.*)?$/gm)?.length ?? 0;
  const open = text.match(/[\w)'"`\]][ \t]*$/gm)?.length ?? 0;
  return { quote: doubles > singles ? '"' : "'", end: ended * 2 >= open ? ';' : '', indent: indentOf(text) };
}

function indentOf(text: string): string {
  const [, first] = /^([ \t]+)\S/m.exec(text) ?? [];
  if (first === undefined) return '  ';
  return first.startsWith('\t') ? '\t' : first.length >= 4 ? '    ' : '  ';
}

/** A string literal in the author's quotes. */
export function quoted(value: string, { quote }: Style): string {
  return quote + value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote;
}

/** The white space at the beginning of the line on which an offset stands. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}
