import { plainName } from './schema.ts';
import type { NameSpelling } from './spelling.ts';
import type { UndoBatches, ValuesUndo } from './undo.ts';

/**
 * Counts the rows that were deleted since a data step had overwritten values in them: nothing is left there to put
 * values back into, and whoever asks for the way back has to hear of it. Changes nothing.
 */
export function countGoneRows(of: ValuesUndo, spelling: NameSpelling): UndoBatches {
  const keys = of.key.map((_, place) => `key_${place + 1}`);
  const matching = of.key.map(({ name }, place) => `r.${spelling.name(name)} = t.${keys[place]}`).join(' AND ');
  const shown = keys.map((key) => `t.${key}::text`).join(`, ', ', `);
  const gone = `SELECT count(*) AS count, (array_agg(concat(${shown})))[1:5] AS samples
FROM ${spelling.relation(of.undo)} AS t
WHERE $range AND NOT EXISTS (SELECT FROM ${spelling.relation(of.table)} AS r WHERE ${matching})`;
  const message = `changed by a data step and deleted from ${plainName(of.table)} since, which could not be put back as before`;
  const over = { table: of.undo, key: of.key.map(({ type }, place) => ({ name: keys[place] ?? '', type })) };
  return { over, statements: [gone], counted: 0, exceptions: { statement: 0, message } };
}
