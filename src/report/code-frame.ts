import { displayWidth, visible } from './display-width.ts';

/** A place of a text: lines and columns from 1, columns in UTF-16 code units, `endColumn` after the last. */
export type FramePlace = {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
};

const widthMax = 100;
const linesMax = 4;
const tabWidth = 4;

/**
 * The lines of a text at a place, with their numbers, and what it is about underlined. Tabs are shown as spaces, a long
 * line is cut around the place, of many lines the first and the last are shown. Empty for a place that the text has not.
 */
export function codeFrame(text: string, place: FramePlace): readonly string[] {
  const lines = linesAt(text, place.line, place.endLine);
  if (lines.length === 0) return [];
  const last = place.line + lines.length - 1;
  const margin = String(last).length;
  const hidden = lines.length > linesMax ? lines.slice(2, -1).length : 0;
  return lines.flatMap((line, index) => {
    if (hidden > 0 && index >= 2 && index < lines.length - 1) {
      return index === 2 ? [`${' '.repeat(margin)} : … ${hidden} ${hidden === 1 ? 'line' : 'lines'}`] : [];
    }
    const number = place.line + index;
    const indent = line.length - line.trimStart().length;
    const from = number === place.line ? place.column - 1 : indent;
    const to = number === place.endLine ? place.endColumn - 1 : line.trimEnd().length;
    const { shown, underline } = cutLine(line, Math.min(from, line.length), Math.max(to, from + 1));
    // An empty line between others has nothing to underline.
    const isMarked = underline !== '' && (number === place.line || line.trim() !== '');
    const head = [`${String(number).padStart(margin)} | ${shown}`.trimEnd()];
    return isMarked ? [...head, `${' '.repeat(margin)} | ${underline}`] : head;
  });
}

function linesAt(text: string, first: number, last: number): readonly string[] {
  const lines: string[] = [];
  // A byte order mark is no part of the first line, as editors count.
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  for (let number = 1; number <= last; number += 1) {
    const end = text.indexOf('\n', start);
    if (number >= first) lines.push(text.slice(start, end === -1 ? text.length : end).replace(/\r$/, ''));
    if (end === -1) break;
    start = end + 1;
  }
  return lines;
}

type Cell = { readonly text: string; readonly width: number; readonly isMarked: boolean };

function cutLine(line: string, from: number, to: number): { readonly shown: string; readonly underline: string } {
  const cells = cellsOf(line, from, to);
  const first = cells.findIndex(({ isMarked }) => isMarked);
  const start = firstShown(cells, first === -1 ? cells.length : first);
  const kept: Cell[] = [];
  let width = 0;
  for (const cell of cells.slice(start)) {
    if (width + cell.width > widthMax) break;
    kept.push(cell);
    width += cell.width;
  }
  const isCut = start + kept.length < cells.length;
  const before = start > 0 ? '…' : '';
  const marks = kept.map((cell) => (cell.isMarked ? '^' : ' ').repeat(cell.width)).join('');
  const beyond = first === -1 && from >= line.length ? '^' : '';
  return {
    shown: `${before}${kept.map(({ text }) => text).join('')}${isCut ? '…' : ''}`,
    underline: `${' '.repeat(before.length)}${marks}${beyond}`.trimEnd(),
  };
}

/** Of a line that is too long, some room before the place is kept. */
function firstShown(cells: readonly Cell[], first: number): number {
  const total = cells.reduce((sum, { width }) => sum + width, 0);
  return total <= widthMax ? 0 : Math.max(0, first - 20);
}

function cellsOf(line: string, from: number, to: number): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let at = 0;
  for (const character of line) {
    const width = character === '\t' ? tabWidth - (column % tabWidth) : displayWidth(character);
    const text = character === '\t' ? ' '.repeat(width) : visible(character);
    cells.push({ text, width, isMarked: at >= from && at < to });
    column += width;
    at += character.length;
  }
  return cells;
}
