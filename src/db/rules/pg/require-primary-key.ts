import type { CreateStmt } from 'libpg-query';
import { relationOf } from '../../lint/catalog/catalog.ts';
import type { Rule } from '../../rule.ts';

export const requirePrimaryKey: Rule = {
  id: 'pg/require-primary-key',
  severity: 'advice',
  summary: 'A new table has no primary key',
  why: 'Without one, rows cannot be told apart: backfills have no order to go by, logical replication refuses UPDATE and DELETE, and later the key costs a lock while its index is built.',
  instead: 'Give it one: id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, or the columns that name a row.',
  aliases: { MigrationPilot: ['MP045'], spirit: ['primary_key'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'CREATE TABLE drafts (id bigint, title text);' },
    { sql: 'CREATE TABLE drafts (id bigint NOT NULL UNIQUE, title text);' },
    { sql: 'CREATE TABLE measurements (taken_on date NOT NULL) PARTITION BY RANGE (taken_on);' },
    { sql: 'CREATE TABLE drafts (LIKE users INCLUDING DEFAULTS);' },
  ],
  good: [
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, title text);' },
    { sql: 'CREATE TABLE drafts (id bigint, title text);\nALTER TABLE drafts ADD PRIMARY KEY (id);' },
    { sql: 'CREATE TABLE pairs (a bigint, b bigint, PRIMARY KEY (a, b));' },
    { sql: 'CREATE TEMPORARY TABLE drafts (id bigint);' },
    { sql: 'CREATE UNLOGGED TABLE staging (line text);' },
    { sql: "CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');" },
    { sql: 'CREATE TABLE drafts (LIKE users INCLUDING ALL);' },
    { sql: 'CREATE TABLE IF NOT EXISTS notes (id bigint);' },
    { sql: 'CREATE TABLE drafts (id bigint);\nDROP TABLE drafts;' },
  ],
  on: [],
  onFileWith: ['CreateStmt'],
  check: () => [],
  checkFile(units, { catalog }) {
    return units.flatMap((unit) => {
      if (!('CreateStmt' in unit.node)) return [];
      const stmt = unit.node.CreateStmt;
      const relation = relationOf(catalog, stmt.relation);
      if (relation === undefined || relation.born !== catalog.moment || relation.persistence !== 'permanent') return [];
      const hasKey = [...relation.constraints.values()].some(({ kind }) => kind === 'primary-key');
      if (hasKey || isMadeAfterAnother(stmt) || relation.parent !== undefined) return [];
      return [{ unit, message: `Table ${relation.name} has no primary key.` }];
    });
  },
};

/** CREATE_TABLE_LIKE_INDEXES in parsenodes.h. */
const likeIndexes = 1 << 6;

/** A partition, a table of a type, an heir, or a copy with indexes has the key of what it is made after. */
function isMadeAfterAnother({ partbound, ofTypename, inhRelations, tableElts }: CreateStmt): boolean {
  const isCopy = (tableElts ?? []).some(
    (element) => 'TableLikeClause' in element && ((element.TableLikeClause.options ?? 0) & likeIndexes) !== 0,
  );
  return isCopy || partbound !== undefined || ofTypename !== undefined || (inhRelations ?? []).length > 0;
}
