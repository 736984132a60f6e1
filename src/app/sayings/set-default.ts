import { sqlColumn } from '../plain-words/sql-name.ts';
import type { Saying } from '../saying.ts';

export const setDefault: Saying = {
  name: 'set-default',
  summary: 'The default of a column',
  forms: [
    '(set|change|make) [the] default [value] (of|for|on) [the] [column] {column} [to|=] {text:value}',
    '(drop|remove|delete) [the] default [value] (of|for|on|from) [the] [column] {column}',
  ],
  examples: [
    {
      says: 'set the default of users.credits to 10',
      command: "godwit plan 'ALTER TABLE users ALTER COLUMN credits SET DEFAULT 10'",
    },
    {
      says: 'drop the default of users.plan',
      command: "godwit plan 'ALTER TABLE users ALTER COLUMN plan DROP DEFAULT'",
    },
  ],
  means({ column = '', value }) {
    const named = sqlColumn(column);
    const what = value === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${defaultOf(value)}`;
    return { sql: `ALTER TABLE ${named.table} ALTER COLUMN ${named.column} ${what}` };
  },
};

const keywords = /^(?:true|false|null|current_(?:date|time|timestamp|user)|localtime(?:stamp)?|[+-]?[\d.]+)$/i;

/** A word is a text, unless it is a keyword of SQL. */
function defaultOf(said: string): string {
  if (/^now$/i.test(said)) return 'now()';
  return /^[\p{L}_][\p{L}\p{N}_ -]*$/u.test(said) && !keywords.test(said) ? `'${said}'` : said;
}
