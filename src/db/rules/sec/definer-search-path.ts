import type { AlterFunctionStmt, CreateFunctionStmt } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { readFunction } from '../../lint/catalog/apply-function.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const definerSearchPath: Rule = {
  id: 'sec/definer-search-path',
  severity: 'warning',
  summary: 'A SECURITY DEFINER function looks names up where its caller says',
  why: 'It runs with the rights of its owner but with the search_path of whoever calls it. Who can make a table or a function in a schema of his own can have the owner read or run it.',
  instead:
    "SET search_path = '' at the function, with every name in it written with its schema, or pg_catalog, pg_temp last.",
  aliases: { MigrationPilot: ['MP099'] },
  needs: 'static',
  claims: [],
  bad: [
    {
      sql: 'CREATE FUNCTION owned() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $$ SELECT count(*) FROM users $$;',
    },
    {
      sql: 'CREATE PROCEDURE clear_notes() LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN DELETE FROM notes; END $$;',
    },
    { sql: 'ALTER FUNCTION pick() SECURITY DEFINER;' },
    {
      sql: 'CREATE FUNCTION owned() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET work_mem = 65536 AS $$ SELECT count(*) FROM users $$;',
    },
  ],
  good: [
    {
      sql: "CREATE FUNCTION owned() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$ SELECT count(*) FROM public.users $$;",
    },
    {
      sql: "CREATE FUNCTION owned() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $$ SELECT count(*) FROM public.users $$;\nALTER FUNCTION owned() SET search_path = '';",
    },
    { sql: 'CREATE FUNCTION owned() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM users $$;' },
    { sql: "ALTER FUNCTION pick() SECURITY DEFINER SET search_path = '';" },
  ],
  on: [],
  onFileWith: ['CreateFunctionStmt', 'AlterFunctionStmt'],
  check: () => [],
  checkFile(units) {
    return units.flatMap((unit) => {
      const name = definer(unit);
      if (name === undefined || units.some((other) => setsPath(other, name))) return [];
      const message = `${name}() runs with the rights of its owner and looks names up by the search_path of its caller.`;
      return [{ unit, message }];
    });
  },
};

/** Name of a function that a unit makes SECURITY DEFINER without a search_path. */
function definer({ node }: Unit): string | undefined {
  if ('CreateFunctionStmt' in node) {
    const { isDefiner, settings } = readFunction(node.CreateFunctionStmt);
    return isDefiner && !settings.includes('search_path') ? bare(node.CreateFunctionStmt) : undefined;
  }
  if (!('AlterFunctionStmt' in node)) return undefined;
  const { isDefiner, settings } = readFunction({ options: node.AlterFunctionStmt.actions ?? [] });
  return isDefiner && !settings.includes('search_path') ? altered(node.AlterFunctionStmt) : undefined;
}

function setsPath({ node }: Unit, name: string): boolean {
  if (!('AlterFunctionStmt' in node) || altered(node.AlterFunctionStmt) !== name) return false;
  return readFunction({ options: node.AlterFunctionStmt.actions ?? [] }).settings.includes('search_path');
}

function bare({ funcname }: CreateFunctionStmt): string {
  return stringsOf(funcname).at(-1) ?? '';
}

function altered({ func }: AlterFunctionStmt): string {
  return stringsOf(func?.objname).at(-1) ?? '';
}
