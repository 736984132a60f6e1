import type { Node } from 'libpg-query';
import { settingOf } from '../../lint/settings.ts';
import type { Rule } from '../../rule.ts';

export const sessionReplicationRole: Rule = {
  id: 'pg/session-replication-role',
  severity: 'warning',
  summary: 'Triggers and the checks of foreign keys are switched off for a session',
  why: 'Under session_replication_role = replica ordinary triggers do not fire, and foreign keys are kept by triggers: rows that break one get in, ON DELETE CASCADE does nothing, and nobody looks at them afterwards, as the constraint counts as valid. It holds to the end of the session, so that the tool’s later migrations run without them too.',
  instead:
    'Disable the one trigger that is in the way, within a transaction that enables it again; where it has to be all of them, SET LOCAL, and then look for rows without a parent yourself.',
  aliases: {},
  needs: 'static',
  claims: [],
  bad: [
    { sql: "SET session_replication_role = 'replica';" },
    {
      sql: 'SET session_replication_role TO replica;\nDELETE FROM users WHERE id = 1;\nRESET session_replication_role;',
    },
    { sql: "SELECT set_config('session_replication_role', 'replica', false);" },
    { sql: "BEGIN;\nSET LOCAL session_replication_role = 'replica';\nDELETE FROM users WHERE id = 1;\nCOMMIT;" },
    { sql: "ALTER ROLE CURRENT_USER SET session_replication_role = 'replica';" },
  ],
  good: [
    { sql: "SET session_replication_role = 'origin';" },
    { sql: 'RESET session_replication_role;' },
    {
      sql: 'BEGIN;\nALTER TABLE users DISABLE TRIGGER users_touch;\nUPDATE users SET age = 30 WHERE id = 1;\nALTER TABLE users ENABLE TRIGGER users_touch;\nCOMMIT;',
    },
  ],
  on: ['VariableSetStmt', 'SelectStmt', 'AlterRoleSetStmt', 'AlterDatabaseSetStmt'],
  check({ node }) {
    if (!isReplica(node)) return [];
    const isLocal = 'VariableSetStmt' in node && node.VariableSetStmt.is_local === true;
    const until = isLocal ? 'the end of this transaction' : 'somebody sets it back';
    const of = 'AlterRoleSetStmt' in node || 'AlterDatabaseSetStmt' in node ? ' in every new session' : '';
    return [
      {
        message: `Triggers do not fire${of}, and foreign keys are not checked, until ${until}.`,
        ...(isLocal ? { severity: 'advice' as const } : {}),
      },
    ];
  },
};

function isReplica(node: Node): boolean {
  const stmt =
    'AlterRoleSetStmt' in node
      ? node.AlterRoleSetStmt.setstmt
      : 'AlterDatabaseSetStmt' in node
        ? node.AlterDatabaseSetStmt.setstmt
        : undefined;
  const settings = new Map<string, string>();
  settingOf(stmt === undefined ? node : { VariableSetStmt: stmt }, settings);
  return settings.get('session_replication_role')?.toLowerCase() === 'replica';
}
