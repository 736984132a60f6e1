import type { LintContext } from '../context.ts';
import { addedColumn, type ColumnParts } from '../effects/add-column.ts';
import type { Unit } from '../unit.ts';
import { type AlteredTable, alteredTable } from './altered-table.ts';
import { oncePerUnit } from './once-per-unit.ts';

/** A column that an ALTER TABLE adds to a table with rows and users. */
export type NewColumn = AlteredTable & {
  readonly column: string;
  readonly parts: ColumnParts;
  /** Byte location of its definition. */
  readonly at: number | undefined;
};

/** The column that a unit adds; undefined where it is there already and IF NOT EXISTS is said, and for other units. */
export const newColumn = oncePerUnit(columnAddedBy);

function columnAddedBy(unit: Unit, context: LintContext): NewColumn | undefined {
  const table = alteredTable(unit, context);
  const parts = table === undefined ? undefined : addedColumn(table.command);
  if (table === undefined || parts === undefined) return undefined;
  const column = parts.definition.colname ?? '';
  if (table.command.missing_ok === true && table.relation?.columns.has(column) === true) return undefined;
  return { ...table, column, parts, at: parts.definition.location };
}

/** Did an earlier statement of the same file add the column? */
export function isAddedEarlier({ name }: AlteredTable, column: string, context: LintContext): boolean {
  return context.file.units.some((unit) => {
    const table = alteredTable(unit, context);
    if (table?.name !== name || table.command.subtype !== 'AT_AddColumn') return false;
    return addedColumn(table.command)?.definition.colname === column;
  });
}
