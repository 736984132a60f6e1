import { bodiesOf } from '../../lint/body/inner-statements.ts';
import { readBody } from '../../lint/body/read-body.ts';
import type { Rule } from '../../rule.ts';

export const retryBurnsXid: Rule = {
  id: 'tx/retry-burns-xid',
  severity: 'advice',
  summary: 'A loop retries in blocks with EXCEPTION without a bound',
  why: 'Each block with EXCEPTION that writes is a subtransaction with an id of its own. A loop without a bound uses them up, slows every snapshot once a transaction has more than 64, and never ends where the reason does not go away.',
  instead: 'Retry from outside, with a bound, a growing pause and some chance in it; or bound the loop.',
  aliases: { MigrationPilot: ['MP076'] },
  needs: 'static',
  claims: [],
  bad: [
    {
      sql: 'DO $$ BEGIN\n  LOOP\n    BEGIN\n      ALTER TABLE users ADD COLUMN nickname text;\n      EXIT;\n    EXCEPTION WHEN lock_not_available THEN\n      PERFORM pg_sleep(1);\n    END;\n  END LOOP;\nEND $$;',
    },
  ],
  good: [
    {
      sql: 'DO $$ BEGIN\n  FOR attempt IN 1..5 LOOP\n    BEGIN\n      ALTER TABLE users ADD COLUMN nickname text;\n      EXIT;\n    EXCEPTION WHEN lock_not_available THEN\n      PERFORM pg_sleep(0.1 * attempt);\n    END;\n  END LOOP;\nEND $$;',
    },
    {
      sql: 'DO $$ BEGIN\n  BEGIN\n    ALTER TABLE users ADD COLUMN nickname text;\n  EXCEPTION WHEN duplicate_column THEN\n    NULL;\n  END;\nEND $$;',
    },
  ],
  on: ['DoStmt'],
  check({ node }, { catalog }) {
    const pieces = bodiesOf(node, catalog).flatMap(({ language, text, create }) =>
      language === 'plpgsql' ? (readBody(text, create) ?? []) : [],
    );
    const hasRetry = pieces.some((piece) => piece.kind === 'sql' && piece.isRetried);
    return hasRetry
      ? [{ message: 'This loop tries again for as long as it fails, each time in a new subtransaction.' }]
      : [];
  },
};
