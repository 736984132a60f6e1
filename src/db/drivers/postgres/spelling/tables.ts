import type { QualifiedName } from '../../../schema.ts';
import type { TableSpelling } from '../../../spelling.ts';
import { quoteLiteral, quoteName, quoteQualified } from '../quote.ts';
import { columnText, roleName } from './columns.ts';

export const tableSpelling: TableSpelling = {
  createTable: (table, columns) => `CREATE TABLE ${quoteQualified(table)} (${columns.map(columnText).join(', ')})`,
  renameTable: (table, to) => `ALTER TABLE ${quoteQualified(table)} RENAME TO ${quoteName(to)}`,
  moveTable: (table, schema) => `ALTER TABLE ${quoteQualified(table)} SET SCHEMA ${quoteName(schema)}`,
  renameSequence: (sequence, to) => `ALTER SEQUENCE ${quoteQualified(sequence)} RENAME TO ${quoteName(to)}`,
  createView: (view, table, { checksReader }) =>
    `CREATE VIEW ${quoteQualified(view)}${checksReader ? ' WITH (security_invoker = true)' : ''} AS SELECT * FROM ${quoteQualified(table)}`,
  dropView: (view) => `DROP VIEW IF EXISTS ${quoteQualified(view)}`,
  tableGrants: (relation, grants) =>
    grants.map(
      ({ role, privilege, isGrantable }) =>
        `GRANT ${privilege} ON ${quoteQualified(relation)} TO ${roleName(role)}${isGrantable ? ' WITH GRANT OPTION' : ''}`,
    ),
  putAside,
};

/** How often one table may be put aside by going back and forth. */
const attemptsMax = 1000;

function putAside(table: QualifiedName, aside: QualifiedName): string {
  const relation = `${quoteLiteral(quoteQualified(table))}::regclass`;
  const renamed = (what: 'INDEX' | 'SEQUENCE', among: string) => `
  place := 0;
  FOR found IN ${among} LOOP
    place := place + 1;
    EXECUTE format('ALTER ${what} %s RENAME TO %I', found.relation, free || '_${what.toLowerCase()}_' || place);
  END LOOP;`;
  return `DO $godwit$ DECLARE
  free text := ${quoteLiteral(aside.name)};
  place integer := 0;
  found record;
BEGIN
  LOCK TABLE ${quoteQualified(table)};
  IF NOT EXISTS (SELECT FROM ${quoteQualified(table)}) THEN
    DROP TABLE ${quoteQualified(table)};
    RETURN;
  END IF;
  WHILE to_regclass(format('%I.%I', ${quoteLiteral(aside.schema)}, free)) IS NOT NULL AND place < ${attemptsMax} LOOP
    place := place + 1;
    free := ${quoteLiteral(aside.name)} || '_' || place;
  END LOOP;
  FOR found IN SELECT conname FROM pg_constraint WHERE conrelid = ${relation} AND contype = 'f' LOOP
    EXECUTE format('ALTER TABLE ${quoteQualified(table).replaceAll('%', '%%').replaceAll("'", "''")} DROP CONSTRAINT %I', found.conname);
  END LOOP;${renamed('INDEX', `SELECT indexrelid::regclass AS relation FROM pg_index WHERE indrelid = ${relation}`)}${renamed(
    'SEQUENCE',
    `SELECT d.objid::regclass AS relation FROM pg_depend AS d JOIN pg_class AS c ON c.oid = d.objid AND c.relkind = 'S' WHERE d.classid = 'pg_class'::regclass AND d.refobjid = ${relation} AND d.deptype IN ('a', 'i')`,
  )}
  EXECUTE format('ALTER TABLE %s RENAME TO %I', ${relation}, free);
  EXECUTE format('ALTER TABLE ${quoteName(table.schema).replaceAll('%', '%%').replaceAll("'", "''")}.%I SET SCHEMA ${quoteName(aside.schema)}', free);
END $godwit$`;
}
