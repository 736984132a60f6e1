import { fullName } from '../../lint/catalog/catalog.ts';
import type { LintContext } from '../../lint/context.ts';
import { type UnboundWrite, unboundWrites, writingKinds } from '../../lint/questions/unbound-writes.ts';
import type { Hit, Rule } from '../../rule.ts';

export const unbatchedDml: Rule = {
  id: 'ds/unbatched-dml',
  severity: 'error',
  summary: 'One statement writes a number of rows that nothing bounds',
  why: 'Every row that it writes stays locked until the commit, its old version stays on disk, and all of it goes through the write-ahead log at once: writers of those rows wait, replicas fall behind, and vacuum can clean nothing meanwhile.',
  instead:
    'In batches of some thousand rows by ranges of the primary key, each committed by itself, with a pause for replicas. `godwit plan --from FILE` makes such a backfill, which can be stopped and taken up again.',
  aliases: { MigrationPilot: ['MP011', 'MP067', 'MP080'], pgfence: ['delete-without-where'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'UPDATE users SET balance = 0;' },
    { sql: "UPDATE users SET name = '' WHERE name IS NULL;" },
    { sql: "DELETE FROM notes WHERE body LIKE 'draft%';" },
    { sql: 'UPDATE items SET price = orders.total FROM orders WHERE orders.id = items.order_id;' },
    { sql: 'UPDATE orders SET note = NULL WHERE id > 5;' },
    { sql: 'UPDATE orders SET total = total + 1 WHERE id = 5 OR total < 10;' },
    { sql: 'INSERT INTO notes (id, body) SELECT id, name FROM users;' },
    {
      sql: 'WITH named AS (SELECT id, name FROM users), short AS (SELECT id, name FROM named)\nINSERT INTO notes (id, body) SELECT id, name FROM short;',
    },
    {
      sql: 'DO $$ DECLARE n bigint;\nBEGIN\n  LOOP\n    UPDATE orders SET note = 1 WHERE id IN (SELECT id FROM orders WHERE note IS NULL LIMIT 1000);\n    GET DIAGNOSTICS n = ROW_COUNT;\n    EXIT WHEN n = 0;\n  END LOOP;\nEND $$;',
    },
    {
      sql: "WITH gone AS (DELETE FROM orders WHERE status = 'open' RETURNING id, note)\nSELECT count(*) FROM gone;",
    },
  ],
  good: [
    {
      sql: 'WITH one AS (SELECT id, name FROM users WHERE id = 7)\nINSERT INTO notes (id, body) SELECT id, name FROM one;',
    },
    {
      sql: 'DO $$ DECLARE n bigint;\nBEGIN\n  LOOP\n    WITH batch AS (SELECT id FROM orders WHERE note IS NULL LIMIT 100),\n    done AS (UPDATE orders SET note = 1 FROM batch WHERE orders.id = batch.id RETURNING orders.id)\n    SELECT count(*) INTO n FROM done;\n    COMMIT;\n    EXIT WHEN n = 0;\n  END LOOP;\nEND $$;',
    },
    {
      sql: 'WITH batch AS (SELECT id FROM users LIMIT 10), named AS (SELECT id, 1 AS body FROM batch)\nINSERT INTO notes (id, body) SELECT id, body FROM named;',
    },
    { sql: 'DO $$ BEGIN\n  FOR i IN 1..5 LOOP\n    UPDATE orders SET note = NULL WHERE id = i;\n  END LOOP;\nEND $$;' },
    { sql: "UPDATE pg_index SET indisvalid = indisvalid WHERE indrelid = 'users'::regclass;" },
    { sql: 'UPDATE users SET balance = 0 WHERE id = 5;' },
    { sql: 'DELETE FROM items WHERE id IN (1, 2, 3);' },
    { sql: "UPDATE users SET age = 20 WHERE email = 'user5@example.org';" },
    { sql: 'UPDATE orders SET note = NULL WHERE id BETWEEN 1 AND 1000;' },
    { sql: 'UPDATE orders SET note = NULL WHERE id >= 1 AND id < 1000 AND note IS NOT NULL;' },
    { sql: 'DELETE FROM notes WHERE ctid IN (SELECT ctid FROM notes LIMIT 100);' },
    {
      sql: 'WITH batch AS (SELECT id FROM orders WHERE note IS NULL LIMIT 100)\nUPDATE orders SET note = 1 FROM batch WHERE orders.id = batch.id;',
    },
    {
      sql: "UPDATE countries SET name = v.name FROM (VALUES ('DE', 'Germany')) AS v (code, name) WHERE countries.code = v.code;",
    },
    { sql: "CREATE TABLE drafts (id bigint, title text);\nUPDATE drafts SET title = '';\nDELETE FROM drafts;" },
    { sql: 'CREATE TEMPORARY TABLE copied (id bigint);\nINSERT INTO copied SELECT id FROM users;' },
    { sql: "INSERT INTO notes (id, body) VALUES (1, 'a'), (2, 'b');" },
    { sql: 'INSERT INTO notes (id) SELECT max(id) FROM users;' },
    { sql: 'INSERT INTO notes (id) SELECT i FROM generate_series(1, 10) AS i;' },
    { sql: 'INSERT INTO notes (id, body) SELECT id, name FROM users WHERE id = 7;' },
  ],
  on: writingKinds,
  check(unit, context) {
    return unboundWrites(unit, context).map((write) => hitOf(write, context));
  },
};

/** What is read from elsewhere may be little: nobody but the reader knows. */
function hitOf(write: UnboundWrite, { catalog }: LintContext): Hit {
  const tables = [fullName(catalog, write.table)];
  const isRead = write.kind === 'insert' || write.kind === 'merge' || write.isLooped;
  return { message: messageOf(write), tables, ...(isRead ? { severity: 'warning' as const } : {}) };
}

function messageOf({ kind, table, source, isWhole, isLooped }: UnboundWrite): string {
  if (isLooped) {
    return `A loop ${kind}s rows of ${table?.relname} and commits nothing before it ends: all of them stay locked until then.`;
  }
  const which = isWhole ? 'every row' : 'any number of rows';
  switch (kind) {
    case 'update':
      return `One statement updates ${which} of ${table?.relname} and holds their locks until the commit.`;
    case 'delete':
      return `One statement deletes ${which} of ${table?.relname} and holds their locks until the commit.`;
    case 'insert':
      return `One statement copies any number of rows of ${source?.relname} into ${table?.relname}.`;
    case 'merge':
      return `One statement merges all rows of ${source?.relname} into ${table?.relname}.`;
  }
}
