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
    const meant = value === undefined ? undefined : defaultOf(value);
    if (value !== undefined && meant === undefined) return undefined;
    const what = meant === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${meant}`;
    return { sql: `ALTER TABLE ${named.table} ALTER COLUMN ${named.column} ${what}` };
  },
};

const keywords = /^(?:true|false|null|current_(?:date|time|timestamp|user)|localtime(?:stamp)?|[+-]?\d[\d.]*)$/i;
const quoted = /^'(?:[^']|'')*'(?:::[\w ]+)?$/;
const called = /^[\w.]+\([^;]*\)(?:\s*[+-]\s*interval '[^']*')?$/i;

/**
 * A word is a text, unless it is a keyword of SQL; several words are one only in quotes, or what follows the value would become a
 * part of it. Undefined for all else.
 */
function defaultOf(said: string): string | undefined {
  if (/^now$/i.test(said)) return 'now()';
  if (keywords.test(said) || quoted.test(said) || called.test(said)) return said;
  const text =
    /^"([^"]*)"$/.exec(said)?.[1] ?? (/^[\p{L}_](?:[\p{L}\p{N}_'-]*[\p{L}\p{N}_])?$/u.test(said) ? said : undefined);
  return text === undefined ? undefined : `'${text.replaceAll("'", "''")}'`;
}
