import { fullName } from '../../lint/catalog/catalog.ts';
import type { LintContext } from '../../lint/context.ts';
import { fitsPattern } from '../../lint/questions/fits-pattern.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import { touchedRelations } from '../../lint/questions/touched-relations.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

const options = {
  ownership: { 'billing.*': 'services/billing/**', 'public.users': 'services/accounts/**', 'public.u*': 'legacy' },
};
const given = 'CREATE SCHEMA billing;\nCREATE TABLE billing.invoices (id bigint PRIMARY KEY);';

export const ownership: Rule = {
  id: 'hy/ownership',
  severity: 'error',
  summary: 'A migration changes a table that belongs to the migrations of others',
  why: 'The configuration says which folder may change this table. A change from elsewhere passes by those who answer for the table, and meets their own migrations unawares.',
  instead: 'Move the statement into the folder that owns the table, or change lint.ownership of the configuration.',
  aliases: { atlas: ['OW101', 'OW102'] },
  needs: 'static',
  claims: [],
  bad: [
    {
      sql: 'ALTER TABLE billing.invoices ADD COLUMN note text;',
      given,
      options,
      path: 'services/shop/migrations/1_note.sql',
    },
    { sql: 'CREATE TABLE billing.drafts (id bigint);', given, options, path: 'services/shop/migrations/1_drafts.sql' },
    { sql: 'UPDATE users SET code = name WHERE id = 1;', options, path: 'services/shop/migrations/1_code.sql' },
    { sql: 'DROP TABLE notes, billing.invoices;', given, options, path: 'services/shop/migrations/1_drop.sql' },
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text, ADD COLUMN title text;',
      options,
      path: 'services/shop/migrations/1_names.sql',
    },
  ],
  good: [
    {
      sql: 'ALTER TABLE billing.invoices ADD COLUMN note text;',
      given,
      options,
      path: 'services/billing/migrations/1_note.sql',
    },
    { sql: 'ALTER TABLE notes ADD COLUMN title text;', options, path: 'services/shop/migrations/1_title.sql' },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;', options, path: 'services/accounts/migrations/1_names.sql' },
    { sql: 'CREATE VIEW bills AS SELECT id FROM billing.invoices;', given, options, path: 'services/shop/1_bills.sql' },
    { sql: 'DROP VIEW user_names;', options, path: 'legacy/migrations/1_names.sql' },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;' },
  ],
  on: ['*'],
  check(unit, context) {
    const { options: said, file } = context;
    const owned = said.ownership ?? {};
    if ((unit.piece ?? 0) > 0 || Object.keys(owned).length === 0) return [];
    const foreign = touched(unit, context).flatMap((table) => {
      const owner = ownerOf(table, owned);
      return owner === undefined || isOf(file.path, owner) ? [] : [{ table, owner }];
    });
    const owners = [...new Set(foreign.map(({ owner }) => owner))];
    return owners.map((owner) => {
      const tables = foreign.filter((one) => one.owner === owner).map(({ table }) => table);
      return { message: `${namesInWords(tables)} may only be changed by migrations in ${owner}.`, tables };
    });
  },
};

function touched({ node }: Unit, { catalog }: LintContext): readonly string[] {
  return [...new Set(touchedRelations(node).map((name) => fullName(catalog, name)))];
}

/** The longest pattern that fits speaks; one without a point is the name of a schema. */
function ownerOf(table: string, owners: Readonly<Record<string, string>>): string | undefined {
  const fitting = Object.entries(owners).filter(([pattern]) =>
    fitsPattern(table, pattern.includes('.') ? pattern : `${pattern}.*`, '.'),
  );
  return fitting.toSorted(([one], [other]) => other.length - one.length)[0]?.[1];
}

/** A path without stars is a folder. */
function isOf(path: string, owner: string): boolean {
  return fitsPattern(path, owner.includes('*') ? owner : `${owner.replace(/\/$/, '')}/**`, '/');
}
