import type { Rule } from '../../rule.ts';

export const alterSystem: Rule = {
  id: 'pg/alter-system',
  severity: 'warning',
  summary: 'A migration changes a setting of the whole server',
  why: 'ALTER SYSTEM writes postgresql.auto.conf, which counts for every database of the server and wins over postgresql.conf. No rollback takes it back, replicas do not get it, it holds only from the next reload or restart on, and hosted servers refuse it.',
  instead:
    'Set it where the server is configured; or for one database or one role with ALTER DATABASE … SET or ALTER ROLE … SET.',
  aliases: {},
  needs: 'static',
  claims: [],
  bad: [
    { sql: "ALTER SYSTEM SET work_mem = '64MB';" },
    { sql: 'ALTER SYSTEM SET work_mem TO DEFAULT;' },
    { sql: 'ALTER SYSTEM RESET ALL;' },
  ],
  good: [{ sql: "SET work_mem = '64MB';" }, { sql: "ALTER ROLE CURRENT_USER SET work_mem = '64MB';" }],
  on: ['AlterSystemStmt'],
  check({ node }) {
    if (!('AlterSystemStmt' in node)) return [];
    const { name, kind } = node.AlterSystemStmt.setstmt ?? {};
    const what = kind === 'VAR_RESET_ALL' || name === undefined ? 'All settings' : name;
    const verb = what === name ? 'is' : 'are';
    return [{ message: `${what} ${verb} changed for every database of this server, and no rollback takes it back.` }];
  },
};
