import { parseQuickly } from '../../drivers/postgres/sql/syntax-tree.ts';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { bodiesOf, type CalledBody } from '../../lint/body/inner-statements.ts';
import { readBody } from '../../lint/body/read-body.ts';
import type { LintContext } from '../../lint/context.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

const notRun = 'what it does is not in its text: there is nothing to compare';

export const rawSqlUnanalysable: Rule = {
  id: 'pg/raw-sql-unanalysable',
  severity: 'advice',
  summary: 'A block or a function runs what cannot be read from the migration',
  why: 'What is put together while it runs, or is written in another language, is not in the text: no other rule says anything of its locks and of how long it takes.',
  instead: 'Write the statements out where they are known, or measure on a copy what it does: `godwit rehearse`.',
  aliases: {
    strong_migrations: ['execute'],
    'pg-schema-diff': ['HAS_UNTRACKABLE_DEPENDENCIES'],
    MigrationPilot: ['MP063'],
    pgsafe: ['unchecked-do-block'],
  },
  needs: 'trace',
  claims: [],
  bad: [
    {
      sql: "DO $$ DECLARE t text;\nBEGIN\n  FOR t IN SELECT tablename FROM pg_tables WHERE tablename LIKE 'old_%' LOOP\n    EXECUTE format('ALTER TABLE %I ADD COLUMN code text', t);\n  END LOOP;\nEND $$;",
    },
    { sql: "DO $$ DECLARE t text := 'notes';\nBEGIN\n  EXECUTE 'DROP TABLE ' || t;\nEND $$;", notRun },
    {
      sql: "CREATE FUNCTION add_code(t text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN code text', t); END $$;\nSELECT add_code('notes');",
      notRun,
    },
    { sql: "DO $$ BEGIN\n  EXECUTE format('DELETE FROM %I WHERE id = 1', 'notes');\nEND $$;" },
    {
      sql: 'DO LANGUAGE plpython3u $$ plpy.execute("DROP TABLE notes") $$;',
      notRun: 'the language is not on every server',
    },
    { sql: 'DO $$ BEGIN IF THEN END $$;', notRun: 'the server refuses the body' },
    { sql: 'CALL archive_orders();', notRun: 'the procedure is in no migration' },
    {
      sql: "CREATE FUNCTION add_code(t text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN code text', t); END $$;\nSELECT add_code('notes');\nSELECT add_code('items');",
      notRun,
    },
  ],
  good: [
    { sql: 'DO $$ BEGIN ALTER TABLE notes ADD COLUMN title text; END $$;' },
    { sql: "DO $$ BEGIN EXECUTE 'ALTER TABLE notes ADD COLUMN title text'; END $$;" },
    { sql: "DO $$ BEGIN EXECUTE format('GRANT SELECT ON notes TO %I', current_user); END $$;" },
    {
      sql: "CREATE FUNCTION add_code(t text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN code text', t); END $$;",
    },
    { sql: 'SELECT count(*) FROM users;' },
    {
      sql: 'CREATE FUNCTION doubled(n integer, OUT twice integer) LANGUAGE plpgsql AS $$ BEGIN n := n * 2; twice := n; RETURN; END $$;\nSELECT doubled(2);',
    },
    {
      sql: 'CREATE FUNCTION tidied() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN DELETE FROM notes WHERE id = 1; RETURN 1; END $$;\nSELECT tidied();',
    },
    { sql: "DO $$ DECLARE n bigint;\nBEGIN\n  EXECUTE format('SELECT count(*) FROM %I', 'notes') INTO n;\nEND $$;" },
    { sql: 'CREATE PROCEDURE tidy() LANGUAGE sql AS $$ DELETE FROM notes WHERE id = 1 $$;\nCALL tidy();' },
  ],
  on: ['DoStmt', 'SelectStmt', 'CallStmt'],
  check(unit, context) {
    const bodies = bodiesOf(unit.node, context.catalog).filter((body) => isFirstCall(body, context));
    const unread = [...unknownProcedure(unit, bodies), ...bodies.flatMap((body) => unreadIn(body))];
    const [first, ...others] = unread;
    if (first === undefined) return [];
    const more =
      others.length === 0 ? '' : ` and ${others.length} more such ${others.length === 1 ? 'place' : 'places'}`;
    return [{ message: `Not analysed: ${first}${more}. \`godwit rehearse\` measures what it does.` }];
  },
};

/** Functions that were called before, by the units of the file: a call is told once in a file. */
const called = new WeakMap<object, Set<string>>();

function isFirstCall({ within, statement }: CalledBody, { file }: LintContext): boolean {
  if (within === 'do') return true;
  const before = called.get(file.units) ?? new Set<string>();
  called.set(file.units, before);
  if (before.has(statement)) return false;
  before.add(statement);
  return true;
}

/** What of a body is not read, in words. */
function unreadIn(body: CalledBody): readonly string[] {
  const whose = body.within === 'do' ? 'the block' : `${body.statement}()`;
  if (body.language === 'sql') return 'statements' in parseQuickly(body.text) ? [] : [`${whose}, which does not parse`];
  if (body.language !== 'plpgsql') return [`${whose}, which is written in ${body.language}`];
  const pieces = readBody(body.text, body.create);
  if (pieces === undefined) return [`${whose}, which does not parse`];
  return pieces.flatMap((piece) => {
    if (piece.kind === 'commit') return [];
    if (piece.kind === 'dynamic') return isHarmless(piece.text) ? [] : [`EXECUTE ${shortened(piece.text)} in ${whose}`];
    return 'statements' in parseQuickly(piece.text) ? [] : [`${shortened(piece.text)} in ${whose}`];
  });
}

/** A procedure is always somebody's own: where no migration makes it, nothing is known of it. */
function unknownProcedure({ node }: Unit, bodies: readonly CalledBody[]): readonly string[] {
  if (!('CallStmt' in node) || bodies.length > 0) return [];
  return [`${stringsOf(node.CallStmt.funccall?.funcname).join('.')}(), which no migration here makes`];
}

/** A text that begins as one of those statements that make nobody wait, and goes on with no other one. */
function isHarmless(expression: string): boolean {
  const begins =
    /^(?:format\s*\(\s*)?E?'\s*(select|grant|revoke|comment\s+on|set|reset|notify|alter\s+role|create\s+role)\s/i;
  return begins.test(expression.trim()) && !expression.includes(';');
}

const shownMax = 60;

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= shownMax ? line : `${line.slice(0, shownMax).trimEnd()}…`;
}
