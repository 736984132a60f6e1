import type { CodeUse } from '../code-use.ts';
import { readSql } from '../texts/sql-text.ts';
import { useOfPlace } from '../texts/use-of-place.ts';
import type { UseFinder } from '../use-finder.ts';

/** Files of a migration tool: they say how the database came to be, and are not run again. */
const history = /(^|\/)(migrations?|migrate|drizzle|alembic|flyway|liquibase|db\/(schema|structure))(\/|\.sql$)/i;
const definition = 'It defines or changes something in the database: look whether it is run again.';

/** Files of queries, with the comments and parameters of sqlc, pgtyped and the like. */
export const sqlFiles: UseFinder = {
  id: 'sql-files',
  summary: 'files of SQL, with parameters as sqlc, pgtyped and others write them; folders of migrations apart',
  async find(tree) {
    const uses: CodeUse[] = [];
    for (const { path, text } of tree.files) {
      tree.signal.throwIfAborted();
      if (!/\.sql$/i.test(path) || history.test(path)) continue;
      const base = { start: 0, end: text.length, mayRepeat: false, quote: '', through: [] } as const;
      const piece = { ...base, kind: 'plain', text, path } as const;
      const read = await readSql([piece], tree.readNames);
      if ('message' in read) continue;
      for (const place of read.answer.places) {
        const doubt = place.role === 'definition' ? definition : place.doubt;
        const use = useOfPlace({ ...place, doubt }, read, 'sql-file');
        if (use !== undefined) uses.push(use);
      }
    }
    return uses;
  },
};
