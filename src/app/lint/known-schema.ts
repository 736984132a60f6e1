import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail } from '#core/error';
import { loadParser } from '#db/drivers/postgres/sql/syntax-tree';
import { readSchema } from '#db/lint/catalog/base-catalog';
import type { LiveFacts } from '#db/lint/live-facts';
import { positionOf } from '#db/lint/text/position-of';
import { openDatabase, withReader } from '../domains.ts';
import type { Surroundings } from '../verb.ts';
import { orBadInput } from './or-bad-input.ts';
import { decodeSql } from './read-sql-text.ts';

/** What is known of the database before the migrations: its schema as SQL, its version, its statistics. */
export type KnownSchema = {
  readonly sql: string | undefined;
  /** Major of the server, where there is a connection. */
  readonly major: number | undefined;
  readonly live: LiveFacts | undefined;
  /** What of the schema could not be read, as sentences. */
  readonly notices: readonly string[];
};

/**
 * Reads `--schema FILE`, else the database that `--db` or `--target` names; a database that only the surroundings name is
 * left alone, as lint is asked for in places where none can be reached.
 */
export async function knownSchema(file: string | undefined, surroundings: Surroundings): Promise<KnownSchema> {
  const { choice, cwd } = surroundings;
  if (file !== undefined) return schemaIn(resolve(cwd, file), file);
  if (choice.db === undefined && choice.target === undefined)
    return { sql: undefined, major: undefined, live: undefined, notices: [] };
  const database = await openDatabase(surroundings);
  return withReader(database, surroundings.signal, async (session) => {
    const snapshot = await database.driver.inspect(session);
    return {
      sql: database.driver.recreate(snapshot).join(';\n'),
      major: Math.floor(snapshot.server.version / 10_000),
      live: await database.driver.liveFacts(session),
      notices: [],
    };
  });
}

async function schemaIn(path: string, named: string): Promise<KnownSchema> {
  const next = 'Name a file with the SQL of the schema, as `pg_dump --schema-only` writes it.';
  const what = `The schema ${named} cannot be read.`;
  const read = decodeSql(orBadInput(() => readFileSync(path), { what, next }));
  if (read.kind === 'unreadable') throw fail('bad-input', { what, why: read.why, next });
  const sql = read.text;
  await loadParser();
  const { statements, failures } = readSchema(sql);
  const [first] = failures;
  if (statements.length === 0) {
    throw fail('bad-input', {
      what: `The schema ${named} has no statement that can be read.`,
      why:
        first === undefined ? 'There is no SQL in it.' : `Line ${positionOf(sql, first.index).line}: ${first.message}.`,
      next,
    });
  }
  const statementsWords = failures.length === 1 ? '1 statement' : `${failures.length} statements`;
  const notices =
    first === undefined
      ? []
      : [
          `${statementsWords} of ${named} could not be read, the first on line ${positionOf(sql, first.index).line} (${first.message}): what it makes is not known.`,
        ];
  return { sql, major: undefined, live: undefined, notices };
}
