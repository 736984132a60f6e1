import type { Node } from 'libpg-query';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

const leaver =
  "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'godwit_leaver') THEN CREATE ROLE godwit_leaver; END IF; END $$;";
const given = `${leaver}\nCREATE TYPE mood AS ENUM ('glad');\nALTER TYPE mood OWNER TO godwit_leaver;`;

export const dropOwned: Rule = {
  id: 'ds/drop-owned',
  severity: 'error',
  summary: 'Everything that a role owns is dropped',
  why: 'DROP OWNED drops every table with its rows, every view, type, function and schema of the database that the role owns, without naming them, and takes all of its rights away. What it owns differs from database to database.',
  instead:
    'REASSIGN OWNED BY the role TO another one first: DROP OWNED then takes away only its rights. Drop tables by name, each with its own thought.',
  aliases: {},
  needs: 'static',
  claims: [],
  bad: [
    { given, sql: 'DROP OWNED BY godwit_leaver;' },
    { given, sql: 'DROP OWNED BY godwit_leaver CASCADE;' },
    {
      given,
      sql: 'REASSIGN OWNED BY godwit_leaver TO CURRENT_USER;\nDROP OWNED BY godwit_leaver, godwit_other;',
      notRun: 'the second role is none of the example servers',
    },
  ],
  good: [
    { given, sql: 'REASSIGN OWNED BY godwit_leaver TO CURRENT_USER;\nDROP OWNED BY godwit_leaver;' },
    { sql: 'CREATE ROLE godwit_example NOLOGIN;\nDROP OWNED BY godwit_example;\nDROP ROLE godwit_example;' },
    { given, sql: 'REASSIGN OWNED BY godwit_leaver TO CURRENT_USER;' },
    { sql: 'DROP TABLE IF EXISTS godwit_leaver;' },
  ],
  on: ['DropOwnedStmt'],
  check({ node }, { file }) {
    if (!('DropOwnedStmt' in node)) return [];
    const empty = file.units.flatMap(({ node: earlier }) => {
      if ('ReassignOwnedStmt' in earlier) return roleNames(earlier.ReassignOwnedStmt.roles);
      return 'CreateRoleStmt' in earlier ? [earlier.CreateRoleStmt.role ?? ''] : [];
    });
    const owners = roleNames(node.DropOwnedStmt.roles).filter((name) => !empty.includes(name));
    if (owners.length === 0) return [];
    const message = `All that ${namesInWords(owners)} owns in this database is dropped, tables with all of their rows.`;
    return [{ message }];
  },
};

/** CURRENT_USER and its like by the word that stands for them. */
function roleNames(roles: readonly Node[] | undefined): readonly string[] {
  return (roles ?? []).flatMap((role) => {
    if (!('RoleSpec' in role)) return [];
    const { rolename, roletype = '' } = role.RoleSpec;
    return [rolename ?? roletype.replace('ROLESPEC_', '')];
  });
}
