import type { LintContext } from '../../lint/context.ts';
import { type Foreign, maskForeign } from '../../lint/text/mask-foreign.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

const notRun = 'a tool puts text in before a server sees it';

export const userGeneratedSql: Rule = {
  id: 'hy/user-generated-sql',
  severity: 'advice',
  summary: 'SQL that comes from elsewhere is put into the migration, and was not judged',
  why: 'What a placeholder or an included file brings is not in the text that was read: nothing is known of its locks and of what it loses.',
  instead: 'Lint the file that is included, or what the template becomes; or review by hand what is put in there.',
  aliases: { 'pg-schema-diff': ['IS_USER_GENERATED'] },
  needs: 'static',
  claims: [],
  bad: [
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;\n{{ statements }};\nALTER TABLE notes ADD COLUMN title text;',
      notRun,
    },
    { sql: '\\i functions.sql\nALTER TABLE users ADD COLUMN nickname text;', notRun },
    { sql: "SELECT format('DROP TABLE %I', tablename) FROM pg_tables WHERE tablename LIKE 'old_%' \\gexec", notRun },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;\n#{statements}\n', notRun },
  ],
  good: [
    { sql: 'ALTER TABLE {{schema}}.users ADD COLUMN nickname text;', notRun },
    { sql: '{% if wanted %}\nALTER TABLE users ADD COLUMN nickname text;\n{% endif %}', notRun },
    { sql: '\\set ON_ERROR_STOP on\nALTER TABLE users ADD COLUMN nickname text;', notRun },
    { sql: 'COPY notes (id, body) FROM stdin;\n1\t{{ statements }}\n\\.\n', notRun },
    { sql: "INSERT INTO notes (body) VALUES ('\n{{ statements }}\n');" },
  ],
  on: [],
  check: () => [],
  checkFile(units, context) {
    const { text, masked } = maskForeign(context.file.text);
    return masked.flatMap((foreign) => {
      const what = broughtBy(foreign, text);
      const unit = what === undefined ? undefined : nearest(units, foreign, context);
      if (what === undefined || unit === undefined) return [];
      // Bytes count from where the text that the parser saw begins.
      const base = unit.statement.indexAtByte(0);
      const at = foreign.start < base ? undefined : Buffer.byteLength(context.file.text.slice(base, foreign.start));
      return [{ unit, at, message: `${what} was not read, and nothing of it is judged.` }];
    });
  },
};

/** What brings whole statements, in words; undefined for what stands for a name or a value. */
function broughtBy({ kind, start, end, text }: Foreign, masked: string): string | undefined {
  if (kind === 'psql-command') {
    const [, command, file = ''] = /^\\(i|ir|include|include_relative|gexec)\b\s*(\S*)/.exec(text) ?? [];
    if (command === undefined) return undefined;
    return command === 'gexec' ? 'What the query before \\gexec makes' : `The file ${file.replaceAll("'", '')}`;
  }
  // A placeholder that was left out for nothing stood alone where a statement would.
  const isWhole = kind === 'placeholder' && masked.slice(start, end).trim() === '';
  return isWhole ? `What takes the place of ${text.split('\n')[0]}` : undefined;
}

/** The statement behind it or, at the end of a file that is not divided by its tool, the last one. */
function nearest(units: readonly Unit[], { start }: Foreign, { file }: LintContext): Unit | undefined {
  const behind = units.find(({ statement }) => statement.end > start);
  return behind ?? (file.tool === 'plain' ? units.at(-1) : undefined);
}
