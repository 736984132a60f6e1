import type { ColumnDef, CreateStmt, CreateTableAsStmt, Node, RangeVar } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { columnType } from '../column-type.ts';
import { addConstraint } from './add-constraint.ts';
import { readBy } from './apply-view.ts';
import { type Catalog, type LintColumn, type Relation, type RelationKind, relationOf } from './catalog.ts';
import { columnConstraints } from './column-constraints.ts';
import { addRelation } from './new-relation.ts';

/** CREATE TABLE, also PARTITION OF, INHERITS, LIKE and OF. One that is there already stays under IF NOT EXISTS. */
export function applyCreateTable(stmt: CreateStmt, catalog: Catalog, kind?: RelationKind): Relation | undefined {
  const before = relationOf(catalog, stmt.relation);
  if (before !== undefined && stmt.if_not_exists === true) return before;
  const parents = (stmt.inhRelations ?? []).flatMap((node) => {
    const found = 'RangeVar' in node ? relationOf(catalog, node.RangeVar) : undefined;
    return found === undefined ? [] : [found];
  });
  const isPartition = stmt.partbound !== undefined;
  const isKnown = stmt.ofTypename === undefined && (stmt.inhRelations ?? []).length === parents.length;
  const relation = addRelation(catalog, stmt.relation, {
    kind: kind ?? (stmt.partspec === undefined ? 'table' : 'partitioned'),
    partitionKey: stmt.partspec === undefined ? undefined : partitionKeyOf(stmt),
    isDefaultPartition: stmt.partbound?.is_default === true,
    tablespace: stmt.tablespacename,
    isKnown,
    isCertain: isKnown && stmt.if_not_exists !== true && [...parents, ...sourcesOf(stmt, catalog)].every(isSure),
  });
  for (const parent of parents) copyColumns(parent, relation, { withConstraints: true });
  for (const element of stmt.tableElts ?? []) applyElement(element, relation, catalog);
  for (const constraint of stmt.constraints ?? []) addConstraintNode(constraint, relation, catalog);
  const [parent] = parents;
  if (isPartition && parent !== undefined) {
    relation.parent = parent;
    parent.partitions.add(relation);
  }
  return relation;
}

/** Tables that a CREATE TABLE copies columns from; undefined for one of which nothing is known. */
function sourcesOf({ tableElts = [] }: CreateStmt, catalog: Catalog): readonly (Relation | undefined)[] {
  return tableElts.flatMap((element) =>
    'TableLikeClause' in element ? [relationOf(catalog, element.TableLikeClause.relation)] : [],
  );
}

function isSure(relation: Relation | undefined): boolean {
  return relation?.isCertain === true;
}

/** CREATE TABLE … AS and CREATE MATERIALIZED VIEW: the columns are those of the query, which is not read. */
export function applyCreateTableAs(stmt: CreateTableAsStmt, catalog: Catalog): void {
  const name = stmt.into?.rel;
  if (relationOf(catalog, name) !== undefined && stmt.if_not_exists === true) return;
  const isView = stmt.objtype === 'OBJECT_MATVIEW';
  addRelation(catalog, name, {
    kind: isView ? 'materialized' : 'table',
    isKnown: false,
    born: catalog.moment,
    ...(isView ? readBy(stmt.query, catalog) : {}),
  });
}

function applyElement(element: Node, relation: Relation, catalog: Catalog): void {
  if ('ColumnDef' in element) addColumn(element.ColumnDef, relation, catalog);
  else if ('TableLikeClause' in element) {
    const source = relationOf(catalog, element.TableLikeClause.relation);
    // INCLUDING CONSTRAINTS is bit 2 of TableLikeOption (parsenodes.h); ALL sets every bit.
    const withConstraints = ((element.TableLikeClause.options ?? 0) & 4) !== 0;
    if (source !== undefined) copyColumns(source, relation, { withConstraints });
  } else addConstraintNode(element, relation, catalog);
}

function addConstraintNode(node: Node, relation: Relation, catalog: Catalog): void {
  if ('Constraint' in node) addConstraint(node.Constraint, { relation, catalog });
}

/** Adds a column with the constraints that stand at it, and returns it. */
export function addColumn(definition: ColumnDef, relation: Relation, catalog: Catalog): LintColumn {
  const type = columnType(definition.typeName);
  const column: LintColumn = {
    name: definition.colname ?? '',
    type,
    isNotNull: type.isSerial || definition.is_not_null === true,
    default: definition.raw_default,
    identity: false,
    generated: undefined,
    collation: stringsOf(definition.collClause?.collname).at(-1),
  };
  relation.columns.set(column.name, column);
  for (const constraint of columnConstraints(definition)) {
    const { contype, raw_expr, generated_kind } = constraint;
    if (contype === 'CONSTR_NOTNULL') column.isNotNull = true;
    else if (contype === 'CONSTR_DEFAULT') column.default = raw_expr;
    else if (contype === 'CONSTR_IDENTITY') Object.assign(column, { identity: true, isNotNull: true });
    else if (contype === 'CONSTR_GENERATED') column.generated = generated_kind === 's' ? 'stored' : 'virtual';
    else addConstraint(constraint, { relation, catalog, column: column.name });
  }
  return column;
}

function copyColumns(from: Relation, to: Relation, { withConstraints }: { readonly withConstraints: boolean }): void {
  for (const column of from.columns.values()) to.columns.set(column.name, { ...column });
  if (!withConstraints) return;
  for (const constraint of from.constraints.values()) {
    if (constraint.kind === 'check') to.constraints.set(constraint.name, { ...constraint });
  }
}

/** Columns of the partition key that a CREATE TABLE says; undefined where it has an expression. */
export function partitionKeyOf({ partspec }: CreateStmt): readonly string[] | undefined {
  const parts = (partspec?.partParams ?? []).map((node) =>
    'PartitionElem' in node ? node.PartitionElem.name : undefined,
  );
  const columns = parts.flatMap((name) => (name === undefined ? [] : [name]));
  return columns.length === parts.length ? columns : undefined;
}

/** The relations that a list of names means. */
export function relationsNamed(nodes: readonly Node[] | undefined): readonly RangeVar[] {
  return (nodes ?? []).flatMap((node) => ('RangeVar' in node ? [node.RangeVar] : []));
}
