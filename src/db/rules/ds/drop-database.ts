import type { Rule } from '../../rule.ts';

export const dropDatabase: Rule = {
  id: 'ds/drop-database',
  severity: 'error',
  summary: 'A database is dropped',
  why: 'All of its data is gone at once and nothing brings it back but a backup. The statement cannot run in a transaction, so there is no taking it back either.',
  instead:
    'Never in a migration: by hand, after a backup that was tried, with ALTER DATABASE … RENAME some days before.',
  aliases: { squawk: ['ban-drop-database'], MigrationPilot: ['MP034'] },
  needs: 'static',
  claims: [],
  bad: [
    {
      given: 'CREATE DATABASE shop;',
      sql: 'DROP DATABASE shop;',
      notRun: 'It is about another database than that of the examples.',
    },
    { sql: 'DROP DATABASE IF EXISTS shop;' },
    { sql: 'DROP DATABASE IF EXISTS shop WITH (FORCE);', from: 13 },
  ],
  good: [
    { sql: 'DROP TABLE IF EXISTS shop;' },
    { sql: 'DROP SCHEMA IF EXISTS shop;' },
    { sql: "COMMENT ON TABLE users IS 'DROP DATABASE shop';" },
  ],
  on: ['DropdbStmt'],
  check({ node }) {
    if (!('DropdbStmt' in node)) return [];
    return [{ message: `Database ${node.DropdbStmt.dbname} is dropped with all that is in it.` }];
  },
};
