import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import type { Rule } from '../../rule.ts';

export const domainWithConstraint: Rule = {
  id: 'pg/domain-with-constraint',
  severity: 'advice',
  summary: 'A domain is made with a constraint, which can hardly be changed later',
  why: 'A constraint of a domain is checked on every table that uses it behind one lock, also by VALIDATE, and ADD COLUMN of such a domain writes the table anew.',
  instead: 'Make the domain without a constraint, or use the base type, and put a CHECK on each table.',
  aliases: { squawk: ['ban-create-domain-with-constraint'], MigrationPilot: ['MP043'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: "CREATE DOMAIN url AS text CHECK (VALUE LIKE 'http%');" },
    { sql: 'CREATE DOMAIN url AS text NOT NULL;' },
    { sql: "CREATE DOMAIN url AS text NOT NULL CONSTRAINT url_long CHECK (VALUE <> '');" },
  ],
  good: [
    { sql: 'CREATE DOMAIN url AS text;' },
    { sql: "CREATE DOMAIN url AS text DEFAULT '';" },
    { sql: 'CREATE DOMAIN url AS text COLLATE "C" NULL;' },
  ],
  on: ['CreateDomainStmt'],
  check({ node }) {
    if (!('CreateDomainStmt' in node)) return [];
    const { domainname, constraints } = node.CreateDomainStmt;
    const isBound = (constraints ?? []).some(
      (one) => 'Constraint' in one && ['CONSTR_CHECK', 'CONSTR_NOTNULL'].includes(one.Constraint.contype ?? ''),
    );
    if (!isBound) return [];
    const name = stringsOf(domainname).join('.');
    return [{ message: `Domain ${name} has a constraint: a change of it reads every table that uses it.` }];
  },
};
