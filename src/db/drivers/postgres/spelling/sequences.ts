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
  nextValue: (name) => `nextval(${quoteLiteral(quoteQualified(name))}::regclass)`,
  continueIdentity: (table, column, from) =>
    `SELECT setval(pg_get_serial_sequence(${quoteLiteral(quoteQualified(table))}, ${quoteLiteral(column)}), last_value, is_called) FROM ${quoteQualified(from)}`,
};
