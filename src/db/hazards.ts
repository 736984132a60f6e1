import type { Finding } from '#core/finding';
import type { PlanContext } from './operation.ts';
import {
  type Column,
  plainName,
  type QualifiedName,
  type Snapshot,
  type Table,
  type UserFunction,
  usersTriggers,
} from './schema.ts';

/** Prepared `SELECT *` and `RETURNING *` fail once after a table's columns change. */
export function preparedStatements(table: QualifiedName): Finding {
  return {
    rule: 'hazard/prepared-statement',
    severity: 'warning',
    message: `Prepared SELECT * and RETURNING * on ${plainName(table)} fail once with "cached plan must not change result type" when its columns change.`,
    cure: 'Name the columns, or have the client prepare again on 0A000 and repeat the transaction.',
    object: plainName(table),
    sqlstates: ['0A000'],
  };
}

/** An explicit NULL into the shadow of a column with a volatile default is taken for a column left out. */
export function explicitNull(table: QualifiedName, column: string): Finding {
  return {
    rule: 'hazard/explicit-null',
    severity: 'advice',
    message: `An INSERT that writes NULL into ${plainName(table)}.${column} is taken for one that leaves it out: the default fills it. Where an INSERT writes both names, ${column} wins.`,
    cure: 'Write one of the two names, and NULL by UPDATE, until contract is done.',
    object: `${plainName(table)}.${column}`,
  };
}

/** One transaction takes a lock for each value of a dual-written unique column. */
export function valueLocks(table: QualifiedName, column: string): Finding {
  return {
    rule: 'hazard/bulk-insert',
    severity: 'warning',
    message: `While ${plainName(table)}.${column} is unique and written under two names, a transaction takes one advisory lock for each value it writes; a bulk load in one transaction may run out of them.`,
    cure: 'Load in transactions of at most a thousand rows until contract is done, or raise max_locks_per_transaction.',
    object: `${plainName(table)}.${column}`,
    sqlstates: ['53200', '40P01'],
  };
}

/** Both columns written by one statement, with values that disagree. */
export function disagreement(table: QualifiedName, columns: readonly [string, string]): Finding {
  return {
    rule: 'hazard/disagreement',
    severity: 'advice',
    message: `A statement that writes ${columns[0]} and ${columns[1]} of ${plainName(table)} with different values is refused.`,
    cure: 'Write one of them, or both alike.',
    object: `${plainName(table)}.${columns[1]}`,
    sqlstates: ['23514'],
  };
}

/** Triggers that fire on UPDATE OF the column do not see writes under its other name. */
export function columnTriggers(table: Table, column: Column, to: string): readonly Finding[] {
  const triggers = usersTriggers(table).filter(({ dependsOn }) => dependsOn.includes(column.id));
  return triggers.map(({ name }) => ({
    rule: 'hazard/column-trigger',
    severity: 'warning' as const,
    message: `Trigger ${name} on ${plainName(table)} fires for UPDATE OF ${column.name}; it does not fire for statements that write ${to}, until contract.`,
    cure: `Let the trigger fire on every UPDATE and compare old and new ${column.name} in WHEN.`,
    object: `${plainName(table)}.${column.name}`,
  }));
}

/** Functions whose text mentions a column that goes away: the server does not rewrite them. */
export function textFunctions(
  { before, spelling }: Pick<PlanContext, 'before' | 'spelling'>,
  table: QualifiedName,
  column: string,
): readonly Finding[] {
  return before.functions
    .filter(({ schema, definition }) => schema !== 'godwit' && spelling.mentionsColumn(definition, table, column))
    .map((found) => textFunction(found, `${plainName(table)}.${column}`, '42703'));
}

/** Sessions keep the plans of a function that is not ours to touch. */
export function cachedPlans(table: QualifiedName, found: UserFunction): Finding {
  return {
    rule: 'hazard/cached-plan',
    severity: 'warning',
    message: `Function ${plainName(found)}(${found.arguments}) reads ${plainName(table)} and belongs to another role: sessions that have called it before keep the old type of the column, and fail in it from then on ("type of parameter does not match that when preparing the plan").`,
    cure: 'Let its owner replace it by the same text (CREATE OR REPLACE) right after the type has changed, there or back, or have the sessions connect again; or give the function to the role of the plan.',
    object: plainName(table),
    sqlstates: ['42804'],
  };
}

/** Functions whose text mentions a table that goes away. */
export function tableFunctions(
  { before, spelling }: Pick<PlanContext, 'before' | 'spelling'>,
  table: QualifiedName,
): readonly Finding[] {
  return before.functions
    .filter(({ schema, definition }) => schema !== 'godwit' && spelling.mentionsTable(definition, table))
    .map((found) => textFunction(found, plainName(table), '42P01'));
}

function textFunction(found: UserFunction, object: string, sqlstate: string): Finding {
  return {
    rule: 'hazard/text-functions',
    severity: 'error',
    message: `Function ${plainName(found)}(${found.arguments}) may mention ${object}: its text does not follow the change, and fails from contract on.`,
    cure: 'Replace the function before contract, by one that works with the old name and the new.',
    object,
    sqlstates: [sqlstate],
  };
}

/** Views keep the old name for what they show. */
export function viewNames(snapshot: Snapshot, table: QualifiedName, column: Column): readonly Finding[] {
  return snapshot.views
    .filter(({ dependsOn }) =>
      dependsOn.some((used) => plainName(used.table) === plainName(table) && used.columns.includes(column.id)),
    )
    .map((view) => ({
      rule: 'hazard/view-column-name',
      severity: 'advice' as const,
      message: `View ${plainName(view)} reads ${plainName(table)}.${column.name}; it follows by itself, and goes on showing the column as ${column.name}.`,
      cure: 'Rename the column of the view too, when its readers are ready.',
      object: plainName(view),
    }));
}

/** A table without any key is walked by its blocks. */
export function noKey(table: QualifiedName): Finding {
  return {
    rule: 'hazard/no-primary-key',
    severity: 'advice',
    message: `${plainName(table)} has no primary key and no unique NOT NULL key: it is walked block by block.`,
    cure: 'Add a primary key; then every later plan can walk the table by it.',
    object: plainName(table),
  };
}

/** Rows that the old version inserts after the fill do not get the value of `up`. */
export function laterRows(table: QualifiedName, column: string): Finding {
  return {
    rule: 'hazard/later-rows',
    severity: 'advice',
    message: `Rows that the old version inserts into ${plainName(table)} after the fill leave ${column} without the value of "up".`,
    cure: 'Give the column a default, or an UPDATE as a plan of its own once the old version is gone.',
    object: `${plainName(table)}.${column}`,
  };
}

/** The whole table is written anew under a lock that nobody passes. */
export function rewrite(table: QualifiedName): Finding {
  return {
    rule: 'hazard/rewrite',
    severity: 'warning',
    message: `The server writes ${plainName(table)} anew while readers and writers wait; it is small enough for that.`,
    cure: 'Run it in a quiet moment; it gives up when the statement timeout is reached.',
    object: plainName(table),
  };
}

/** The replacing column stands last in the table. */
export function columnPosition(table: QualifiedName, column: string): Finding {
  return {
    rule: 'hazard/column-position',
    severity: 'warning',
    message: `${column} becomes the last column of ${plainName(table)}: INSERT without a column list and code that counts columns break at contract.`,
    cure: 'Name the columns in INSERT, and read results by name.',
    object: `${plainName(table)}.${column}`,
    sqlstates: ['42804', '22P02'],
  };
}

/** The same on the way back from contract. */
export function columnPositionBack(table: QualifiedName, column: string): Finding {
  return {
    rule: 'hazard/column-position-back',
    severity: 'advice',
    message: `If the plan is taken back after this, ${column} comes back as the last column of ${plainName(table)}: INSERT without a column list and code that counts columns break then.`,
    cure: 'Name the columns in INSERT, and read results by name.',
    object: `${plainName(table)}.${column}`,
    sqlstates: ['42804', '22P02'],
  };
}

/** What the application writes once the column takes more than before. */
export type Narrowing = {
  /** The type from before. */
  readonly type: string;
  /** Names of old and new column, where both are written until contract. */
  readonly isTwoWay: boolean;
};

/** Values that the old type does not take are in the way of a rollback, and of nothing else. */
export function narrowing(table: QualifiedName, column: string, { type, isTwoWay }: Narrowing): Finding {
  const before = isTwoWay ? `Until contract such a value is refused, since the old column cannot hold it. ` : '';
  return {
    rule: 'hazard/narrowing',
    severity: 'warning',
    message: `${plainName(table)}.${column} will take values that ${type} does not. ${before}Afterwards nobody is refused, but a rollback does not begin while there are such rows: it names them. Once it has begun, such values are refused again.`,
    cure: `Before a rollback, see that the application writes only values that ${type} takes, and mend the rows that it names.`,
    object: `${plainName(table)}.${column}`,
    sqlstates: ['22001', '22003', '22007', '22008', '22P02', '23502', '23514'],
  };
}

/** A value that the new type does not take is refused as soon as the trigger stands. */
export function unconvertible(table: QualifiedName, column: string, type: string): Finding {
  return {
    rule: 'hazard/unconvertible',
    severity: 'warning',
    message: `From expand on, a value of ${plainName(table)}.${column} that cannot become ${type} is refused, for the old version too.`,
    cure: 'See that the application writes only values that convert, or give an "up" that takes every value.',
    object: `${plainName(table)}.${column}`,
    sqlstates: ['22P02', '22003', '22001', '22007', '22008', '23514'],
  };
}

/** What the new type cannot hold comes back only from the undo table. */
export function lossy(
  table: QualifiedName,
  column: string,
  types: { readonly from: string; readonly to: string },
): Finding {
  return {
    rule: 'hazard/lossy',
    severity: 'advice',
    message: `Not every ${types.from} comes back from ${types.to}: contract keeps such values of ${plainName(table)}.${column} in an undo table before it drops the old column.`,
    cure: 'Roll back before `godwit purge` ends the retention; values written after contract come back through "down".',
    object: `${plainName(table)}.${column}`,
  };
}

/** Subscribers of a publication do not have the columns that a plan adds. */
export function published(table: Table): readonly Finding[] {
  if (table.publications.length === 0) return [];
  return [
    {
      rule: 'hazard/publication',
      severity: 'warning',
      message: `${plainName(table)} is published by ${table.publications.join(', ')}: a subscriber that lacks a new column stops with an error.`,
      cure: 'Add the same column on every subscriber before expand.',
      object: plainName(table),
    },
  ];
}

/** Rows written without a column that was NOT NULL have nothing to put there on the way back. */
export function withoutValue(table: QualifiedName, column: string): Finding {
  return {
    rule: 'hazard/without-value',
    severity: 'advice',
    message: `Rows that the new version inserts into ${plainName(table)} have no ${column}: if the plan is rolled back then, the column stays without NOT NULL, and these rows are named.`,
    cure: 'Write "-- godwit: down <expression>" before the statement, so that a rollback can fill them.',
    object: `${plainName(table)}.${column}`,
  };
}
