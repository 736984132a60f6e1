import type { Place } from '../snapshot.ts';

/** The place of `length` code units at `offset` of a file's text. A lone CR ends no line; CRLF ends one. */
export function placeAt(file: string, text: string, span: { readonly offset: number; readonly length: number }): Place {
  const before = text.slice(0, span.offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const mark = lineStart === 0 && text.startsWith('\uFEFF') ? 1 : 0;
  return {
    file,
    line: before.split('\n').length,
    column: span.offset - lineStart - mark + 1,
    offset: span.offset,
    length: span.length,
  };
}

/** The same as a finding takes it, which knows of no offsets. */
export function lineAt(
  file: string,
  text: string,
  span: { readonly offset: number; readonly length: number },
): Pick<Place, 'file' | 'line' | 'column'> {
  const { line, column } = placeAt(file, text, span);
  return { file, line, column };
}

/** `file:line:column`, as editors and terminals jump to. */
export function spellPlace({ file, line, column }: Pick<Place, 'file' | 'line' | 'column'>): string {
  return `${file}:${line}:${column}`;
}

/** The line of a place with a caret under its column, for messages. Long lines are cut around the caret. */
export function caretAt(text: string, { line, column }: Pick<Place, 'line' | 'column'>): string {
  const whole = (text.split('\n')[line - 1] ?? '').replace(/\r$/, '').replace('\uFEFF', '').replaceAll('\t', ' ');
  const from = Math.max(0, column - 60);
  return `${whole.slice(from, from + 100)}\n${' '.repeat(column - 1 - from)}^`;
}
