import type { FileChange } from '#code/text/file-change';

const context = 3;
/** Beyond this many lines on both sides a file is shown as replaced: the comparison grows with their product. */
const cellsMax = 4_000_000;

/** Changes as a unified diff, as `git apply` takes it. Line ends are kept; a missing last line end is said as git says it. */
export function diffText(changes: readonly FileChange[]): string {
  return changes.map(fileDiff).join('');
}

type Line = { readonly sign: ' ' | '-' | '+'; readonly text: string };

function fileDiff({ path, before, after }: FileChange): string {
  const lines = compared(linesOf(before ?? ''), linesOf(after ?? ''));
  const from = before === undefined ? '/dev/null' : `a/${path}`;
  const to = after === undefined ? '/dev/null' : `b/${path}`;
  return [`--- ${from}\n+++ ${to}\n`, ...hunksOf(lines)].join('');
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function compared(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const same = (text: string): Line => ({ sign: ' ', text });
  return [
    ...before.slice(0, start).map(same),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

/** The longest common lines stay; the rest goes and comes. */
function middle(before: readonly string[], after: readonly string[]): readonly Line[] {
  const gone = before.map((text): Line => ({ sign: '-', text }));
  const come = after.map((text): Line => ({ sign: '+', text }));
  if (before.length * after.length > cellsMax) return [...gone, ...come];
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const at = row * width + column;
      const down = common[at + width] ?? 0;
      const right = common[at + 1] ?? 0;
      common[at] = before[row] === after[column] ? (common[at + width + 1] ?? 0) + 1 : Math.max(down, right);
    }
  }
  return walked(before, after, { common, width });
}

function walked(
  before: readonly string[],
  after: readonly string[],
  { common, width }: { readonly common: Uint32Array; readonly width: number },
): readonly Line[] {
  const lines: Line[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [old, fresh] = [before[row], after[column]];
    const at = row * width + column;
    if (old !== undefined && old === fresh) {
      lines.push({ sign: ' ', text: old });
      row += 1;
      column += 1;
    } else if (old !== undefined && (fresh === undefined || (common[at + width] ?? 0) >= (common[at + 1] ?? 0))) {
      lines.push({ sign: '-', text: old });
      row += 1;
    } else {
      lines.push({ sign: '+', text: fresh ?? '' });
      column += 1;
    }
  }
  return lines;
}

function hunksOf(lines: readonly Line[]): readonly string[] {
  const changed = lines.flatMap(({ sign }, index) => (sign === ' ' ? [] : [index]));
  const spans: { start: number; end: number }[] = [];
  for (const index of changed) {
    const last = spans.at(-1);
    if (last !== undefined && index - last.end <= context) last.end = index + context + 1;
    else spans.push({ start: Math.max(0, index - context), end: index + context + 1 });
  }
  return spans.map(({ start, end }) => hunk(lines, start, Math.min(end, lines.length)));
}

function hunk(lines: readonly Line[], start: number, end: number): string {
  const ahead = lines.slice(0, start);
  const own = lines.slice(start, end);
  const count = (part: readonly Line[], sign: '-' | '+'): number =>
    part.filter((line) => line.sign === ' ' || line.sign === sign).length;
  const range = (sign: '-' | '+'): string => {
    const length = count(own, sign);
    return `${sign}${count(ahead, sign) + (length === 0 ? 0 : 1)},${length}`;
  };
  const body = own.map(({ sign, text }) =>
    text.endsWith('\n') ? sign + text : `${sign}${text}\n\\ No newline at end of file\n`,
  );
  return [`@@ ${range('-')} ${range('+')} @@\n`, ...body].join('');
}
