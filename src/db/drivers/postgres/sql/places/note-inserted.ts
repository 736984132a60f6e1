import type { Node } from 'libpg-query';
import type { EditPart, NestedEdit } from '#core/nested-edit';
import { type Gathering, newName, noteOnly } from './gathering.ts';
import { isRepeatable } from './repeatable.ts';

type Inserted = {
  readonly change: number;
  /** Token of the column's name. */
  readonly at: number;
  /** Place of the column in the list, from 0. */
  readonly place: number;
  /** Rows of VALUES; undefined where a query gives them. */
  readonly values: readonly Node[] | undefined;
};

/** Notes a column of an INSERT. The first version writes both where each row's value may stand twice. */
export function noteInserted(gathering: Gathering, inserted: Inserted): void {
  const { change, at, place, values = [] } = inserted;
  const token = gathering.tokens[at];
  if (token === undefined) return;
  const name = newName(gathering, change, token);
  if (name === undefined) {
    noteOnly(gathering, at, { change, role: 'write', doubt: undefined });
    return;
  }
  const { start, end } = token;
  const final: readonly NestedEdit[] = [{ start, end, parts: [name] }];
  const rows = values.flatMap((row) => ('List' in row ? [row.List.items?.[place]] : []));
  const mayRepeat = rows.length > 0 && rows.every((value) => isRepeatable(value, gathering.request));
  const ranges = mayRepeat ? rangesOf(gathering, { from: at, place, rows: rows.length }) : undefined;
  const first: readonly NestedEdit[] | undefined = ranges && [
    { start: end, end, parts: [`, ${name}`] },
    ...ranges.map((range) => ({ start: range.end, end: range.end, parts: [', ', range] satisfies EditPart[] })),
  ];
  gathering.places.push({ start, end, change, role: 'write', doubt: undefined, first: first ?? final, final });
}

/** The text of the value at a place of each row after VALUES; undefined where the rows are not told apart. */
function rangesOf(
  { tokens }: Gathering,
  { from, place, rows }: { readonly from: number; readonly place: number; readonly rows: number },
): readonly { readonly start: number; readonly end: number }[] | undefined {
  const ranges: { readonly start: number; readonly end: number }[] = [];
  let at = tokens.findIndex(({ text }, index) => index > from && text.toLowerCase() === 'values') + 1;
  if (at === 0) return undefined;
  for (; ranges.length < rows && at < tokens.length; at += 1) {
    if (tokens[at]?.text !== '(') continue;
    const row = rowAt(tokens, at);
    const range = row.values[place];
    if (range === undefined) return undefined;
    ranges.push(range);
    at = row.end;
  }
  return ranges.length === rows ? ranges : undefined;
}

function rowAt(tokens: Gathering['tokens'], open: number) {
  const values: { start: number; end: number }[] = [];
  let depth = 0;
  let start = tokens[open + 1]?.start ?? 0;
  for (let at = open; at < tokens.length; at += 1) {
    const { text } = tokens[at] ?? { text: '' };
    if (text === '(' || text === '[') depth += 1;
    if (text === ')' || text === ']') depth -= 1;
    const isEnd = text === ')' && depth === 0;
    if (isEnd || (text === ',' && depth === 1)) {
      values.push({ start, end: tokens[at - 1]?.end ?? 0 });
      start = tokens[at + 1]?.start ?? 0;
    }
    if (isEnd) return { values, end: at };
  }
  return { values: [], end: tokens.length };
}
