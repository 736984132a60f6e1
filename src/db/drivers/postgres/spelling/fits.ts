import type { Fit, FitSpelling } from '../../../spelling.ts';
import { quoteName, quoteNames } from '../quote.ts';
import { dollarQuoted } from './dollar-quoted.ts';
import { functionName, valueErrors } from './sync.ts';

export const fitSpelling: FitSpelling = { createFit, dropFit, fits };

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
