import { sourceText } from '../../drivers/postgres/sql/source-text.ts';
import { scanTokens } from '../../drivers/postgres/sql/syntax-tree.ts';
import type { LintContext } from '../../lint/context.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const identifierTooLong: Rule = {
  id: 'pg/identifier-too-long',
  severity: 'warning',
  summary: 'A name is longer than 63 bytes, and the server cuts it off',
  why: 'PostgreSQL keeps 63 bytes of a name and drops the rest with no more than a notice. Two names that differ behind that are the same one, and tools that look for the whole name do not find it. Letters beyond ASCII take two to four bytes.',
  instead: 'A name of at most 63 bytes.',
  aliases: { squawk: ['identifier-too-long'] },
  needs: 'static',
  claims: [],
  bad: [
    {
      sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, this_name_has_so_many_letters_that_the_server_will_cut_it_off_at_its_end text);',
    },
    {
      sql: 'ALTER TABLE users RENAME COLUMN age TO this_name_has_so_many_letters_that_the_server_will_cut_it_off_at_its_end;',
    },
    {
      sql: 'CREATE INDEX this_name_has_so_many_letters_that_the_server_will_cut_it_off_at_its_end ON notes (id);\nDROP INDEX this_name_has_so_many_letters_that_the_server_will_cut_it_off_at_its_end;',
    },
    { sql: 'CREATE TABLE "größenänderungsübersichtsführungsprüfungsäußerungen_für_märkte" (id bigint PRIMARY KEY);' },
  ],
  good: [
    {
      sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, a_name_of_sixty_three_letters_is_just_what_still_fits_into_them text);',
    },
    {
      sql: "COMMENT ON TABLE users IS 'this_text_has_so_many_letters_that_a_name_would_be_cut_off_but_it_is_no_name';",
    },
    {
      sql: '-- this_name_has_so_many_letters_that_the_server_will_cut_it_off_at_its_end\nALTER TABLE users RENAME COLUMN age TO years;',
    },
  ],
  on: [],
  check: () => [],
  checkFile(units, context) {
    // Long words are rare: most files are not looked at token by token.
    if (!mayBeLong(context.file.text)) return [];
    const told = new Set<string>();
    const statements = new Map(units.map((unit) => [unit.statement.start, unit]));
    return [...statements.values()].flatMap((unit) =>
      longNames(unit, context).flatMap(({ name, at }) => {
        if (told.has(name)) return [];
        told.add(name);
        const bytes = Buffer.byteLength(name);
        return [{ unit, at, message: `${name} has ${bytes} bytes; the server knows it as ${cut(name)}.` }];
      }),
    );
  },
};

/** A run of letters, or something in double quotes, that could have 64 bytes: a character has up to four. */
function mayBeLong(text: string): boolean {
  const isAscii = Buffer.byteLength(text) === text.length;
  return (isAscii ? longAscii : longAny).test(text);
}

const longAscii = /(?<![\w$])[\w$]{64}|"[^"]{64}/;
const longAny = /[\w$\u0080-\uffff]{16}|"[^"]{16}/;
const bytesMax = 63;

function longNames(
  { statement }: Unit,
  { file }: LintContext,
): readonly { readonly name: string; readonly at: number }[] {
  const { start, end, indexAtByte } = statement;
  const text = file.text.slice(start, end);
  if (!mayBeLong(text)) return [];
  const base = indexAtByte(0);
  return scanTokens(sourceText(text)).flatMap((token) => {
    const name = token.kind === 'name' ? nameOf(token.text) : '';
    if (Buffer.byteLength(name) <= bytesMax) return [];
    return [{ name, at: Buffer.byteLength(file.text.slice(base, start + token.start)) }];
  });
}

function nameOf(written: string): string {
  return written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
}

/** The first 63 bytes, without a part of a character at their end. */
function cut(name: string): string {
  let kept = '';
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > bytesMax) break;
    kept += character;
  }
  return kept;
}
