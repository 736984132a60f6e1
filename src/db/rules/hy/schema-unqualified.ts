import type { RangeVar } from 'libpg-query';
import { relationOf } from '../../lint/catalog/catalog.ts';
import type { LintContext } from '../../lint/context.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import { touchedRelations } from '../../lint/questions/touched-relations.ts';
import type { Rule } from '../../rule.ts';

export const schemaUnqualified: Rule = {
  id: 'hy/schema-unqualified',
  severity: 'advice',
  summary: 'A table is named without its schema',
  why: 'A name without a schema is looked up along search_path. Where the session of the migration has another one than was thought, another table is changed, or one is made where nobody looks.',
  instead: 'Write the schema before the name, or SET search_path at the beginning of the migration.',
  aliases: { squawk: ['require-table-schema'] },
  needs: 'static',
  isOptIn: true,
  claims: [],
  bad: [
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY);' },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text, ADD COLUMN title text;' },
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);' },
    { sql: 'DROP TABLE notes, public.items;' },
    { sql: 'UPDATE users SET code = name WHERE id = 1;' },
  ],
  good: [
    { sql: 'CREATE TABLE public.drafts (id bigint PRIMARY KEY);' },
    { sql: 'ALTER TABLE public.users ADD COLUMN nickname text;' },
    { sql: 'SET search_path = public;\nCREATE TABLE drafts (id bigint PRIMARY KEY);' },
    { sql: 'CREATE TEMPORARY TABLE drafts (id bigint);\nINSERT INTO drafts VALUES (1);' },
    { sql: 'WITH old AS (SELECT 1 AS id) DELETE FROM public.notes WHERE id IN (SELECT id FROM old);' },
    { sql: 'SELECT count(*) FROM users;' },
  ],
  on: ['*'],
  check({ node, piece, statement }, context) {
    // In a function its own search_path holds.
    if ((piece ?? 0) > 0 || statement.within === 'function' || context.settings.has('search_path')) return [];
    const bare = touchedRelations(node).filter((name) => isBare(name, context));
    if (bare.length === 0) return [];
    const names = [...new Set(bare.map(({ relname = '' }) => relname))];
    return [{ message: `${namesInWords(names)} ${names.length === 1 ? 'stands' : 'stand'} here without a schema.` }];
  },
};

function isBare(name: RangeVar, { catalog }: LintContext): boolean {
  if (name.schemaname !== undefined || name.relpersistence === 't') return false;
  return relationOf(catalog, name)?.persistence !== 'temporary';
}
