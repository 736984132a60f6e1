import type { Node } from 'libpg-query';
import { rangeOf } from '../../lint/catalog/apply-drop.ts';
import { refusesTransaction } from '../../lint/transactions.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const notIdempotent: Rule = {
  id: 'hy/not-idempotent',
  severity: 'advice',
  summary: 'A statement that commits by itself fails when the migration is run again',
  why: 'A migration that is not one transaction can stop half way. To run it again, all that was done before must let itself be done once more, or somebody has to take it back by hand.',
  instead: 'Write IF NOT EXISTS, or IF EXISTS for what is dropped; or let all of it run in one transaction.',
  aliases: { squawk: ['prefer-robust-stmts'], MigrationPilot: ['MP023'], pgsafe: ['require-if-exists'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;\nDROP INDEX CONCURRENTLY IF EXISTS users_name_index;' },
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);' },
    { sql: 'DROP INDEX CONCURRENTLY users_name_index;\nALTER TABLE users DROP COLUMN age;', findings: 2 },
    {
      sql: 'BEGIN;\nALTER TABLE users ADD COLUMN nickname text;\nCOMMIT;\nCREATE TABLE drafts (id bigint PRIMARY KEY);',
    },
    {
      sql: "ALTER TYPE order_status ADD VALUE 'lost';\nVACUUM users;",
    },
  ],
  good: [
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;' },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;\nCREATE TABLE drafts (id bigint);', inTransaction: true },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;\nCREATE TABLE drafts (id bigint PRIMARY KEY);' },
    {
      sql: 'ALTER TABLE users ADD COLUMN IF NOT EXISTS nickname text;\nCREATE INDEX CONCURRENTLY IF NOT EXISTS users_age ON users (age);',
    },
    {
      sql: 'DROP INDEX CONCURRENTLY IF EXISTS users_age;\nCREATE INDEX CONCURRENTLY users_age ON users (age);',
    },
    { sql: 'DROP TABLE IF EXISTS drafts;\nCREATE TABLE drafts (id bigint);\nVACUUM users;' },
    { sql: 'CREATE TEMPORARY TABLE drafts (id bigint);\nVACUUM users;' },
    { sql: 'DO $$ BEGIN ALTER TABLE users ADD COLUMN nickname text; END $$;\nVACUUM users;' },
    { sql: 'VACUUM users;\nALTER TABLE users ALTER COLUMN age SET DEFAULT 1;' },
  ],
  unless: ['pg/fails-on-what-is-there', 'pg/newer-than-server', 'tx/statements-cannot-share'],
  on: [],
  check: () => [],
  checkFile(units) {
    return units.flatMap((unit, place) => {
      const { isInTransaction, within } = unit.statement;
      const form = isInTransaction || within !== undefined ? undefined : missingForm(unit);
      if (form === undefined || isAlone(unit, units) || isClearedBefore(unit, units.slice(0, place))) return [];
      // Of several commands of a statement the first speaks for those that lack the same.
      const isSaid = units.slice(0, place).some((one) => one.statement === unit.statement && missingForm(one) === form);
      if (isSaid) return [];
      const said = `Run again, this fails: it has no ${form}, and it commits by itself.`;
      if (!isConcurrentBuild(unit.node)) return [{ unit, message: said }];
      const instead =
        'DROP INDEX CONCURRENTLY IF EXISTS it first. IF NOT EXISTS also lets it run again, but takes the invalid index that a failed build leaves for done: look at pg_index.indisvalid then.';
      return [{ unit, message: said, instead }];
    });
  },
};

/** What its statement lacks to be run a second time; undefined where nothing is lacking or there is no such form. */
function missingForm({ node, command }: Unit): string | undefined {
  const make = 'IF NOT EXISTS';
  if (command !== undefined) {
    const isMissing = command.missing_ok !== true;
    if (command.subtype === 'AT_AddColumn') return isMissing ? make : undefined;
    const isDrop = command.subtype === 'AT_DropColumn' || command.subtype === 'AT_DropConstraint';
    return isDrop && isMissing ? 'IF EXISTS' : undefined;
  }
  if ('DropStmt' in node) return node.DropStmt.missing_ok === true ? undefined : 'IF EXISTS';
  if ('AlterEnumStmt' in node) {
    const { newVal, oldVal, skipIfNewValExists } = node.AlterEnumStmt;
    return newVal !== undefined && oldVal === undefined && skipIfNewValExists !== true ? make : undefined;
  }
  return makesUnguarded(node) ? make : undefined;
}

function makesUnguarded(node: Node): boolean {
  if ('CreateStmt' in node) return isUnguarded(node.CreateStmt, node.CreateStmt.relation?.relpersistence);
  if ('CreateTableAsStmt' in node) {
    return isUnguarded(node.CreateTableAsStmt, node.CreateTableAsStmt.into?.rel?.relpersistence);
  }
  // Without a name it is another index each time, which pg/unnamed-index says.
  if ('IndexStmt' in node) return node.IndexStmt.idxname !== undefined && isUnguarded(node.IndexStmt);
  if ('CreateSeqStmt' in node) return isUnguarded(node.CreateSeqStmt, node.CreateSeqStmt.sequence?.relpersistence);
  if ('CreateSchemaStmt' in node) return isUnguarded(node.CreateSchemaStmt);
  return 'CreateExtensionStmt' in node && isUnguarded(node.CreateExtensionStmt);
}

function isUnguarded({ if_not_exists }: { readonly if_not_exists?: boolean }, persistence?: string): boolean {
  return if_not_exists !== true && persistence !== 't';
}

function isConcurrentBuild(node: Node): boolean {
  return 'IndexStmt' in node && node.IndexStmt.concurrent === true;
}

/**
 * Nothing else of the file commits before or after it, so that it is done or not. What works in several transactions of
 * its own can also stop in between.
 */
function isAlone({ statement, node }: Unit, units: readonly Unit[]): boolean {
  if (isConcurrentBuild(node)) return false;
  const others = units.filter(({ node: one }) => !('TransactionStmt' in one || 'VariableSetStmt' in one));
  if ('DropStmt' in node && refusesTransaction(node)) return others.every((one) => one.statement === statement);
  return others.every((one) => one.statement.transaction === statement.transaction);
}

/** Is what it makes dropped before, in a way that can be run again? */
function isClearedBefore({ node }: Unit, before: readonly Unit[]): boolean {
  const name = madeName(node);
  if (name === undefined) return false;
  return before.some(
    ({ node: one }) =>
      'DropStmt' in one &&
      one.DropStmt.missing_ok === true &&
      (one.DropStmt.objects ?? []).some((object) => rangeOf(object).relname === name),
  );
}

function madeName(node: Node): string | undefined {
  if ('CreateStmt' in node) return node.CreateStmt.relation?.relname;
  if ('CreateTableAsStmt' in node) return node.CreateTableAsStmt.into?.rel?.relname;
  if ('IndexStmt' in node) return node.IndexStmt.idxname;
  if ('CreateSeqStmt' in node) return node.CreateSeqStmt.sequence?.relname;
  return 'CreateSchemaStmt' in node ? node.CreateSchemaStmt.schemaname : undefined;
}
