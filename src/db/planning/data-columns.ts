import { fail } from '#core/error';
import { type Column, plainName, type Table } from '../schema.ts';
import type { TouchedColumn } from '../target.ts';

/** What a data statement reads and writes, as it is where the statement stands. */
export function touchedOf(columns: {
  readonly read: readonly Column[];
  readonly written: readonly Column[];
}): readonly TouchedColumn[] {
  const touched = (all: readonly Column[], isWritten: boolean) =>
    all.map(({ id, type, isNotNull }) => ({ id, type, isNotNull, isWritten }));
  return [...touched(columns.read, false), ...touched(columns.written, true)];
}

/** Throws `not-built` for a table whose rewrite rules make something else of the statement. */
export function refuseDataTable(table: Table, statement: string): void {
  const [rule] = table.rules ?? [];
  if (rule === undefined) return;
  throw fail('not-built', {
    what: `${plainName(table)} has the rule ${rule.name}, which may make something else of this ${statement}.`,
    why: 'What a rule does with a batch cannot be kept for undo.',
    next: 'Drop the rule first, or make the change by hand.',
  });
}

/** Throws `bad-input` for a column that the server does not let anybody write. */
export function refuseUnwritable(table: Table, written: readonly Column[], statement: string): void {
  const column = written.find(({ generated, identity }) => generated !== undefined || identity === 'always');
  if (column === undefined) return;
  throw fail('bad-input', {
    what: `The ${statement} writes ${plainName(table)}.${column.name}, which is ${column.generated === undefined ? 'GENERATED ALWAYS AS IDENTITY' : 'a generated column'}.`,
    why: 'The server computes it, and refuses other values.',
    next: 'Leave the column out.',
  });
}
