import type { Node } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { readFunction } from '../../lint/catalog/apply-function.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import { unquotedParts } from '../../lint/text/unquoted-parts.ts';
import type { Rule } from '../../rule.ts';

export const sqlInjection: Rule = {
  id: 'sec/sql-injection',
  severity: 'warning',
  summary: 'A function puts a value into SQL text without quoting it and runs the text',
  why: 'EXECUTE runs what the text says. A value that was put into it as it is can end the statement that was meant and begin another one, with the rights of the function.',
  instead:
    'Give values with USING and $1, and put names into the text with format and %I, or quote_ident; %L and quote_literal quote a value.',
  aliases: { atlas: ['SA101'] },
  needs: 'static',
  claims: [],
  bad: [
    {
      sql: "CREATE FUNCTION drop_it(t text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DROP TABLE ' || t; END $$;",
    },
    {
      sql: "CREATE FUNCTION drop_it(t text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('DROP TABLE %s', t); END $$;",
    },
    {
      sql: "CREATE FUNCTION find_it(n text) RETURNS void LANGUAGE plpgsql AS $$\nDECLARE q text;\nBEGIN\n  q := 'SELECT 1 FROM users WHERE name = ''' || n || '''';\n  EXECUTE q;\nEND $$;",
    },
    {
      sql: "CREATE PROCEDURE drop_all(t text) LANGUAGE plpgsql AS $$ BEGIN EXECUTE concat('DROP TABLE ', t); END $$;",
    },
  ],
  good: [
    {
      sql: "CREATE FUNCTION drop_it(t text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('DROP TABLE %I', t); END $$;",
    },
    {
      sql: "CREATE FUNCTION drop_it(t text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DROP TABLE ' || quote_ident(t); END $$;",
    },
    {
      sql: "CREATE FUNCTION find_it(n text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'SELECT 1 FROM users WHERE name = $1' USING n; END $$;",
    },
    {
      sql: "CREATE FUNCTION drop_it(t regclass) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DROP TABLE ' || t; EXECUTE format('DROP TABLE %s', t); END $$;",
    },
    {
      sql: "CREATE FUNCTION say_it(t text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'table ' || t; END $$;",
    },
    { sql: 'CREATE TRIGGER notes_touch BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION touch();' },
  ],
  on: ['CreateFunctionStmt'],
  check({ node }) {
    if (!('CreateFunctionStmt' in node)) return [];
    const stmt = node.CreateFunctionStmt;
    const { language, body } = readFunction(stmt);
    const open = textParameters(stmt.parameters);
    if (language.toLowerCase() !== 'plpgsql' || body === undefined || open.size === 0) return [];
    const name = stringsOf(stmt.funcname).at(-1) ?? '';
    const parts = unquotedParts(body, open);
    if (parts.length === 0) return [];
    const [were, them] = parts.length === 1 ? ['was', 'it'] : ['were', 'them'];
    return [
      {
        message: `${name}() runs text into which ${namesInWords(parts)} ${were} put as ${them === 'it' ? 'it is' : 'they are'}: who gives ${them} says what is run.`,
      },
    ];
  },
};

/** Types whose text cannot carry SQL. */
const harmless = [
  ...['int2', 'int4', 'int8', 'numeric', 'float4', 'float8', 'bool', 'uuid', 'date', 'time', 'timestamp', 'oid'],
  ...['timestamptz', 'interval', 'regclass', 'regtype', 'regproc', 'regprocedure', 'regrole', 'regnamespace'],
];

/** Parameters that can hold any text; one without a name is `$1`. */
function textParameters(parameters: readonly Node[] | undefined): ReadonlySet<string> {
  const names = (parameters ?? []).flatMap((one, place) => {
    if (!('FunctionParameter' in one)) return [];
    const { name, argType, mode } = one.FunctionParameter;
    const type = stringsOf(argType?.names).at(-1) ?? '';
    if (mode === 'FUNC_PARAM_OUT' || mode === 'FUNC_PARAM_TABLE' || harmless.includes(type)) return [];
    return [...(name === undefined ? [] : [name]), `$${place + 1}`];
  });
  return new Set(names);
}
