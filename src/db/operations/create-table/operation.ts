import { fail } from '#core/error';
import type { NewColumn } from '../../edit.ts';
import type { Operation } from '../../operation.ts';
import { checkName } from '../../planning/names.ts';
import { withConstraint } from '../../planning/new-constraint.ts';
import { checkRelationFree } from '../../planning/relations.ts';
import { type Column, plainName, type QualifiedName, type Table, tableById, tableNamed } from '../../schema.ts';
import type { CreateTableEdit, Target } from '../../target.ts';
import { examples } from './examples.ts';
import { makeSteps } from './make.ts';

/** Made at the start, with all that later statements of the intent add to it: nobody uses it yet. */
export const createTable: Operation<'create-table'> = {
  id: 'create-table',
  summary: 'CREATE TABLE',
  examples,

  simulate(target, edit) {
    if (edit.ifNotExists && tableNamed(target.snapshot, edit.table) !== undefined) return target;
    checkName(edit.table.name, 63);
    checkRelationFree(target, edit.table, 'table');
    checkSchema(target, edit.table);
    checkColumns(edit);
    const table = emptyTable(edit);
    const { snapshot } = target;
    const made: Target = {
      ...target,
      snapshot: { ...snapshot, tables: [...snapshot.tables, table] },
      newTables: { ...target.newTables, [table.id]: edit },
      newColumns: {
        ...target.newColumns,
        ...Object.fromEntries(edit.columns.map((column) => [idOf(edit.table, column), column])),
      },
    };
    // Keys first: a foreign key may refer to the table itself.
    const isReference = ({ kind }: { readonly kind: string }) => kind === 'foreign-key';
    const constraints = [
      ...edit.constraints.filter((one) => !isReference(one)),
      ...edit.constraints.filter(isReference),
    ];
    return constraints.reduce(
      (known, constraint) => withConstraint(known, tableById(known.snapshot, table.id) ?? table, constraint),
      made,
    );
  },

  plan: makeSteps,
};

function idOf(table: QualifiedName, { name }: NewColumn): string {
  return `+${plainName(table)}.${name}`;
}

function emptyTable({ table, columns }: CreateTableEdit): Table {
  return {
    ...table,
    id: `+${plainName(table)}`,
    kind: 'table',
    owner: '',
    comment: undefined,
    columns: columns.map((column) => columnOf(table, column)),
    constraints: [],
    indexes: [],
    triggers: [],
    policies: [],
    grants: [],
    rowSecurity: 'off',
    replicaIdentity: 'default',
    partitionOf: undefined,
    partitionBound: undefined,
    partitionKey: undefined,
    inherits: [],
    storageOptions: [],
    persistence: 'permanent',
    rows: 0,
    bytes: 0,
    publications: [],
  };
}

function columnOf(table: QualifiedName, { isSerial, ...column }: NewColumn): Column {
  return {
    ...column,
    id: idOf(table, { ...column, isSerial }),
    defaultVolatility: isSerial ? 'volatile' : column.defaultVolatility,
    sequence: undefined,
    comment: undefined,
    statisticsTarget: undefined,
    storage: undefined,
    compression: undefined,
    grants: [],
  };
}

function checkSchema({ snapshot }: Target, { schema, name }: QualifiedName): void {
  if (snapshot.schemas.includes(schema)) return;
  throw fail('unknown-object', {
    what: `There is no schema ${schema} for the table ${name}.`,
    why: `The database ${snapshot.server.database} holds: ${snapshot.schemas.join(', ')}.`,
    next: `Create it first: CREATE SCHEMA ${schema}.`,
  });
}

function checkColumns({ table, columns }: CreateTableEdit): void {
  const names = columns.map(({ name }) => name);
  for (const name of names) checkName(name, 63);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice === undefined) return;
  throw fail('name-taken', {
    what: `Table ${plainName(table)} would have two columns ${twice}.`,
    why: 'A table cannot hold two columns of one name.',
    next: 'Give one of them another name.',
  });
}
