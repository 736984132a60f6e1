import { nodesIn, stringsOf } from '../../drivers/postgres/sql/walk.ts';
import type { Rule } from '../../rule.ts';

export const terminateBackend: Rule = {
  id: 'pg/terminate-backend',
  severity: 'warning',
  summary: 'A migration ends other sessions, or what they are doing',
  why: '`pg_terminate_backend` closes the connections of others in the middle of their work (57P01) and `pg_cancel_backend` ends their statements (57014): what they had not committed is lost, and applications see the errors. Whom it hits is decided when it runs, so that a rehearsal hits nobody.',
  instead:
    'Give the migration a short lock_timeout and try again, so that it is the migration that waits; whoever has to end a session does so by hand, having looked at it.',
  aliases: {},
  needs: 'static',
  claims: [],
  bad: [
    { sql: "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'worker';" },
    { sql: "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'worker';" },
    {
      sql: "DO $$ BEGIN PERFORM pg_catalog.pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'worker'; END $$;",
    },
  ],
  good: [
    { sql: "SELECT pid, query FROM pg_stat_activity WHERE application_name = 'worker';" },
    {
      sql: "CREATE FUNCTION end_workers() RETURNS void LANGUAGE sql AS $$ SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'worker' $$;",
    },
  ],
  on: ['SelectStmt'],
  check({ node }) {
    for (const inner of nodesIn(node)) {
      const name = 'FuncCall' in inner ? stringsOf(inner.FuncCall.funcname).at(-1) : undefined;
      if (name === 'pg_terminate_backend')
        return [{ message: 'Sessions of others are closed in the middle of their work.' }];
      if (name === 'pg_cancel_backend') return [{ message: 'Statements of others are ended in the middle.' }];
    }
    return [];
  },
};
