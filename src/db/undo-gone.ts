import { plainName } from './schema.ts';
import type { NameSpelling } from './spelling.ts';
import type { UndoBatches, ValuesUndo } from './undo.ts';

/**
 * Counts the rows that were deleted since a data step had overwritten values in them: nothing is left there to put
 * values back into, and whoever asks for the way back has to hear of it. Changes nothing.
 */
export function countGoneRows(of: ValuesUndo, spelling: NameSpelling): UndoBatches {
  const message = `changed by a data step and deleted from ${plainName(of.table)} since, which could not be put back as before`;
  return countWithoutRow(of, { message }, spelling);
}

/**
 * Counts the values that are kept under a key which no row bears any more. What is kept of a row is forgotten when it is
 * deleted, so its key was changed. `tellsNulls`: the row may hold something else where NULL was kept. Changes nothing.
 */
export function countMovedRows(
  of: ValuesUndo,
  { column, tellsNulls }: { readonly column: string; readonly tellsNulls: boolean },
  spelling: NameSpelling,
): UndoBatches {
  const message = `of ${plainName(of.table)} whose key is another by now: the kept value of ${column} could not be put back`;
  return countWithoutRow(of, { message, ...(tellsNulls ? {} : { where: 't.old_1 IS NOT NULL' }) }, spelling);
}

function countWithoutRow(
  of: ValuesUndo,
  { message, where }: { readonly message: string; readonly where?: string },
  spelling: NameSpelling,
): UndoBatches {
  const keys = of.key.map((_, place) => `key_${place + 1}`);
  const matching = of.key.map(({ name }, place) => `r.${spelling.name(name)} = t.${keys[place]}`).join(' AND ');
  const shown = keys.map((key) => `t.${key}::text`).join(`, ', ', `);
  const gone = `SELECT count(*) AS count, (array_agg(concat(${shown})))[1:5] AS samples
FROM ${spelling.relation(of.undo)} AS t
WHERE $range${where === undefined ? '' : ` AND ${where}`} AND NOT EXISTS (SELECT FROM ${spelling.relation(of.table)} AS r WHERE ${matching})`;
  const over = { table: of.undo, key: of.key.map(({ type }, place) => ({ name: keys[place] ?? '', type })) };
  return { over, statements: [gone], counted: 0, exceptions: { statement: 0, message } };
}
