import { assert } from '#core/assert';
import type { Row, Session } from '../session.ts';
import type { NameSpelling } from '../spelling.ts';
import { replaceRange } from './replace-range.ts';
import { tableSize } from './table-size.ts';
import type { Bound, Over, Parts, Place, Range, Walk } from './walk.ts';

/** Blocks that a sample reads: enough to place borders within some percent, and done in milliseconds. */
const sampledBlocksMax = 200;
/** Fewer sampled rows than this for each part say too little. */
const samplesPerPart = 20;

/**
 * Walks a table along a unique key, by row comparison, which a btree index on the key carries out as one scan
 * (https://www.postgresql.org/docs/18/functions-comparisons.html#ROW-WISE-COMPARISON). The key's own collation holds on
 * both sides, because a parameter has none.
 */
export function keyWalk(over: Over, spelling: NameSpelling): Walk {
  const relation = spelling.relation(over.table);
  const columns = over.key.map(({ name }) => `t.${spelling.name(name)}`);
  const shown = columns.map((column, place) => `${column}::text AS k${place}`).join(', ');
  const order = columns.join(', ');
  const backwards = columns.map((column) => `${column} DESC`).join(', ');
  const bind = (statement: string, range: Range) => bound(over, columns, { statement, range });
  const placeOf = (row: Row): Place => columns.map((_, place) => textOf(row[`k${place}`]));
  return {
    bind,
    last: async (session) => {
      const { rows } = await session.query(`SELECT ${shown} FROM ${relation} AS t ORDER BY ${backwards} LIMIT 1`);
      return rows[0] === undefined ? undefined : placeOf(rows[0]);
    },
    next: async (session, range, rows) => {
      const query = `SELECT ${shown} FROM ${relation} AS t WHERE $range ORDER BY ${order} OFFSET ${rows - 1} LIMIT 1`;
      const { text, parameters } = bind(query, range);
      const found = (await session.query(text, parameters)).rows[0];
      return found === undefined ? { to: range.to, rows: undefined } : { to: placeOf(found), rows };
    },
    parts: async (session, range, count) => {
      const sampling = { percent: await sampledPercent(session, over), count };
      const { text, parameters } = bind(partsQuery(relation, columns, sampling), range);
      const { rows } = await session.query(text, parameters);
      return partsOf(
        rows.map((row) => ({ place: placeOf(row), sampled: Number(row.sampled) })),
        sampling,
      );
    },
    describe: ({ after, to }) => {
      const name = over.key.map((column) => column.name).join(', ');
      return `${name} ${after === undefined ? '' : `after ${after.join(', ')} `}up to ${to.join(', ')}`;
    },
  };
}

function bound(
  over: Over,
  columns: readonly string[],
  { statement, range }: { readonly statement: string; readonly range: Range },
): Bound {
  const { after, to } = range;
  const values = (first: number) => over.key.map(({ type }, place) => `$${first + place}::${type}`);
  const compared = (operator: string, first: number) =>
    columns.length === 1
      ? `${columns[0]} ${operator} ${values(first)[0]}`
      : `(${columns.join(', ')}) ${operator} (${values(first).join(', ')})`;
  const upper = compared('<=', 1);
  const predicate = after === undefined ? upper : `${compared('>', columns.length + 1)} AND ${upper}`;
  const text = replaceRange(statement, `(${predicate})`);
  return { text, parameters: text === statement ? [] : [...to, ...(after ?? [])] };
}

type Sampling = { readonly percent: number; readonly count: number };

async function sampledPercent(session: Session, over: Over): Promise<number> {
  const { blocks } = await tableSize(session, over.table);
  return Math.min(100, (100 * sampledBlocksMax) / Math.max(1, blocks));
}

/** The greatest key of each part, parts being equally many of the sampled rows; how many rows were sampled in all. */
function partsQuery(relation: string, columns: readonly string[], { percent, count }: Sampling): string {
  const key = columns.map((column, place) => `${column} AS k${place}`).join(', ');
  const shown = columns.map((_, place) => `s.k${place}::text AS k${place}`).join(', ');
  const greatest = columns.map((_, place) => `s.k${place} DESC`).join(', ');
  return `SELECT DISTINCT ON (s.part) ${shown}, s.sampled FROM (
      SELECT ${key}, ntile(${count}) OVER (ORDER BY ${columns.join(', ')}) AS part, count(*) OVER () AS sampled
      FROM ${relation} AS t TABLESAMPLE SYSTEM (${percent}) WHERE $range) AS s
    ORDER BY s.part, ${greatest}`;
}

function partsOf(
  found: readonly { readonly place: Place; readonly sampled: number }[],
  { percent, count }: Sampling,
): Parts {
  const sampled = found[0]?.sampled ?? 0;
  const rows = Math.round((sampled * 100) / percent);
  if (sampled < samplesPerPart * count) return { borders: [], rows };
  return { borders: found.slice(0, -1).map(({ place }) => place), rows };
}

function textOf(value: unknown): string {
  assert(typeof value === 'string', 'a key has a value that is no text');
  return value;
}
