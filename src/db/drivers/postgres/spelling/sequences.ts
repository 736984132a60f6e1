import type { QualifiedName } from '../../../schema.ts';
import type { SequenceSpelling } from '../../../spelling.ts';
import { quoteLiteral, quoteName, quoteQualified } from '../quote.ts';
import { automaticSequenceName } from '../sql/automatic-name.ts';
import { roleName } from './columns.ts';

export const sequenceSpelling: SequenceSpelling = {
  sequenceName: ({ schema, name }, column, isTaken) => ({ schema, name: automaticSequenceName(name, column, isTaken) }),
  createSequence: (name, type) => `CREATE SEQUENCE ${quoteQualified(name)} AS ${type}`,
  grantSequence: (name, roles) =>
    roles.map((role) => `GRANT USAGE ON SEQUENCE ${quoteQualified(name)} TO ${roleName(role)}`),
  dropSequence: (name) => `DROP SEQUENCE IF EXISTS ${quoteQualified(name)}`,
  ownSequence: (name, table, column) =>
    `ALTER SEQUENCE ${quoteQualified(name)} OWNED BY ${quoteQualified(table)}.${quoteName(column)}`,
  setSequenceType: (name, type) => `ALTER SEQUENCE ${quoteQualified(name)} AS ${type}`,
  sequenceGrants: (name, grants) => [
    withoutGrants(name),
    ...grants.map(
      ({ role, privilege, isGrantable }) =>
        `GRANT ${privilege} ON SEQUENCE ${quoteQualified(name)} TO ${roleName(role)}${isGrantable ? ' WITH GRANT OPTION' : ''}`,
    ),
  ],
  commentOnSequence: (name, comment) => `COMMENT ON SEQUENCE ${quoteQualified(name)} IS ${quoteLiteral(comment)}`,
  continueSequence: (name, from) =>
    `SELECT setval(${ofName(name)}, last_value, is_called) FROM ${quoteQualified(from)}`,
  nextValue: (name) => `nextval(${ofName(name)})`,
  continueIdentity: (table, column, from) => {
    const own = ofIdentity(table, column);
    const last = `pg_sequence_last_value(${ofName(from)})`;
    return `SELECT setval(${own}, ${last}) WHERE ${last} IS NOT NULL`;
  },
};

function ofIdentity(table: QualifiedName, column: string): string {
  return `pg_get_serial_sequence(${quoteLiteral(quoteQualified(table))}, ${quoteLiteral(column)})::regclass`;
}

/** What ALTER DEFAULT PRIVILEGES gave a new sequence is taken away again. */
function withoutGrants(name: QualifiedName): string {
  return `DO $godwit$ DECLARE
  given text;
BEGIN
  FOR given IN SELECT DISTINCT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
    FROM pg_catalog.pg_class AS c, pg_catalog.aclexplode(c.relacl) AS a WHERE c.oid = ${ofName(name)} AND a.grantee <> c.relowner
  LOOP
    EXECUTE format('REVOKE ALL ON SEQUENCE %s FROM %s', ${ofName(name)}, given);
  END LOOP;
END $godwit$`;
}

function ofName(name: QualifiedName): string {
  return `${quoteLiteral(quoteQualified(name))}::regclass`;
}
