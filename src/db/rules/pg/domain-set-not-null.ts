import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { typeNamed } from '../../lint/catalog/apply-type.ts';
import type { Rule } from '../../rule.ts';

export const domainSetNotNull: Rule = {
  id: 'pg/domain-set-not-null',
  severity: 'error',
  summary: 'A domain becomes NOT NULL, for which every table that uses it is read while its writers wait',
  why: 'ALTER DOMAIN … SET NOT NULL holds SHARE on every table with a column of the domain until all of them have been read. There is no NOT VALID for it.',
  instead:
    'Leave the domain as it is and make the columns NOT NULL table by table: CHECK (column IS NOT NULL) NOT VALID, VALIDATE later, then SET NOT NULL.',
  aliases: { pgsafe: ['add-domain-not-null'] },
  needs: 'static',
  claims: [{ lock: 'SHARE', scan: true }],
  bad: [
    { sql: 'ALTER DOMAIN email_address SET NOT NULL;' },
    { sql: 'ALTER DOMAIN public.email_address SET NOT NULL;' },
    { sql: 'ALTER DOMAIN email_address ADD CONSTRAINT email_set NOT NULL;', from: 17 },
  ],
  good: [
    { sql: 'ALTER DOMAIN email_address DROP NOT NULL;' },
    { sql: 'ALTER DOMAIN positive SET NOT NULL;' },
    { sql: 'CREATE DOMAIN url AS text;\nALTER DOMAIN url SET NOT NULL;' },
    {
      sql: 'ALTER DOMAIN set_address SET NOT NULL;',
      given: 'CREATE DOMAIN set_address AS text NOT NULL;\nCREATE TABLE staff (address set_address);',
    },
  ],
  on: ['AlterDomainStmt'],
  check({ node, effects }, { catalog }) {
    if (!('AlterDomainStmt' in node)) return [];
    const { subtype, def, typeName } = node.AlterDomainStmt;
    const isAdded =
      subtype === 'C' && def !== undefined && 'Constraint' in def && def.Constraint.contype === 'CONSTR_NOTNULL';
    const type = typeNamed(catalog, typeName);
    const isUnused = effects.scans.length === 0 && (type !== undefined || catalog.isWhole);
    if ((subtype !== 'O' && !isAdded) || isUnused || type?.isNotNull === true || effects.fails !== undefined) return [];
    const name = stringsOf(typeName).join('.');
    const tables = effects.scans.map((table) => table.slice(table.indexOf('.') + 1)).join(', ');
    const where = tables === '' ? 'every table that uses it' : tables;
    return [{ message: `Domain ${name} becomes NOT NULL: ${where} is read while its writers wait.` }];
  },
};
