import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { rangeOf } from '../../lint/catalog/apply-drop.ts';
import { fullName } from '../../lint/catalog/catalog.ts';
import type { Rule } from '../../rule.ts';

export const dropSequenceOrExtension: Rule = {
  id: 'ds/drop-sequence-or-extension',
  severity: 'warning',
  summary: 'A sequence or an extension is dropped',
  why: 'With a sequence goes the number that it had come to: one that is made anew starts again and gives numbers that are taken. With an extension go its types and functions, and with CASCADE all columns and indexes that use them.',
  instead:
    'Note last_value before and give it to the successor as START; of an extension, take its types and functions out of use by name first, and drop it without CASCADE.',
  aliases: { 'pg-schema-diff': ['DELETES_DATA', 'HAS_UNTRACKABLE_DEPENDENCIES'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'DROP SEQUENCE invoice_numbers;' },
    { given: 'CREATE EXTENSION citext;', sql: 'DROP EXTENSION citext;' },
    {
      given:
        'CREATE EXTENSION citext;\nCREATE FUNCTION loud(word citext) RETURNS text LANGUAGE sql AS $$ SELECT upper(word) $$;',
      sql: 'DROP EXTENSION IF EXISTS citext CASCADE;',
    },
  ],
  good: [
    { sql: 'CREATE SEQUENCE numbers;\nDROP SEQUENCE numbers;' },
    { sql: 'DROP TABLE IF EXISTS drafts;' },
    { sql: 'CREATE EXTENSION IF NOT EXISTS citext;' },
  ],
  on: ['DropStmt'],
  check({ node }, { catalog, file }) {
    if (!('DropStmt' in node)) return [];
    const { removeType, objects = [], behavior } = node.DropStmt;
    const also = behavior === 'DROP_CASCADE' ? ', and all that uses it' : '';
    if (removeType === 'OBJECT_EXTENSION') {
      return stringsOf(objects).map((name) => ({
        message: `Extension ${name} is dropped with its types and functions${also}.`,
      }));
    }
    if (removeType !== 'OBJECT_SEQUENCE') return [];
    const made = file.units.flatMap((unit) =>
      'CreateSeqStmt' in unit.node ? [fullName(catalog, unit.node.CreateSeqStmt.sequence)] : [],
    );
    return objects.flatMap((object) => {
      const name = rangeOf(object);
      if (made.includes(fullName(catalog, name))) return [];
      return [{ message: `Sequence ${name.relname} is dropped with the number that it had come to${also}.` }];
    });
  },
};
