import type { CheckSpelling } from '../../../spelling.ts';
import { quoteLiteral, quoteName, quoteQualified } from '../quote.ts';

export const checkSpelling: CheckSpelling = {
  columnsAre(table, wanted) {
    const rows = wanted.map(({ column, is }) => `(${quoteLiteral(column)}, ${quoteLiteral(is)})`).join(', ');
    const relation = quoteLiteral(quoteQualified(table));
    return [
      `SELECT count(*) = 0 AS ok, coalesce(string_agg(format('%s is %s', w.name, f.state), ', '), 'as wanted') AS detail`,
      `FROM (VALUES ${rows}) AS w (name, wanted)`,
      `LEFT JOIN pg_attribute AS a ON a.attrelid = to_regclass(${relation}) AND a.attname = w.name AND NOT a.attisdropped`,
      `CROSS JOIN LATERAL (SELECT CASE WHEN a.attname IS NULL THEN 'absent' WHEN a.attnotnull THEN 'not null' ELSE 'nullable' END) AS f (state)`,
      `WHERE f.state <> w.wanted AND NOT (w.wanted = 'present' AND f.state <> 'absent')`,
    ].join('\n');
  },
  typeIs: (table, column, type) =>
    `SELECT count(*) = 1 AS ok, coalesce(max(format_type(atttypid, atttypmod)), 'absent') AS detail FROM pg_attribute\n` +
    `WHERE attrelid = to_regclass(${quoteLiteral(quoteQualified(table))}) AND attname = ${quoteLiteral(column)}\n` +
    `AND format_type(atttypid, atttypmod) = ${quoteLiteral(type)}`,
  defaultIs: (table, column, isThere) =>
    `SELECT count(*) = 1 AS ok, coalesce(max(attname || ' ' || atthasdef), 'absent') AS detail FROM pg_attribute\n` +
    `WHERE attrelid = to_regclass(${quoteLiteral(quoteQualified(table))}) AND attname = ${quoteLiteral(column)}\n` +
    `AND atthasdef = ${isThere}`,
  sequenceIsWithin: (name, { least, most }, said) =>
    `SELECT last_value BETWEEN ${least} AND ${most} AS ok, ${quoteLiteral(`${said}: `)} || last_value AS detail FROM ${quoteQualified(name)}`,
  noNulls: (table, column) =>
    `SELECT NOT EXISTS (SELECT FROM ${quoteQualified(table)} WHERE ${quoteName(column)} IS NULL) AS ok,\n` +
    `(SELECT format('%s rows hold NULL', count(*)) FROM ${quoteQualified(table)} WHERE ${quoteName(column)} IS NULL) AS detail`,
  indexIsValid: (schema, name) =>
    `SELECT coalesce(bool_and(indisvalid), false) AS ok, CASE WHEN count(*) = 0 THEN 'absent' WHEN bool_and(indisvalid) THEN 'valid' ELSE 'invalid' END AS detail\n` +
    `FROM pg_index WHERE indexrelid = to_regclass(${quoteLiteral(quoteQualified({ schema, name }))})`,
  noneFound: (query, said) =>
    [
      `WITH found (sample) AS MATERIALIZED (${query})`,
      `SELECT count(*) = 0 AS ok, CASE count(*) WHEN 0 THEN 'none found' ELSE count(*) || ${quoteLiteral(` found: ${said}, for example: `)} ||`,
      `(SELECT string_agg(few.sample, '; ') FROM (SELECT sample FROM found LIMIT 5) AS few) END AS detail FROM found`,
    ].join('\n'),
  relationIs: (name, is) =>
    `SELECT state = ${quoteLiteral(is)} AS ok, state AS detail FROM (SELECT coalesce((\n` +
    `SELECT CASE relkind WHEN 'v' THEN 'view' WHEN 'r' THEN 'table' ELSE 'something else' END FROM pg_class\n` +
    `WHERE oid = to_regclass(${quoteLiteral(quoteQualified(name))})), 'absent')) AS found (state)`,
  constraintIs: (table, constraint, is) =>
    `SELECT state = ${quoteLiteral(is)} AS ok, state AS detail FROM (SELECT coalesce((\n` +
    `SELECT CASE WHEN convalidated THEN 'valid' ELSE 'not valid' END FROM pg_constraint\n` +
    `WHERE conrelid = to_regclass(${quoteLiteral(quoteQualified(table))}) AND conname = ${quoteLiteral(constraint)}), 'absent')) AS found (state)`,
};
