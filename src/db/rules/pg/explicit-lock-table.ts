import { relationsNamed } from '../../lint/catalog/apply-create-table.ts';
import { isNew } from '../../lint/context.ts';
import { askedMode } from '../../lint/effects/maintenance.ts';
import { blocksReads, blocksWrites } from '../../lint/lock-mode.ts';
import { namesInWords, writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const explicitLockTable: Rule = {
  id: 'pg/explicit-lock-table',
  severity: 'warning',
  summary: 'LOCK TABLE keeps others waiting until the transaction ends',
  why: 'The lock is held until COMMIT, whatever else the transaction does. From SHARE on all writes wait for it, for ACCESS EXCLUSIVE, which is what LOCK TABLE means by itself, all reads too.',
  instead:
    'Leave it to each statement to take the lock that it needs. To keep other migrations out, pg_advisory_xact_lock blocks no query.',
  aliases: { MigrationPilot: ['MP065'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'LOCK TABLE users;', inTransaction: true },
    { sql: 'BEGIN;\nLOCK TABLE users, orders IN SHARE MODE;\nCOMMIT;', claim: { lock: 'SHARE' } },
    { sql: 'LOCK TABLE events IN EXCLUSIVE MODE NOWAIT;', inTransaction: true, claim: { lock: 'EXCLUSIVE' } },
    { sql: 'LOCK TABLE user_names;', inTransaction: true },
  ],
  good: [
    { sql: 'LOCK TABLE users IN SHARE UPDATE EXCLUSIVE MODE;', inTransaction: true },
    { sql: 'LOCK TABLE users IN ACCESS SHARE MODE;', inTransaction: true },
    { sql: 'CREATE TABLE drafts (id bigint);\nLOCK TABLE drafts;', inTransaction: true },
    { sql: 'SELECT pg_advisory_xact_lock(4711);', inTransaction: true },
  ],
  on: ['LockStmt'],
  check({ node }, context) {
    if (!('LockStmt' in node)) return [];
    const mode = askedMode(node.LockStmt.mode);
    const old = relationsNamed(node.LockStmt.relations).filter((name) => !isNew(context, name));
    if (!blocksWrites(mode) || old.length === 0) return [];
    const who = blocksReads(mode) ? 'Nobody reads or writes' : 'Nobody writes';
    return [{ message: `${who} ${namesInWords(old.map(writtenName))} until this transaction ends.` }];
  },
};
