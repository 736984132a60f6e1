import type { AlterTableCmd, Constraint } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import {
  type Catalog,
  isBornNow,
  keyOf,
  type LintConstraint,
  type Relation,
  referencesTo,
  withPartitions,
} from '../catalog/catalog.ts';
import type { CommandPlace } from './command-place.ts';
import { type Effects, effects, locksOn } from './effects.ts';
import { indexLocks, isKnownNotNull, isProvenNotNull, reached } from './relations.ts';

/** The constraint that a command adds, or undefined for another command. */
export function addedConstraint({ subtype, def }: AlterTableCmd): Constraint | undefined {
  return subtype === 'AT_AddConstraint' && def !== undefined && 'Constraint' in def ? def.Constraint : undefined;
}

/** ADD CONSTRAINT, by its kind. */
export function addConstraintEffects(command: AlterTableCmd, place: CommandPlace): Effects {
  const { tables, relation } = place;
  const constraint = addedConstraint(command);
  const locks = locksOn(tables, 'ACCESS EXCLUSIVE');
  if (constraint === undefined) return effects({ locks });
  const isSkipped = constraint.skip_validation === true;
  switch (constraint.contype) {
    case 'CONSTR_FOREIGN':
      return foreignKeyEffects(constraint, place, isSkipped);
    case 'CONSTR_UNIQUE':
    case 'CONSTR_PRIMARY':
      if (missesPartitionKey(constraint, relation)) return effects({ fails: '0A000' });
      return effects({ locks: keyLocks(constraint, place), ...keyWork(constraint, place) });
    case 'CONSTR_EXCLUSION':
      if (relation?.kind === 'partitioned' && place.majors.from < 17) return effects({ fails: '0A000' });
      return effects({ locks, builds: stored(place) });
    case 'CONSTR_NOTNULL': {
      const column = stringsOf(constraint.keys)[0] ?? '';
      const isFree = isSkipped || isKnownNotNull(relation, column) || isProvenNotNull(relation, column);
      return effects({ locks, scans: isFree ? [] : tables });
    }
    default:
      return effects({ locks, scans: isSkipped ? [] : tables });
  }
}

/**
 * ADD FOREIGN KEY. A partitioned table refuses NOT VALID until PostgreSQL 17. A table that is referred to is locked with
 * its partitions; rows of both are read, but for a new table there is nothing to look up.
 */
function foreignKeyEffects(constraint: Constraint, place: CommandPlace, isSkipped: boolean): Effects {
  const { tables, relation, catalog, majors } = place;
  // NOT ENFORCED is NOT VALID too.
  const isRefused = isSkipped && relation?.kind === 'partitioned' && majors.from < 18;
  if (isRefused) return effects({ fails: '42809' });
  const both = [...new Set([...tables, ...reached(catalog, constraint.pktable)])];
  const isUnread = isSkipped || relation?.persistence === 'temporary' || isBornNow(catalog, relation);
  const lookups = isUnread ? [] : both.filter((table) => !tables.includes(table));
  return effects({ locks: locksOn(both, 'SHARE ROW EXCLUSIVE'), scans: isUnread ? [] : tables, lookups });
}

/**
 * Does a key of a partitioned table leave out a column of the partition key, so that the server refuses it? A key that
 * partitions by an expression allows none.
 */
export function missesPartitionKey(constraint: Constraint, relation: Relation | undefined): boolean {
  if (relation?.kind !== 'partitioned' || constraint.keys === undefined) return false;
  const keys = stringsOf(constraint.keys);
  return relation.partitionKey === undefined || relation.partitionKey.some((column) => !keys.includes(column));
}

/** The tables that hold rows: a partitioned one has none of its own. */
function stored({ tables, catalog }: CommandPlace): readonly string[] {
  return tables.filter((table) => catalog.relations.get(table)?.kind !== 'partitioned');
}

/** Partitions of a table that gets a key are locked as by CREATE INDEX until PostgreSQL 17. */
function keyLocks({ indexname }: Constraint, { tables, relation, majors }: CommandPlace): Effects['locks'] {
  const [own, ...parts] = tables;
  const isGentle = relation?.kind === 'partitioned' && indexname === undefined && majors.to < 18;
  if (own === undefined || !isGentle) return locksOn(tables, 'ACCESS EXCLUSIVE');
  return [...locksOn([own], 'ACCESS EXCLUSIVE'), ...locksOn(parts, 'SHARE')];
}

/** A primary key makes its columns NOT NULL first, for which rows are read where nothing proves it. */
function keyWork(constraint: Constraint, place: CommandPlace): Partial<Effects> {
  const builds = constraint.indexname === undefined ? stored(place) : [];
  if (constraint.contype !== 'CONSTR_PRIMARY') return { builds };
  return { builds, scans: nullableKeys(constraint, place.relation).length > 0 ? stored(place) : [] };
}

/** Columns of a new primary key that nothing says are NOT NULL; empty where the table or its index is not known. */
export function nullableKeys(constraint: Constraint, relation: Relation | undefined): readonly string[] {
  if (relation === undefined) return [];
  const ofIndex = constraint.indexname === undefined ? [] : (relation.indexes.get(constraint.indexname)?.columns ?? []);
  const keys = constraint.indexname === undefined ? stringsOf(constraint.keys) : ofIndex;
  return keys.flatMap((name) => {
    const isOpen =
      name !== undefined && relation.columns.get(name)?.isNotNull === false && !isProvenNotNull(relation, name);
    return isOpen ? [name] : [];
  });
}

/** VALIDATE CONSTRAINT; one that is valid already is not looked at. */
export function validateEffects({ name = '' }: AlterTableCmd, { relation, tables }: CommandPlace): Effects {
  const constraint = relation?.constraints.get(name);
  const isDone = constraint?.isValid === true;
  return effects({
    locks: [
      ...locksOn(tables, 'SHARE UPDATE EXCLUSIVE'),
      ...locksOn(isDone ? [] : referencedBy(constraint), 'ROW SHARE'),
    ],
    scans: isDone ? [] : tables,
    lookups: isDone ? [] : referencedBy(constraint).filter((table) => !tables.includes(table)),
  });
}

/** The table that a foreign key refers to, with its partitions; none for other constraints. */
export function referencedBy(constraint: LintConstraint | undefined): readonly string[] {
  const references = constraint?.references;
  if (references === undefined) return [];
  return references.relation === undefined ? [references.name] : withPartitions(references.relation).map(keyOf);
}

/** DROP CONSTRAINT: of a foreign key both tables, of a key its index and what refers to it. */
export function dropConstraintEffects(
  { name = '', behavior }: AlterTableCmd,
  { relation, tables, catalog }: CommandPlace,
): Effects {
  const constraint = relation?.constraints.get(name);
  const isKey = constraint?.index !== undefined && relation !== undefined;
  const referring = isKey ? referringTo(constraint, relation, catalog) : [];
  if (referring.length > 0 && behavior !== 'DROP_CASCADE') return effects({ fails: '2BP01' });
  return effects({
    locks: [
      ...locksOn([...new Set([...tables, ...referencedBy(constraint), ...referring])], 'ACCESS EXCLUSIVE'),
      ...(isKey ? indexLocks(relation, [name]) : []),
    ],
  });
}

/** Tables with a foreign key upon a key: one that names no columns means the primary key. */
function referringTo(key: LintConstraint, relation: Relation, catalog: Catalog): readonly string[] {
  const found = referencesTo(catalog, relation).filter(({ constraint }) => {
    const columns = constraint.references?.columns ?? [];
    if (columns.length === 0) return key.kind === 'primary-key';
    return columns.length === key.columns.length && columns.every((column) => key.columns.includes(column));
  });
  return found.map(({ relation: other }) => keyOf(other));
}

/** ALTER CONSTRAINT … [NOT] ENFORCED (from PostgreSQL 18) drops or makes the triggers of both tables. */
export function alterConstraintEffects({ def }: AlterTableCmd, { relation, tables }: CommandPlace): Effects {
  const alter = def !== undefined && 'ATAlterConstraint' in def ? def.ATAlterConstraint : undefined;
  const locks = locksOn(tables, 'ACCESS EXCLUSIVE');
  const others = referencedBy(relation?.constraints.get(alter?.conname ?? ''));
  if (alter?.alterEnforceability !== true) return effects({ locks });
  if (alter.is_enforced !== true) return effects({ locks: [...locks, ...locksOn(others, 'ACCESS EXCLUSIVE')] });
  return effects({ locks: [...locks, ...locksOn(others, 'SHARE ROW EXCLUSIVE')], scans: [...tables, ...others] });
}
