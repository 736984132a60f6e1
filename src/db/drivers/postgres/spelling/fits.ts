import type { Fit, FitSpelling } from '../../../spelling.ts';
import { quoteName, quoteNames } from '../quote.ts';
import { dollarQuoted } from './dollar-quoted.ts';
import { functionName, valueErrors } from './sync.ts';

export const fitSpelling: FitSpelling = { createFit, dropFit, fits, assigned };

/**
 * The expression speaks of `t."x"`; a labelled block gives its variables that name
 * (https://www.postgresql.org/docs/18/plpgsql-structure.html). Whoever writes into the table may call it: it stands in
 * a CHECK for a while.
 */
function createFit({ name, columns, holds, searchPath }: Fit): readonly string[] {
  const parameters = columns.map(({ type }) => type).join(', ');
  const body = [
    '<<t>>',
    'DECLARE',
    ...columns.map((column, place) => `  ${quoteName(column.name)} ${column.type} := $${place + 1};`),
    'BEGIN',
    `  RETURN ${holds};`,
    `EXCEPTION WHEN ${valueErrors} THEN`,
    '  RETURN false;',
    'END',
  ].join('\n');
  return [
    `CREATE OR REPLACE FUNCTION ${functionName(name)}(${parameters}) RETURNS boolean LANGUAGE plpgsql STABLE\n` +
      `SET search_path = ${quoteNames(['pg_catalog', ...searchPath, 'pg_temp'])}\nAS ${dollarQuoted(body)}`,
    `GRANT EXECUTE ON FUNCTION ${functionName(name)}(${parameters}) TO PUBLIC`,
  ];
}

function dropFit({ name }: Pick<Fit, 'name'>): string {
  return `DROP FUNCTION IF EXISTS ${functionName(name)}`;
}

function fits({ name, columns }: Fit, qualifier: string | undefined): string {
  const prefix = qualifier === undefined ? '' : `${qualifier}.`;
  return `${functionName(name)}(${columns.map((column) => `${prefix}${quoteName(column.name)}`).join(', ')})`;
}

const limited = /^character( varying)?\((\d+)\)$/;
/** A length is kept with that of its header added. */
const headerBytes = 4;

/**
 * An explicit cast cuts off what is too long, an assignment refuses it: 22001
 * (https://www.postgresql.org/docs/18/datatype-character.html). No expression is an assignment, but the function behind
 * both can be told which it is (pg_cast, castsource = casttarget; measured on PostgreSQL 18).
 */
function assigned(expression: string, type: string): string {
  const [, varying, length] = limited.exec(type) ?? [];
  if (length === undefined) return `cast(${expression} AS ${type})`;
  const [name, plain] = varying === undefined ? ['bpchar', 'bpchar'] : ['"varchar"', 'character varying'];
  const checked = `pg_catalog.${name}(cast(${expression} AS ${plain}), ${Number(length) + headerBytes}, false)`;
  return `cast(${checked} AS ${type})`;
}
