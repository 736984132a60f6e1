import type { CreateStmt, Node } from 'libpg-query';
import type { NewColumn, NewConstraint } from '../../../edit.ts';
import type { QualifiedName } from '../../../schema.ts';
import { printStatement } from './print.ts';
import { readColumn } from './read-column.ts';
import { readConstraint } from './read-constraint.ts';
import { type Reader, type Reading, type Refusal, refused } from './reading.ts';
import { kindOf, stringsOf } from './walk.ts';

/** Reads CREATE TABLE. The statement is kept, with the schema before every table that it names. */
export const readCreateTable: Reader = (node, reading) => {
  if (!('CreateStmt' in node)) return [];
  const create = node.CreateStmt;
  const refusal = refusalOf(create);
  if (refusal !== undefined) throw refused(reading.statement, refusal);
  const table = reading.relation(create.relation);
  const { columns, constraints } = elementsOf(create, table, reading);
  const keyed = new Set(constraints.filter(({ kind }) => kind === 'primary-key').flatMap((key) => key.columns));
  return [
    {
      edit: {
        kind: 'create-table',
        table,
        statement: printStatement({ CreateStmt: withSchemas(create, table, reading) }),
        columns: columns.map((column) => (keyed.has(column.name) ? { ...column, isNotNull: true } : column)),
        constraints,
        ifNotExists: create.if_not_exists === true,
      },
    },
  ];
};

type Elements = { readonly columns: readonly NewColumn[]; readonly constraints: readonly NewConstraint[] };

function elementsOf(create: CreateStmt, table: QualifiedName, reading: Reading): Elements {
  const columns: NewColumn[] = [];
  const constraints: NewConstraint[] = [];
  const notNull = new Set<string>();
  for (const element of create.tableElts ?? []) {
    if ('ColumnDef' in element) {
      const read = readColumn(element.ColumnDef, reading, { table, isWhole: true });
      columns.push(read.column);
      constraints.push(...read.constraints);
    } else if ('Constraint' in element && element.Constraint.contype === 'CONSTR_NOTNULL') {
      for (const column of stringsOf(element.Constraint.keys)) notNull.add(column);
    } else if ('Constraint' in element) {
      constraints.push(readConstraint(element.Constraint, reading, { table }));
    }
  }
  return {
    columns: columns.map((column) => (notNull.has(column.name) ? { ...column, isNotNull: true } : column)),
    constraints,
  };
}

/** The same statement, independent of the search path. */
function withSchemas(create: CreateStmt, table: QualifiedName, reading: Reading): CreateStmt {
  const constraint = (node: Node): Node => {
    if (!('Constraint' in node) || node.Constraint.pktable === undefined) return node;
    const { schema } = reading.relation(node.Constraint.pktable);
    return { Constraint: { ...node.Constraint, pktable: { ...node.Constraint.pktable, schemaname: schema } } };
  };
  const element = (node: Node): Node => {
    if (!('ColumnDef' in node) || node.ColumnDef.constraints === undefined) return constraint(node);
    return { ColumnDef: { ...node.ColumnDef, constraints: node.ColumnDef.constraints.map(constraint) } };
  };
  return {
    ...create,
    relation: { ...create.relation, schemaname: table.schema },
    ...(create.tableElts === undefined ? {} : { tableElts: create.tableElts.map(element) }),
  };
}

function refusalOf(create: CreateStmt): Refusal | undefined {
  const form = unplannedForm(create);
  if (form === undefined) return undefined;
  return {
    what: `CREATE TABLE ${create.relation?.relname ?? ''} with ${form}`,
    why: 'The planner looks at columns and constraints only, and would plan a table that is not the one you get.',
    next: `Leave ${form} away, or write the columns and constraints out.`,
  };
}

function unplannedForm(create: CreateStmt): string | undefined {
  if (create.relation?.relpersistence === 't') return 'TEMPORARY';
  if (create.relation?.relpersistence === 'u') return 'UNLOGGED';
  if (create.partspec !== undefined) return 'PARTITION BY';
  if (create.partbound !== undefined) return 'PARTITION OF';
  if (create.ofTypename !== undefined) return 'OF a type';
  if ((create.inhRelations ?? []).length > 0) return 'INHERITS';
  if ((create.options ?? []).length > 0) return 'WITH (storage options)';
  if (create.tablespacename !== undefined) return 'TABLESPACE';
  if (create.accessMethod !== undefined) return 'USING (access method)';
  const other = (create.tableElts ?? []).map(kindOf).find((kind) => kind !== 'ColumnDef' && kind !== 'Constraint');
  if (other === 'TableLikeClause') return 'LIKE';
  return other;
}
