import type { Finding } from '#core/finding';
import { plainName, type QualifiedName, type Table } from './schema.ts';

/** From contract on the server refuses what it took before. `sqlstates` are those of the refusals. */
export function tightened(table: QualifiedName, what: string, sqlstates: readonly string[]): Finding {
  return {
    rule: 'hazard/tightened',
    severity: 'warning',
    message: `From contract on ${plainName(table)} refuses rows against this: ${what}.`,
    cure: 'Deploy the version that keeps to it before contract, and end the last instance of the old one.',
    object: plainName(table),
    sqlstates,
  };
}

/** Statements name an index by its columns: ON CONFLICT finds none any more. */
export function conflictTarget(table: QualifiedName, name: string): Finding {
  return {
    rule: 'hazard/conflict-target',
    severity: 'warning',
    message: `When ${name} of ${plainName(table)} is gone, ON CONFLICT on its columns or by its name fails.`,
    cure: 'Deploy the version that does not use it before contract.',
    object: plainName(table),
    sqlstates: ['42P10', '42704'],
  };
}

/** Logical replication and walks by key lose their key. */
export function keyDropped(table: Table): Finding {
  return {
    rule: 'hazard/key-dropped',
    severity: 'warning',
    message: `Without its primary key, UPDATE and DELETE on ${plainName(table)} fail where a publication carries it and its replica identity is the default.`,
    cure: 'Set another replica identity first, or add the new key in the same plan.',
    object: plainName(table),
    sqlstates: ['55000'],
  };
}

/** A row that is referred to is searched for in the whole referring table when it goes or changes its key. */
export function unindexedReference(table: QualifiedName, key: string, other: QualifiedName): Finding {
  return {
    rule: 'hazard/unindexed-foreign-key',
    severity: 'warning',
    message: `No index of ${plainName(table)} begins with the columns of ${key}: every DELETE on ${plainName(other)}, and every UPDATE of its key, reads the whole of it.`,
    cure: 'Create an index on these columns in the same intent.',
    object: plainName(table),
  };
}

/** Until contract the new name is a view, and a few statements want a table. */
export function viewForTable(table: QualifiedName, view: QualifiedName): Finding {
  return {
    rule: 'hazard/view-for-table',
    severity: 'warning',
    message: `Until contract ${plainName(view)} is a view of ${plainName(table)}: TRUNCATE, COPY, ON CONFLICT ON CONSTRAINT, ctid and xmax, TABLESAMPLE, WHERE CURRENT OF, GROUP BY the primary key alone and foreign keys to it fail there; pg_get_serial_sequence gives NULL.`,
    cure: `Use ON CONFLICT with columns, and the name ${view.name === table.name ? plainName(table) : table.name} for the other statements until contract is done.`,
    object: plainName(view),
    sqlstates: ['42809', '42704', '42703', '42803', '0A000'],
  };
}

/** Subscribers know a table by its name. */
export function publishedName(table: Table, to: string): readonly Finding[] {
  if (table.publications.length === 0) return [];
  return [
    {
      rule: 'hazard/publication-name',
      severity: 'warning',
      message: `${plainName(table)} is published by ${table.publications.join(', ')}: subscribers look for a table called ${to} from contract on.`,
      cure: 'Rename the table on every subscriber, and refresh the subscription, at contract.',
      object: plainName(table),
    },
  ];
}

/** Kept values go with their rows, for as long as they are kept. */
export function watchedDeletes(table: QualifiedName, column: string): Finding {
  return {
    rule: 'hazard/watched-deletes',
    severity: 'advice',
    message: `While old values of ${plainName(table)}.${column} are kept for the way back, a trigger forgets those of rows that are deleted: DELETE on ${plainName(table)} does a little more, and pg_dump of its schema alone has a trigger without its function.`,
    cure: 'End the retention with `godwit purge` when you will not go back any more; the trigger goes with it.',
    object: plainName(table),
  };
}
