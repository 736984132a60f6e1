import type { Node } from 'libpg-query';
import { relationsNamed } from '../../lint/catalog/apply-create-table.ts';
import { isNew, type LintContext } from '../../lint/context.ts';
import { namesInWords, writtenName } from '../../lint/questions/names-in-words.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const ddlPlannerStats: Rule = {
  id: 'pg/ddl-planner-stats',
  severity: 'advice',
  summary: 'The planner knows nothing of a new expression, statistics object or column type until ANALYZE',
  why: 'An index on an expression and CREATE STATISTICS gather nothing by themselves, and a change of type throws the statistics of the column away. Until autovacuum comes by, queries are planned by guesses.',
  instead: 'ANALYZE the table (or these columns of it) at the end of the migration; it blocks no reader and no writer.',
  aliases: {
    strong_migrations: ['auto_analyze'],
    'pg-schema-diff': ['IMPACTS_DATABASE_PERFORMANCE'],
    MigrationPilot: ['MP088'],
  },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'CREATE INDEX CONCURRENTLY users_lower ON users (lower(name));' },
    { sql: 'CREATE STATISTICS users_place ON country, age FROM users;' },
    { sql: 'ALTER TABLE users ALTER COLUMN age TYPE bigint;' },
    {
      sql: 'ALTER TABLE users ALTER COLUMN age TYPE bigint;\nALTER TABLE users ALTER COLUMN code TYPE text;\nALTER TABLE items ALTER COLUMN quantity TYPE bigint;',
      findings: 2,
    },
  ],
  good: [
    { sql: 'CREATE INDEX CONCURRENTLY users_name_bytes ON users (age, (name COLLATE "C"));' },
    { sql: 'CREATE INDEX CONCURRENTLY users_lower ON users (lower(name));\nANALYZE users;' },
    { sql: 'CREATE STATISTICS users_place ON country, age FROM users;\nANALYZE users;', inTransaction: true },
    { sql: 'ALTER TABLE users ALTER COLUMN age TYPE bigint;\nANALYZE users (age);' },
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);' },
    { sql: 'CREATE TABLE drafts (id bigint, title text);\nCREATE INDEX drafts_lower ON drafts (lower(title));' },
  ],
  on: [],
  onFileWith: ['IndexStmt', 'CreateStatsStmt', 'AT_AlterColumnType'],
  check: () => [],
  checkFile(units, context) {
    const lacking = units.flatMap((unit, place) => {
      const one = lackingOf(unit, context);
      if (one === undefined || units.slice(place + 1).some((later) => analyzes(later, one.table))) return [];
      return [{ ...one, unit }];
    });
    // One ANALYZE of a table is enough for all that its file changes.
    return [...new Set(lacking.map(({ table }) => table))].flatMap((table) => {
      const all = lacking.filter((one) => one.table === table);
      const [first] = all;
      if (first === undefined) return [];
      const what = namesInWords(all.map((one) => one.what));
      return [
        { unit: first.unit, message: `The planner has no statistics of ${what} of ${table} until it is analyzed.` },
      ];
    });
  },
};

function lackingOf(unit: Unit, context: LintContext): { readonly table: string; readonly what: string } | undefined {
  const { node, kind, command } = unit;
  if ('IndexStmt' in node) {
    const { indexParams = [], relation } = node.IndexStmt;
    const hasExpression = indexParams.some((param) => 'IndexElem' in param && isExpression(param.IndexElem.expr));
    if (!hasExpression || isNew(context, relation) || unit.effects.builds.length === 0) return undefined;
    return { table: writtenName(relation), what: `the expression in index ${node.IndexStmt.idxname ?? ''}`.trimEnd() };
  }
  if ('CreateStatsStmt' in node) {
    const [relation] = relationsNamed(node.CreateStatsStmt.relations);
    return isNew(context, relation) ? undefined : { table: writtenName(relation), what: 'these columns together' };
  }
  if (!('AlterTableStmt' in node) || kind !== 'AT_AlterColumnType') return undefined;
  const { relation } = node.AlterTableStmt;
  return isNew(context, relation) ? undefined : { table: writtenName(relation), what: `column ${command?.name}` };
}

/** The server takes `(name)` and `(name COLLATE "C")` for the column, whose statistics it has. */
function isExpression(key: Node | undefined): boolean {
  if (key === undefined) return false;
  return 'CollateClause' in key ? isExpression(key.CollateClause.arg) : !('ColumnRef' in key);
}

/** ANALYZE or VACUUM ANALYZE, of the table or of all. */
function analyzes({ node }: Unit, table: string): boolean {
  if (!('VacuumStmt' in node)) return false;
  const { is_vacuumcmd, options = [], rels = [] } = node.VacuumStmt;
  const isAnalyze =
    is_vacuumcmd !== true || options.some((option) => 'DefElem' in option && option.DefElem.defname === 'analyze');
  const names = rels.flatMap((rel) => ('VacuumRelation' in rel ? [writtenName(rel.VacuumRelation.relation)] : []));
  return isAnalyze && (names.length === 0 || names.includes(table));
}
