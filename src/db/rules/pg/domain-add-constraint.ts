import type { AlterDomainStmt } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { typeNamed } from '../../lint/catalog/apply-type.ts';
import type { Rule } from '../../rule.ts';

export const domainAddConstraint: Rule = {
  id: 'pg/domain-add-constraint',
  severity: 'error',
  summary: 'A constraint of a domain is checked on every table that uses it while their writers wait',
  why: 'ALTER DOMAIN … ADD CONSTRAINT, and VALIDATE CONSTRAINT too, hold SHARE on every table with a column of the domain until all of them have been read. Reads go on, writes of all these tables wait.',
  instead:
    'ADD CONSTRAINT … NOT VALID, which holds for new values and reads nothing. To have old values checked, put the same CHECK on each table: NOT VALID first, VALIDATE later.',
  aliases: {
    squawk: ['ban-alter-domain-with-add-constraint'],
    pgsafe: ['add-domain-constraint-without-not-valid'],
  },
  needs: 'static',
  claims: [{ lock: 'SHARE', scan: true }],
  bad: [
    { sql: "ALTER DOMAIN email_address ADD CONSTRAINT has_at CHECK (VALUE <> 'x');" },
    { sql: "ALTER DOMAIN email_address ADD CHECK (VALUE <> 'x');" },
    {
      sql: 'ALTER DOMAIN email_address VALIDATE CONSTRAINT has_at;',
      given: "ALTER DOMAIN email_address ADD CONSTRAINT has_at CHECK (VALUE <> 'x') NOT VALID;",
    },
    {
      sql: "ALTER DOMAIN email_address ADD CHECK (VALUE <> 'x');",
      given:
        'CREATE DOMAIN work_address AS email_address;\nCREATE TABLE staff (address work_address);\nINSERT INTO staff SELECT email FROM users;',
    },
  ],
  good: [
    { sql: "ALTER DOMAIN email_address ADD CONSTRAINT has_at CHECK (VALUE <> 'x') NOT VALID;" },
    { sql: 'ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 100);' },
    { sql: "CREATE DOMAIN url AS text;\nALTER DOMAIN url ADD CHECK (VALUE <> '');" },
    { sql: 'ALTER DOMAIN positive DROP CONSTRAINT positive_check;' },
  ],
  on: ['AlterDomainStmt'],
  check({ node, effects }, { catalog }) {
    if (!('AlterDomainStmt' in node)) return [];
    const stmt = node.AlterDomainStmt;
    const type = typeNamed(catalog, stmt.typeName);
    const isDone = stmt.subtype === 'V' && type?.constraints.get(stmt.name ?? '')?.isValid === true;
    const isUnused = effects.scans.length === 0 && (type !== undefined || catalog.isWhole);
    if (!isChecking(stmt) || isUnused || isDone || effects.fails !== undefined) return [];
    const name = stringsOf(stmt.typeName).join('.');
    const tables = effects.scans.map((table) => table.slice(table.indexOf('.') + 1)).join(', ');
    const where = tables === '' ? 'every table that uses it' : tables;
    return [{ message: `A constraint of domain ${name} is checked: ${where} is read while its writers wait.` }];
  },
};

/** Letters of AlterDomainStmt.subtype (parsenodes.h). */
function isChecking({ subtype, def }: AlterDomainStmt): boolean {
  if (subtype === 'V') return true;
  const constraint = def !== undefined && 'Constraint' in def ? def.Constraint : undefined;
  return subtype === 'C' && constraint?.contype === 'CONSTR_CHECK' && constraint.skip_validation !== true;
}
