import type { DropStmt, IndexStmt, Node, RangeVar, ReindexStmt } from 'libpg-query';
import { rangeOf } from '../catalog/apply-drop.ts';
import { readIndex } from '../catalog/apply-index.ts';
import { type Catalog, fullName, keyOf, named, type Relation, relationOf, withPartitions } from '../catalog/catalog.ts';
import { isOptionOn } from '../transactions.ts';
import { type Effects, effects, type Lock, locksOn } from './effects.ts';
import { indexLocks, reached } from './relations.ts';

/** CREATE INDEX, DROP INDEX and REINDEX; undefined for other statements. */
export function indexEffects(node: Node, catalog: Catalog): Effects | undefined {
  if ('IndexStmt' in node) return createIndexEffects(node.IndexStmt, catalog);
  if ('DropStmt' in node && node.DropStmt.removeType === 'OBJECT_INDEX')
    return dropIndexEffects(node.DropStmt, catalog);
  if ('ReindexStmt' in node) return reindexEffects(node.ReindexStmt, catalog);
  return undefined;
}

/** Where IF NOT EXISTS finds the name taken, the lock is taken and nothing else is done. */
function createIndexEffects(stmt: IndexStmt, catalog: Catalog): Effects {
  const isConcurrent = stmt.concurrent === true;
  if (isConcurrent && isPartitioned(relationOf(catalog, stmt.relation))) return effects({ fails: '0A000' });
  if (leavesOutPartitionKey(stmt, catalog)) return effects({ fails: '0A000' });
  const tables = reached(catalog, stmt.relation);
  const stored = tables.filter((table) => !isPartitioned(catalog.relations.get(table)));
  const isThere = isIndexThere(stmt, catalog);
  return effects({
    locks: locksOn(
      isThere ? [fullName(catalog, stmt.relation)] : tables,
      isConcurrent ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE',
    ),
    builds: isThere ? [] : stored,
  });
}

/** Is it a unique index of a partitioned table without a column of the partition key, which the server refuses, ONLY or not? */
export function leavesOutPartitionKey(stmt: IndexStmt, catalog: Catalog): boolean {
  const relation = relationOf(catalog, stmt.relation);
  if (stmt.unique !== true || !isPartitioned(relation) || isIndexThere(stmt, catalog)) return false;
  const { columns } = readIndex(stmt);
  return relation?.partitionKey?.every((column) => columns.includes(column)) !== true;
}

/** Does IF NOT EXISTS find an index of the name in the schema of the table? */
export function isIndexThere(stmt: IndexStmt, catalog: Catalog): boolean {
  const schema = relationOf(catalog, stmt.relation)?.schema;
  if (stmt.if_not_exists !== true || stmt.idxname === undefined || schema === undefined) return false;
  return catalog.indexes.has(keyOf({ schema, name: stmt.idxname }));
}

/** Has the relation no rows of its own? */
export function isPartitioned(relation: Relation | undefined): boolean {
  return relation?.kind === 'partitioned';
}

/** DROP INDEX CONCURRENTLY waits for those that use it before it takes the index itself. */
function dropIndexEffects(stmt: DropStmt, catalog: Catalog): Effects {
  const isConcurrent = stmt.concurrent === true;
  const tables = (stmt.objects ?? []).map((object) => indexedTable(rangeOf(object), catalog));
  if (isConcurrent && (tables.length > 1 || tables.some(isPartitioned))) return effects({ fails: '0A000' });
  const locks = (stmt.objects ?? []).flatMap((object): readonly Lock[] => {
    const name = rangeOf(object);
    const table = indexedTable(name, catalog);
    if (table === undefined)
      return stmt.missing_ok === true && catalog.isWhole ? [] : [indexLock(fullName(catalog, name))];
    const index = indexLock(keyOf({ schema: table.schema, name: name.relname ?? '' }));
    const mode = isConcurrent ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE';
    return [...locksOn(withPartitions(table).map(keyOf), mode), index];
  });
  return effects({ locks });
}

/** The relation on which an index of that name stands, or undefined where none is known. */
export function indexedTable(name: RangeVar | undefined, catalog: Catalog): Relation | undefined {
  return named(catalog, catalog.indexes, name?.schemaname, name?.relname ?? '');
}

function indexLock(relation: string): Lock {
  return { relation, kind: 'index', mode: 'ACCESS EXCLUSIVE' };
}

/**
 * REINDEX blocks writes of the table and all use of the index; CONCURRENTLY (from PostgreSQL 12) neither. Of what is
 * partitioned it goes through the partitions, each by itself (from PostgreSQL 14).
 */
function reindexEffects(stmt: ReindexStmt, catalog: Catalog): Effects {
  const isIndex = stmt.kind === 'REINDEX_OBJECT_INDEX';
  const tables = reindexedTables(stmt, catalog);
  const isConcurrent = isConcurrentReindex(stmt);
  const builds = tables.filter((table) => !isPartitioned(catalog.relations.get(table)));
  const ofIndex = isIndex ? [indexLock(indexName(stmt.relation, catalog))] : [];
  const indexes = isIndex ? ofIndex : tables.flatMap((name) => indexLocks(catalog.relations.get(name)));
  return effects({
    locks: [...locksOn(tables, isConcurrent ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE'), ...indexes],
    builds,
  });
}

/** Is it REINDEX … CONCURRENTLY, by word or by option? */
export function isConcurrentReindex({ params }: ReindexStmt): boolean {
  return isOptionOn(params, 'concurrently');
}

function reindexedTables(stmt: ReindexStmt, catalog: Catalog): readonly string[] {
  if (stmt.kind === 'REINDEX_OBJECT_INDEX') {
    const table = indexedTable(stmt.relation, catalog);
    return table === undefined ? [] : withPartitions(table).map(keyOf);
  }
  if (stmt.kind === 'REINDEX_OBJECT_TABLE') {
    const table = relationOf(catalog, stmt.relation);
    if (!isPartitioned(table)) return [fullName(catalog, stmt.relation)];
    return reached(catalog, stmt.relation).filter((one) => !isPartitioned(catalog.relations.get(one)));
  }
  return [...catalog.relations.values()]
    .filter(({ kind }) => kind === 'table' || kind === 'materialized')
    .filter(({ schema }) => stmt.kind !== 'REINDEX_OBJECT_SCHEMA' || schema === stmt.name)
    .map(keyOf);
}

function indexName(name: RangeVar | undefined, catalog: Catalog): string {
  const table = indexedTable(name, catalog);
  return table === undefined ? fullName(catalog, name) : keyOf({ schema: table.schema, name: name?.relname ?? '' });
}
