import { fail } from '#core/error';
import type { NewColumn } from '../../edit.ts';
import * as hazards from '../../hazards.ts';
import type { Draft, Operation, PlanContext } from '../../operation.ts';
import { checkName } from '../../planning/names.ts';
import { checkColumnFree, tableOf } from '../../planning/resolve.ts';
import { type Column, columnNamed, plainName, type Table } from '../../schema.ts';
import { expressionOver, withTable, withTransformation } from '../../target.ts';
import { awaitedSteps } from './awaited.ts';
import { examples } from './examples.ts';
import { filledSteps } from './filled.ts';
import { instantSteps } from './instant.ts';
import { numberedSteps } from './numbered.ts';

/**
 * The cheapest way that the server offers: a constant or stable default stands in the catalog alone; everything else is
 * added empty, with its default for new rows, and filled batch by batch before any new version runs.
 */
export const addColumn: Operation<'add-column'> = {
  id: 'add-column',
  summary: 'ALTER TABLE … ADD COLUMN …',
  examples,

  simulate(target, edit, { up }) {
    const table = tableOf(target, edit.table);
    if (edit.ifNotExists && columnNamed(table, edit.column.name) !== undefined) return target;
    checkColumnFree(table, edit.column.name);
    checkName(edit.column.name, 63);
    const column = columnOf(table, edit.column);
    const added = withTable(target, { ...table, columns: [...table.columns, column] });
    const known = { ...added, newColumns: { ...added.newColumns, [column.id]: edit.column } };
    return up === undefined ? known : withTransformation(known, column.id, { up: expressionOver(table, up) });
  },

  plan(change, context): Draft {
    const { column, stated, table, up } = change;
    if (column.generated !== undefined || isRewritten(column, context)) {
      checkRewrite(column, table.before, context);
      return instantSteps(change, context, column.generated?.kind === 'virtual' ? [] : [hazards.rewrite(table.before)]);
    }
    if (column.identity !== undefined || (stated.isSerial && column.defaultExpression === undefined)) {
      return numberedSteps(change, context);
    }
    if (column.isNotNull && column.defaultExpression === undefined) return awaitedSteps(change, context);
    const isFilled = up !== undefined || column.defaultVolatility === 'volatile';
    return isFilled ? filledSteps(change, context) : instantSteps(change, context, []);
  },
};

function columnOf(table: Table, { isSerial, ...column }: NewColumn): Column {
  return {
    ...column,
    id: `+${plainName(table)}.${column.name}`,
    defaultVolatility: isSerial ? 'volatile' : column.defaultVolatility,
    sequence: undefined,
    comment: undefined,
    statisticsTarget: undefined,
    storage: undefined,
    compression: undefined,
    grants: [],
  };
}

/** A domain's constraints are checked for every row, so the server writes the table anew. */
function isRewritten({ type }: Column, { before }: PlanContext): boolean {
  return before.types.some(
    ({ kind, schema, name }) => kind === 'domain' && [name, `${schema}.${name}`].includes(type.replaceAll('"', '')),
  );
}

/** Throws `not-built` where the table would be written anew and is too large to be locked for that long. */
function checkRewrite(column: Column, table: Table, { can, limits }: PlanContext): void {
  if (column.generated?.kind === 'virtual') {
    if (can.virtualGeneratedColumn) return;
    throw fail('not-built', {
      what: `${column.name} shall be a virtual generated column.`,
      why: 'This server does not have them: they came with PostgreSQL 18.',
      next: 'Use STORED, or compute the value in a view.',
    });
  }
  if (table.bytes <= limits.rewriteBytesMax) return;
  throw fail('not-built', {
    what: `Adding ${column.name} to ${plainName(table)} writes the whole table anew.`,
    why: `The table has ${table.bytes} bytes; while it is written, readers and writers wait. Up to ${limits.rewriteBytesMax} bytes that is taken.`,
    next: 'Add a plain column with -- godwit: up <expression>, and let the application or a trigger keep it up to date.',
  });
}
