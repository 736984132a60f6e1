import type { Rule } from '../../rule.ts';

const notRun = 'it is about comments, which a server does not read';

/** Its findings are made by `applySuppressions`, when all other rules have spoken. */
export const unusedSuppression: Rule = {
  id: 'hy/unused-suppression',
  severity: 'advice',
  summary:
    'A comment that is to silence a rule silences nothing: it has no reason, names no rule, or there is no such finding',
  why: 'A comment that silences nothing today hides a hazard tomorrow, and one that was mistyped leaves its reader sure of what was never looked at.',
  instead: 'Take it away, or write `-- godwit: ignore RULE: reason` on the line before the statement.',
  aliases: {
    squawk: ['unused-ignore'],
    pgsafe: ['suppression-unused', 'suppression-unknown-rule', 'suppression-missing-reason', 'suppression-malformed'],
  },
  needs: 'static',
  claims: [],
  bad: [
    {
      sql: '-- godwit: ignore pg/index-not-concurrent: small table\nCREATE INDEX CONCURRENTLY users_age ON users (age);',
      notRun,
    },
    { sql: '-- godwit: ignore pg/index-not-concurrent\nCREATE INDEX users_age ON users (age);', notRun },
    { sql: '-- godwit: ignore pg/index-not-concurent: small table\nCREATE INDEX users_age ON users (age);', notRun },
    {
      sql: '-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX CONCURRENTLY users_age ON users (age);',
      notRun,
    },
    {
      sql: '-- godwit: ignore-file ds/drop-table: all of it is empty\nALTER TABLE users ADD COLUMN nickname text;',
      notRun,
    },
  ],
  good: [
    { sql: '-- godwit: ignore pg/index-not-concurrent: small table\nCREATE INDEX users_age ON users (age);', notRun },
    { sql: '-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX users_age ON users (age);', notRun },
    { sql: '-- godwit: ignore-file ds/drop-table: all of it is empty\nDROP TABLE notes;', notRun },
    { sql: '-- an index that is not concurrent, godwit will say\nCREATE INDEX users_age ON users (age);', notRun },
  ],
  on: [],
  check: () => [],
};
