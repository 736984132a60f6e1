import ts from '../typescript.cts';
import type { CodeStyle } from './code.ts';
import { nodesBelow, parseSource } from './compiler-tree.ts';

/** How texts of ours are written. */
export const writtenStyle: CodeStyle = { quote: "'", indent: '  ', width: 120, end: ';', comma: ',' };

/**
 * A text of ours in another style: quotes, indentation, semicolons, commas behind the last of several lines. No
 * template of it has several lines. Pure.
 */
export function inCodeStyle(written: string, style: CodeStyle): string {
  const quoted = style.quote === "'" ? written : inDoubleQuotes(written);
  const lines = quoted.split('\n');
  return lines.map((line, at) => styledLine(line, lines[at + 1] ?? '', style)).join('\n');
}

function inDoubleQuotes(written: string): string {
  const letters = [...written];
  for (const node of nodesBelow(parseSource('written.ts', written))) {
    if (!ts.isStringLiteral(node) || node.getText().includes('"')) continue;
    // Offsets count UTF-16 code units, and our own texts are ASCII.
    for (const at of [node.getStart(), node.end - 1]) letters[at] = '"';
  }
  return letters.join('');
}

function styledLine(line: string, next: string, style: CodeStyle): string {
  if (/^\s*(\/\/|\/?\*)/.test(line)) return indented(line, style);
  const isJoined = /^\s*[([`+\-/]/.test(next);
  const ended = style.end === '' && !isJoined ? line.replace(/;$/, '') : line;
  const closes = /^\s*[)\]}]/.test(next);
  return indented(style.comma === '' && closes ? ended.replace(/,$/, '') : ended, style);
}

function indented(line: string, { indent }: CodeStyle): string {
  const spaces = /^ */.exec(line)?.[0].length ?? 0;
  return indent.repeat(Math.floor(spaces / 2)) + ' '.repeat(spaces % 2) + line.slice(spaces);
}
