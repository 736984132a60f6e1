import type { AlterTableMoveAllStmt, Node, RangeVar, RefreshMatViewStmt, TruncateStmt, VacuumStmt } from 'libpg-query';
import { relationsNamed } from '../catalog/apply-create-table.ts';
import {
  type Catalog,
  fullName,
  keyOf,
  type Relation,
  referencesTo,
  relationOf,
  withPartitions,
} from '../catalog/catalog.ts';
import { type LockMode, lockModes } from '../lock-mode.ts';
import { isOptionOn } from '../transactions.ts';
import { type Effects, effects, locksOn } from './effects.ts';
import { reached } from './relations.ts';

/** VACUUM, ANALYZE, CLUSTER, REFRESH, TRUNCATE, LOCK and moves of all tables; undefined for other statements. */
export function maintenanceEffects(node: Node, catalog: Catalog): Effects | undefined {
  if ('VacuumStmt' in node) return vacuumEffects(node.VacuumStmt, catalog);
  if ('ClusterStmt' in node) {
    const tables = node.ClusterStmt.relation === undefined ? [] : stored(node.ClusterStmt.relation, catalog);
    return effects({ locks: locksOn(tables, 'ACCESS EXCLUSIVE'), rewrites: tables });
  }
  if ('RefreshMatViewStmt' in node) return refreshEffects(node.RefreshMatViewStmt, catalog);
  if ('TruncateStmt' in node) return truncateEffects(node.TruncateStmt, catalog);
  if ('LockStmt' in node) {
    const tables = relationsNamed(node.LockStmt.relations).flatMap((name) => lockedBy(name, catalog));
    return effects({ locks: locksOn([...new Set(tables)], askedMode(node.LockStmt.mode)) });
  }
  if ('AlterTableMoveAllStmt' in node) return moveAllEffects(node.AlterTableMoveAllStmt, catalog);
  return undefined;
}

/** The relation, or of a partitioned one the partitions that have a file: each is locked by itself. */
function stored(name: RangeVar | undefined, catalog: Catalog): readonly string[] {
  return reached(catalog, name).filter((table) => catalog.relations.get(table)?.kind !== 'partitioned');
}

/** Its query reads tables; WITH NO DATA empties it. CONCURRENTLY compares all rows and writes those that differ. */
function refreshEffects({ relation, concurrent, skipData }: RefreshMatViewStmt, catalog: Catalog): Effects {
  const view = fullName(catalog, relation);
  const read = tablesRead(relationOf(catalog, relation)).map(keyOf);
  if (concurrent === true) return effects({ locks: locksOn([view], 'EXCLUSIVE'), scans: [view, ...read] });
  return effects({
    locks: locksOn([view], 'ACCESS EXCLUSIVE'),
    rewrites: [view],
    scans: skipData === true ? [] : read,
  });
}

/** Tables that a view reads, also by way of other views. */
function tablesRead(view: Relation | undefined): readonly Relation[] {
  return [...readBy(view)].filter(({ kind }) => kind === 'table' || kind === 'materialized');
}

function readBy(view: Relation | undefined): ReadonlySet<Relation> {
  const found = new Set(view?.reads);
  for (const one of found) if (one.kind === 'view') for (const next of one.reads) found.add(next);
  return found;
}

/** LOCK of a view locks what it reads in the same mode. */
function lockedBy(name: RangeVar, catalog: Catalog): readonly string[] {
  const relation = relationOf(catalog, name);
  const read = relation?.kind === 'view' ? [...readBy(relation)] : [];
  return [...reached(catalog, name), ...read.map(keyOf)];
}

/** ALTER TABLE ALL IN TABLESPACE: every table that is there, as far as it is known. */
function moveAllEffects(stmt: AlterTableMoveAllStmt, catalog: Catalog): Effects {
  const kinds = stmt.objtype === 'OBJECT_MATVIEW' ? ['materialized'] : ['table', 'partitioned'];
  const from = stmt.orig_tablespacename;
  const moved = [...catalog.relations.values()].filter(
    ({ kind, tablespace }) =>
      stmt.objtype !== 'OBJECT_INDEX' && kinds.includes(kind) && (tablespace ?? 'pg_default') === from,
  );
  const isNothing = stmt.new_tablespacename === from;
  return effects({
    locks: locksOn(isNothing ? [] : moved.map(keyOf), 'ACCESS EXCLUSIVE'),
    rewrites: isNothing ? [] : moved.filter(({ kind }) => kind !== 'partitioned').map(keyOf),
  });
}

/** The mode that LOCK TABLE asks for: lockdefs.h counts them from 1. */
export function askedMode(mode: number | undefined): LockMode {
  return lockModes[(mode ?? 8) - 1] ?? 'ACCESS EXCLUSIVE';
}

/** Is it VACUUM FULL? */
export function isFullVacuum({
  VacuumStmt: { is_vacuumcmd, options },
}: Extract<Node, { VacuumStmt: unknown }>): boolean {
  return is_vacuumcmd === true && isOptionOn(options, 'full');
}

function vacuumEffects(stmt: VacuumStmt, catalog: Catalog): Effects {
  const isFull = isFullVacuum({ VacuumStmt: stmt });
  const tables = (stmt.rels ?? []).flatMap((node) => {
    if (!('VacuumRelation' in node)) return [];
    const { relation } = node.VacuumRelation;
    return stmt.is_vacuumcmd === true ? stored(relation, catalog) : reached(catalog, relation);
  });
  return effects({
    locks: locksOn(tables, isFull ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE'),
    rewrites: isFull ? tables : [],
  });
}

/** The files are replaced by empty ones, though no row is read or written. It fails where others refer to a table. */
function truncateEffects(stmt: TruncateStmt, catalog: Catalog): Effects {
  const named = relationsNamed(stmt.relations);
  const known = [...new Set(named.flatMap((name) => relationOf(catalog, name) ?? []).flatMap(withPartitions))];
  const others = referringTo(known, catalog);
  const isCascading = stmt.behavior === 'DROP_CASCADE';
  const reachedTables = named.flatMap((name) => reached(catalog, name));
  const tables = [...new Set([...reachedTables, ...(isCascading ? others.map(keyOf) : [])])];
  return effects({
    locks: locksOn(tables, 'ACCESS EXCLUSIVE'),
    rewrites: tables.filter((table) => catalog.relations.get(table)?.kind !== 'partitioned'),
    fails: !isCascading && others.length > 0 ? '0A000' : undefined,
  });
}

/** Tables that refer to these, and those that refer to them, and their partitions. */
export function referringTo(relations: readonly Relation[], catalog: Catalog): readonly Relation[] {
  const found = new Set<Relation>();
  const waiting = [...relations];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { relation } of referencesTo(catalog, next)) {
      for (const one of withPartitions(relation)) {
        if (found.has(one) || relations.includes(one)) continue;
        found.add(one);
        waiting.push(one);
      }
    }
  }
  return [...found];
}
