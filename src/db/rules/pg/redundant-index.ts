import type { IndexStmt } from 'libpg-query';
import { readIndex } from '../../lint/catalog/apply-index.ts';
import { type LintIndex, type Relation, relationOf } from '../../lint/catalog/catalog.ts';
import type { LintContext } from '../../lint/context.ts';
import { isIndexThere } from '../../lint/effects/index-effects.ts';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Hit, Rule } from '../../rule.ts';

export const redundantIndex: Rule = {
  id: 'pg/redundant-index',
  severity: 'advice',
  summary: 'Two indexes of a table serve the same queries',
  why: 'A btree index on (a, b) answers all that an index on (a) answers. The shorter one only takes space, memory and a part of every write.',
  instead:
    'Keep one of the two: leave the new one out, or DROP INDEX CONCURRENTLY the old one once the new one is valid.',
  aliases: { MigrationPilot: ['MP100'], spirit: ['redundant_indexes'] },
  needs: 'schema',
  claims: [],
  bad: [
    { sql: 'CREATE INDEX CONCURRENTLY users_name_again ON users (name);' },
    { sql: 'CREATE INDEX CONCURRENTLY users_name_age ON users (name, age);' },
    { sql: 'CREATE INDEX CONCURRENTLY orders_id ON orders (id);' },
    {
      sql: 'CREATE INDEX CONCURRENTLY users_name_age ON users (name, age);\nCREATE INDEX CONCURRENTLY users_name_code ON users (name, code);',
    },
    {
      sql: 'CREATE INDEX CONCURRENTLY users_back ON users (age DESC, name DESC, code);',
      given: 'CREATE INDEX users_by_age ON users (age, name);',
    },
    { sql: 'CREATE INDEX CONCURRENTLY users_email_index ON users (email);' },
    {
      sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, a text, b text);\nCREATE INDEX drafts_a ON drafts (a);\nCREATE INDEX drafts_a_b ON drafts (a, b);',
    },
  ],
  good: [
    {
      sql: 'CREATE INDEX CONCURRENTLY users_age_name ON users (age DESC, name);',
      given: 'CREATE INDEX users_by_age ON users (age, name);',
    },
    {
      sql: 'CREATE INDEX CONCURRENTLY users_name_age_code ON users (name, age, code);',
      given:
        'CREATE INDEX users_name_age ON users (name, age);\nDROP INDEX users_name_index;\nCREATE INDEX users_name_code ON users (name, age, id);',
    },
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);' },
    { sql: 'CREATE INDEX CONCURRENTLY users_age_name ON users (age, name);' },
    {
      sql: 'CREATE INDEX CONCURRENTLY users_name_age ON users (name, age);\nDROP INDEX CONCURRENTLY users_name_index;',
    },
    { sql: 'CREATE INDEX CONCURRENTLY users_name_like ON users (name text_pattern_ops);' },
    { sql: 'CREATE INDEX CONCURRENTLY users_name_adults ON users (name) WHERE age > 17;' },
    { sql: 'CREATE INDEX CONCURRENTLY users_name_hash ON users USING hash (name);' },
    {
      sql: 'CREATE UNIQUE INDEX CONCURRENTLY users_name_once ON users (name);\nDROP INDEX CONCURRENTLY users_name_index;',
    },
    {
      sql: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS users_name_index ON users (name);',
      notRun: 'The server passes it over, and its lock is gone before anybody can look.',
    },
    { sql: 'CREATE INDEX CONCURRENTLY orders_id_total ON orders (id, total);' },
  ],
  on: [],
  onFileWith: ['IndexStmt'],
  check: () => [],
  checkFile(units, context) {
    const made = new Set(units.flatMap(({ node }) => ('IndexStmt' in node ? [node.IndexStmt.idxname ?? ''] : [])));
    // An index that several new ones outdo is told once.
    const outdone = new Set<LintIndex>();
    return units.flatMap((unit) => hitsOf(unit, { context, made, outdone }).map((hit) => ({ ...hit, unit })));
  },
};

/** Looks at what is there after the whole file: an index that takes another's place is not one too many. */
function hitsOf(
  { node }: Unit,
  {
    context,
    made,
    outdone,
  }: { readonly context: LintContext; readonly made: ReadonlySet<string>; readonly outdone: Set<LintIndex> },
): readonly Hit[] {
  if (!('IndexStmt' in node)) return [];
  const stmt = node.IndexStmt;
  const table = relationOf(context.catalog, stmt.relation);
  if (table === undefined || isIndexThereBefore(stmt, table, context)) return [];
  const own = stmt.idxname === undefined ? undefined : table.indexes.get(stmt.idxname);
  if (own === undefined) return [];
  const others = [...table.indexes.values()].filter((index) => index !== own);
  const better = others.find((index) => serves(index, own));
  const where = writtenName(stmt.relation);
  if (better !== undefined) {
    return [{ message: `Index ${own.name} adds nothing: ${better.name} of ${where} serves the same queries.` }];
  }
  // One that the file makes itself has its own finding.
  const worse = others.find(
    (index) =>
      index.constraint === undefined &&
      !index.isUnique &&
      !made.has(index.name) &&
      serves(own, index) &&
      !others.some((one) => one !== index && !made.has(one.name) && serves(one, index)),
  );
  if (worse === undefined || outdone.has(worse)) return [];
  outdone.add(worse);
  return [{ message: `With ${own.name}, index ${worse.name} of ${where} serves no query of its own any more.` }];
}

/** IF NOT EXISTS made nothing where the index of the name is another one. */
function isIndexThereBefore(stmt: IndexStmt, table: Relation, { catalog }: LintContext): boolean {
  const found = table.indexes.get(stmt.idxname ?? '');
  return isIndexThere(stmt, catalog) && found?.columns.join() !== readIndex(stmt).columns.join();
}

/** Does the one index answer all that the other does, and keep unique what that keeps? */
function serves(one: LintIndex, other: LintIndex): boolean {
  const isSimple = [one, other].every(
    ({ method, isPlain, predicate, isValid, columns }) =>
      method === 'btree' && isPlain && predicate === undefined && isValid && !columns.includes(undefined),
  );
  if (!isSimple || other.columns.some((column, at) => one.columns[at] !== column)) return false;
  if (other.include.some((column) => ![...one.columns, ...one.include].includes(column))) return false;
  if (!isOrderedAlike(one, other)) return false;
  const isSame = one.columns.length === other.columns.length;
  if (other.isUnique) return one.isUnique && isSame;
  // A unique index that is longer by columns no query needs is larger: both may be wanted.
  return true;
}

/** Ordered the same way, or wholly the other way about, as an index is read from both ends. */
function isOrderedAlike(one: LintIndex, other: LintIndex): boolean {
  const orders = other.columns.map((_, at) => [one.order?.[at] ?? '+', other.order?.[at] ?? '+'] as const);
  const isSame = orders.every(([own, its]) => own === its);
  return isSame || orders.every(([own, its]) => own.length === its.length && own[0] !== its[0]);
}
