import * as z from 'zod';
import type { UserFunction } from '../../../schema.ts';
import { quoteLiteral } from '../quote.ts';
import { type CatalogReader, isUserSchema } from './scope.ts';
import { dependsOnOf } from './view-dependencies.ts';

const functionRow = z.object({
  schema: z.string(),
  name: z.string(),
  kind: z.enum(['function', 'procedure', 'aggregate', 'window']),
  arguments: z.string(),
  definition: z.string().nullable(),
  language: z.string(),
  volatility: z.enum(['immutable', 'stable', 'volatile']),
  owner: z.string(),
  depends_on: z.array(z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()) })),
  aggregate: z
    .object({
      signature: z.string(),
      transition: z.string(),
      state: z.string(),
      space: z.number(),
      final: z.string().nullable(),
      combine: z.string().nullable(),
      initial: z.string().nullable(),
      parallel: z.enum(['s', 'r', 'u']),
      isHypothetical: z.boolean(),
    })
    .nullable(),
});
type FunctionRow = z.infer<typeof functionRow>;

/** Functions, procedures, aggregates and window functions, each with the statement that creates it. */
export async function readFunctions(catalog: CatalogReader): Promise<readonly UserFunction[]> {
  const rows = await catalog.rows(functionsQuery, functionRow);
  return rows.map((row) => ({
    schema: row.schema,
    name: row.name,
    kind: row.kind,
    arguments: row.arguments,
    definition: row.definition ?? aggregateDefinition(row.aggregate),
    language: row.language,
    volatility: row.volatility,
    owner: row.owner,
    dependsOn: dependsOnOf(row.depends_on),
  }));
}

/** The server prints every function but aggregates: pg_get_functiondef refuses them. */
function aggregateDefinition(aggregate: FunctionRow['aggregate']): string {
  const parts = [
    `SFUNC = ${aggregate?.transition}`,
    `STYPE = ${aggregate?.state}`,
    ...(aggregate?.space ? [`SSPACE = ${aggregate.space}`] : []),
    ...(aggregate?.final ? [`FINALFUNC = ${aggregate.final}`] : []),
    ...(aggregate?.combine ? [`COMBINEFUNC = ${aggregate.combine}`] : []),
    ...(aggregate?.initial ? [`INITCOND = ${quoteLiteral(aggregate.initial)}`] : []),
    ...(aggregate?.parallel === 's'
      ? ['PARALLEL = SAFE']
      : aggregate?.parallel === 'r'
        ? ['PARALLEL = RESTRICTED']
        : []),
    ...(aggregate?.isHypothetical ? ['HYPOTHETICAL'] : []),
  ];
  return `CREATE AGGREGATE ${aggregate?.signature} (${parts.join(', ')})`;
}

function functionName(id: string): string {
  return `(SELECT pg_catalog.format('%I.%I', gn.nspname, g.proname) FROM pg_catalog.pg_proc g
    JOIN pg_catalog.pg_namespace gn ON gn.oid = g.pronamespace WHERE g.oid = ${id})`;
}

/**
 * Only a body that was parsed when the function was made (BEGIN ATOMIC, from 14) names what it depends on.
 * The constructors of a range type come and go with it, so they are left out (an internal dependency).
 */
const functionsQuery = `
SELECT n.nspname::text AS schema, p.proname::text AS name,
  CASE p.prokind WHEN 'f' THEN 'function' WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'window' END AS kind,
  pg_catalog.pg_get_function_identity_arguments(p.oid) AS arguments,
  CASE WHEN p.prokind <> 'a' THEN pg_catalog.pg_get_functiondef(p.oid) END AS definition, l.lanname::text AS language,
  CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END AS volatility,
  pg_catalog.pg_get_userbyid(p.proowner)::text AS owner,
  (SELECT coalesce(pg_catalog.json_agg(used), '[]') FROM (
    SELECT tn.nspname AS schema, t.relname AS name,
      coalesce(pg_catalog.array_agg(DISTINCT a.attname) FILTER (WHERE a.attname IS NOT NULL), '{}') AS columns
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_class t ON t.oid = d.refobjid AND t.relkind IN ('r', 'p', 'f', 'v', 'm')
    JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
    WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid
      AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    GROUP BY tn.nspname, t.relname ORDER BY tn.nspname, t.relname) used) AS depends_on,
  (SELECT pg_catalog.json_build_object('signature', pg_catalog.format('%I.%I(%s)', n.nspname, p.proname,
        CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_catalog.pg_get_function_arguments(p.oid) END),
      'transition', ${functionName('a.aggtransfn')}, 'state', pg_catalog.format_type(a.aggtranstype, NULL),
      'space', a.aggtransspace, 'final', ${functionName('a.aggfinalfn')}, 'combine', ${functionName('a.aggcombinefn')},
      'initial', a.agginitval, 'parallel', p.proparallel, 'isHypothetical', a.aggkind = 'h')
    FROM pg_catalog.pg_aggregate a WHERE a.aggfnoid = p.oid) AS aggregate
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
JOIN pg_catalog.pg_language l ON l.oid = p.prolang
WHERE ${isUserSchema} AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
  WHERE e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND e.objid = p.oid AND e.deptype IN ('e', 'i'))
ORDER BY n.nspname, p.proname, 4`;
