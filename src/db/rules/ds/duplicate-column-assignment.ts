import type { Node } from 'libpg-query';
import type { Rule } from '../../rule.ts';

export const duplicateColumnAssignment: Rule = {
  id: 'ds/duplicate-column-assignment',
  severity: 'error',
  summary: 'One column is assigned twice in a statement, which fails',
  why: 'The server takes one value for a column in an UPDATE and refuses a second (42601, for a list of columns of INSERT 42701); which of the two was meant nobody can tell.',
  instead: 'Keep the assignment that is meant.',
  aliases: { squawk: ['ban-duplicate-column-assignments'] },
  needs: 'static',
  claims: [{ fails: '42601' }, { fails: '42701' }],
  bad: [
    { sql: 'UPDATE users SET age = 1, age = 2 WHERE id = 5;' },
    { sql: "UPDATE users SET (age, code) = (1, 'a'), age = 2 WHERE id = 5;" },
    { sql: "INSERT INTO notes (id, body, body) VALUES (1, 'a', 'b');", claim: { fails: '42701' } },
    {
      sql: "INSERT INTO users (name, email) VALUES ('a', 'user1@example.org') ON CONFLICT (email) DO UPDATE SET age = 1, age = 2;",
    },
  ],
  good: [
    { sql: "UPDATE users SET age = 1, code = 'a' WHERE id = 5;" },
    { given: 'CREATE TABLE lists (n integer[]);', sql: 'UPDATE lists SET n[1] = 1, n[2] = 2;' },
    { sql: "INSERT INTO notes (id, body) VALUES (1, 'a');" },
  ],
  on: ['UpdateStmt', 'InsertStmt'],
  check({ node, effects }) {
    const [assigned, listed] =
      'UpdateStmt' in node
        ? [node.UpdateStmt.targetList ?? [], []]
        : 'InsertStmt' in node
          ? [node.InsertStmt.onConflictClause?.targetList ?? [], node.InsertStmt.cols ?? []]
          : [[], []];
    return [
      ...doubled(assigned).map(({ name, at }) => ({ name, at, fails: '42601' })),
      ...doubled(listed).map(({ name, at }) => ({ name, at, fails: '42701' })),
    ].map(({ name, at, fails }) => ({
      at,
      message: `Column ${name} is assigned twice: the statement fails.`,
      effects: { ...effects, locks: [], fails },
    }));
  },
};

/** Columns that stand there a second time as a whole; elements of one array may be set one by one. */
function doubled(targets: readonly Node[]): readonly { readonly name: string; readonly at: number | undefined }[] {
  const seen = new Map<string, boolean>();
  return targets.flatMap((target) => {
    if (!('ResTarget' in target)) return [];
    const { name = '', indirection = [], location } = target.ResTarget;
    const isPart = indirection.length > 0;
    const before = seen.get(name);
    seen.set(name, isPart && before !== false);
    return before === undefined || (before && isPart) ? [] : [{ name, at: location }];
  });
}
