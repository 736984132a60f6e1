import type { RecompileSpelling } from '../../../spelling.ts';
import { quoteLiteral, quoteQualified } from '../quote.ts';

/**
 * A session of PL/pgSQL keeps the plan of an expression with the type that a column had, and fails with 42804 for ever once
 * it has another. It compiles a function anew when the row of the function in the catalog was written again, which any
 * ALTER does, also one that changes nothing (measured on 18). Found when it runs, since the application may have
 * brought other functions meanwhile. ALTER ROUTINE: function or procedure.
 */
export const recompileSpelling: RecompileSpelling = {
  recompile: (table, names) => {
    const words = names.map((name) => name.replace(/[^\p{L}\p{N}_ ]/gu, '\\$&')).join('|');
    return `DO $godwit$ DECLARE
  called record;
BEGIN
  FOR called IN SELECT p.oid::regprocedure AS name, p.prosecdef AS is_definer
    FROM pg_catalog.pg_proc AS p JOIN pg_catalog.pg_language AS l ON l.oid = p.prolang AND l.lanname = 'plpgsql'
    WHERE pg_catalog.pg_has_role(p.proowner, 'USAGE') AND (p.prosrc ~* ${quoteLiteral(`\\m(${words})\\M`)}
      OR p.oid IN (SELECT t.tgfoid FROM pg_catalog.pg_trigger AS t WHERE t.tgrelid = ${quoteLiteral(quoteQualified(table))}::regclass))
    ORDER BY p.oid
  LOOP
    EXECUTE format('ALTER ROUTINE %s SECURITY %s', called.name, CASE WHEN called.is_definer THEN 'DEFINER' ELSE 'INVOKER' END);
  END LOOP;
END $godwit$`;
  },
};
