import * as z from 'zod';
import type { Policy, Trigger } from '../../../schema.ts';
import { quoteName, quoteQualified } from '../quote.ts';
import { type CatalogReader, isUserSchema, orUndefined } from './scope.ts';

const triggerRow = z.object({
  relation: z.number(),
  name: z.string(),
  definition: z.string(),
  function_schema: z.string(),
  function_name: z.string(),
  enabled: z.enum(['O', 'D', 'R', 'A']),
  fires_on_update: z.boolean(),
  depends_on: z.array(z.string()),
  comment: z.string().nullable(),
});
/** A trigger as the catalog has it. */
export type TriggerRow = z.infer<typeof triggerRow>;

/** The user's triggers, and ours; not those of constraints, nor the copies that partitions have of their parent's. */
export async function readTriggers(catalog: CatalogReader): Promise<readonly TriggerRow[]> {
  return await catalog.rows(triggersQuery(catalog.version), triggerRow);
}

const enabledWords = { O: 'origin', D: 'disabled', R: 'replica', A: 'always' } as const;

/** A trigger of the relation with that id. */
export function triggerOf(row: TriggerRow, relationId: string): Trigger {
  return {
    name: row.name,
    definition: row.definition,
    function: { schema: row.function_schema, name: row.function_name },
    enabled: enabledWords[row.enabled],
    firesOnUpdate: row.fires_on_update,
    dependsOn: row.depends_on.map((column) => `${relationId}.${column}`),
    comment: orUndefined(row.comment),
  };
}

/** Those of ours are left out. tgtype: bit 0 is FOR EACH ROW, bit 4 is UPDATE (src/include/catalog/pg_trigger.h). */
function triggersQuery(version: number): string {
  const isOwn = version < 130_000 ? 'true' : 't.tgparentid = 0';
  return `
SELECT t.tgrelid AS relation, t.tgname::text AS name, pg_catalog.pg_get_triggerdef(t.oid) AS definition,
  fn.nspname::text AS function_schema, f.proname::text AS function_name, t.tgenabled::text AS enabled,
  (t.tgtype & 17) = 17 AS fires_on_update, ${dependentColumns('pg_trigger', 't.oid', 't.tgrelid')} AS depends_on,
  pg_catalog.obj_description(t.oid, 'pg_trigger') AS comment
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_proc f ON f.oid = t.tgfoid
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
WHERE NOT t.tgisinternal AND ${isOwn} AND ${isUserSchema} AND fn.nspname <> 'godwit'
ORDER BY t.tgrelid, t.tgname`;
}

const policyRow = z.object({
  relation: z.number(),
  schema: z.string(),
  table: z.string(),
  name: z.string(),
  is_permissive: z.boolean(),
  command: z.enum(['ALL', 'SELECT', 'INSERT', 'UPDATE', 'DELETE']),
  roles: z.array(z.string()),
  using: z.string().nullable(),
  check: z.string().nullable(),
  depends_on: z.array(z.string()),
});
/** A policy as the catalog has it. */
export type PolicyRow = z.infer<typeof policyRow>;

/** Policies of all tables. */
export async function readPolicies(catalog: CatalogReader): Promise<readonly PolicyRow[]> {
  return await catalog.rows(policiesQuery, policyRow);
}

/** A policy of the table with that id, with the statement that creates it. */
export function policyOf(row: PolicyRow, tableId: string): Policy {
  const parts = [
    `CREATE POLICY ${quoteName(row.name)} ON ${quoteQualified({ schema: row.schema, name: row.table })}`,
    ...(row.is_permissive ? [] : ['AS RESTRICTIVE']),
    ...(row.command === 'ALL' ? [] : [`FOR ${row.command}`]),
    ...(row.roles.length === 0 ? [] : [`TO ${row.roles.map(quoteName).join(', ')}`]),
    ...(row.using === null ? [] : [`USING (${row.using})`]),
    ...(row.check === null ? [] : [`WITH CHECK (${row.check})`]),
  ];
  return {
    name: row.name,
    definition: parts.join(' '),
    dependsOn: row.depends_on.map((column) => `${tableId}.${column}`),
  };
}

const policiesQuery = `
SELECT p.polrelid AS relation, n.nspname::text AS schema, c.relname::text AS table, p.polname::text AS name,
  p.polpermissive AS is_permissive, CASE p.polcmd WHEN '*' THEN 'ALL' WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT'
    WHEN 'w' THEN 'UPDATE' ELSE 'DELETE' END AS command,
  ARRAY(SELECT r.rolname::text FROM pg_catalog.pg_roles r WHERE r.oid = ANY (p.polroles) ORDER BY 1) AS roles,
  pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS using, pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS check,
  ${dependentColumns('pg_policy', 'p.oid', 'p.polrelid')} AS depends_on
FROM pg_catalog.pg_policy p
JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE ${isUserSchema}
ORDER BY p.polrelid, p.polname`;

const ruleRow = z.object({
  relation: z.number(),
  name: z.string(),
  definition: z.string(),
  depends_on: z.array(z.string()),
});
/** A rewrite rule or an extended statistics object as the catalog has it. */
export type RuleRow = z.infer<typeof ruleRow>;

/** Rewrite rules, other than those that are views. */
export async function readRules(catalog: CatalogReader): Promise<readonly RuleRow[]> {
  return await catalog.rows(
    `SELECT r.ev_class AS relation, r.rulename::text AS name, pg_catalog.pg_get_ruledef(r.oid) AS definition,
  ${dependentColumns('pg_rewrite', 'r.oid', 'r.ev_class')} AS depends_on
FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE r.rulename <> '_RETURN' AND ${isUserSchema} ORDER BY r.ev_class, r.rulename`,
    ruleRow,
  );
}

/** Extended statistics objects (CREATE STATISTICS). */
export async function readStatistics(catalog: CatalogReader): Promise<readonly RuleRow[]> {
  return await catalog.rows(
    `SELECT s.stxrelid AS relation, s.stxname::text AS name, pg_catalog.pg_get_statisticsobjdef(s.oid) AS definition,
  ${dependentColumns('pg_statistic_ext', 's.oid', 's.stxrelid')} AS depends_on
FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
WHERE ${isUserSchema} ORDER BY s.stxrelid, s.stxname`,
    ruleRow,
  );
}

function dependentColumns(catalog: string, id: string, relation: string): string {
  return `ARRAY(SELECT DISTINCT a.attname::text FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_catalog.${catalog}'::pg_catalog.regclass AND d.objid = ${id}
      AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = ${relation}
      AND d.refobjsubid > 0 ORDER BY 1)`;
}
