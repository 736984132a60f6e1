import * as z from 'zod';
import type { CompareAction } from '../action.ts';
import { firstRow, rowsOf } from '../rows.ts';
import type { Session } from '../session.ts';
import type { NameSpelling } from '../spelling.ts';
import type { Range, Walk } from './walk.ts';

/** What comparing rows gave: how many there were and disagree, a checksum of each side, keys that disagree. */
export type Compared = {
  readonly rows: number;
  readonly mismatches: number;
  readonly left: bigint;
  readonly right: bigint;
  readonly samples: readonly string[];
};

/** What to compare. */
export type Comparing = {
  readonly action: CompareAction;
  readonly spelling: NameSpelling;
  readonly walk: Walk;
  readonly range: Range;
};

const samplesMax = 10;
const answerSchema = z.object({
  rows: z.coerce.number(),
  mismatches: z.coerce.number(),
  left: z.string(),
  right: z.string(),
});

/**
 * Compares the rows of a range, on the server, in one pass. A checksum is the sum of the hashes of the values' text:
 * it does not depend on the order of rows, and sums of ranges add up to that of the table.
 */
export async function compareRange(session: Session, comparing: Comparing): Promise<Compared> {
  const { action, spelling, walk, range } = comparing;
  const { left, right } = action;
  const from = `${spelling.relation(action.over.table)} AS t WHERE $range`;
  const query = `SELECT count(*) AS rows, count(*) FILTER (WHERE NOT (${agreement(action)})) AS mismatches,
      ${checksum(left)} AS left, ${checksum(right)} AS right FROM ${from}`;
  const { text, parameters } = walk.bind(query, range);
  const answer = firstRow(await session.query(text, parameters), answerSchema);
  const samples = answer.mismatches === 0 ? [] : await samplesOf(session, comparing);
  return { ...answer, left: BigInt(answer.left), right: BigInt(answer.right), samples };
}

/** All parts of a table together, with at most so many samples. */
export function sumOf(parts: readonly Compared[], samples: number): Compared {
  const add = (what: 'rows' | 'mismatches') => parts.reduce((sum, part) => sum + part[what], 0);
  const hash = (what: 'left' | 'right') => parts.reduce((sum, part) => sum + part[what], 0n);
  return {
    rows: add('rows'),
    mismatches: add('mismatches'),
    left: hash('left'),
    right: hash('right'),
    samples: parts.flatMap((part) => part.samples).slice(0, samples),
  };
}

function agreement({ left, right, backLeft, backRight }: CompareAction): string {
  const forward = `(${left}) IS NOT DISTINCT FROM (${right})`;
  if (backLeft === undefined || backRight === undefined) return forward;
  return `${forward} OR (${backLeft}) IS NOT DISTINCT FROM (${backRight})`;
}

function checksum(expression: string): string {
  return `coalesce(sum(hashtextextended((${expression})::text, 0)), 0)::text`;
}

async function samplesOf(session: Session, { action, spelling, walk, range }: Comparing): Promise<readonly string[]> {
  const { over } = action;
  const key = over.key.length === 0 ? ['t.ctid'] : over.key.map(({ name }) => `t.${spelling.name(name)}`);
  const shown = key.map((column) => `${column}::text`).join(`, ', ', `);
  const query = `SELECT concat(${shown}) AS key FROM ${spelling.relation(over.table)} AS t
    WHERE $range AND NOT (${agreement(action)}) LIMIT ${samplesMax}`;
  const { text, parameters } = walk.bind(query, range);
  return rowsOf(await session.query(text, parameters), z.object({ key: z.string() })).map((row) => row.key);
}
