import type { ExecutionContext, Outcome } from '#core/executor';
import type { CompareAction } from '../action.ts';
import type { ExecutionTools } from '../execution.ts';
import { plainName } from '../schema.ts';
import type { Session } from '../session.ts';
import { defaultSizeLimits, type SizeLimits } from './batch-size.ts';
import { boardOf } from './board.ts';
import type { Segment } from './checkpoint.ts';
import { type Compared, compareRange, sumOf } from './compare-range.ts';
import { bordersOf, halve, segmentsAt } from './segments.ts';
import { tableSize } from './table-size.ts';
import { together } from './together.ts';
import type { Walk } from './walk.ts';
import { walkOver } from './walk-over.ts';
import { runWorker, type Work } from './worker.ts';
import { prepareReader } from './worker-session.ts';

/** Everything one comparison works with. */
export type Comparison = {
  readonly action: CompareAction;
  readonly context: ExecutionContext;
  readonly tools: ExecutionTools;
};

/** A range is one query: a longer one would keep the server from clearing away dead rows. */
const sizeLimits: SizeLimits = { ...defaultSizeLimits, rowsFirst: 5_000, rowsMax: 200_000 };
const targetMs = 200;
const rowsPerWorkerMin = 20_000;
const samplesMax = 10;

/** Compares a whole table. `ok` is false where rows disagree; some of their keys are in detail and finding. */
export async function runComparison(comparison: Comparison): Promise<Outcome> {
  const { action, context } = comparison;
  const parts: Compared[] = [];
  try {
    await withReader(comparison, { place: 1, signal: context.signal }, (session) =>
      walkAll(comparison, session, parts),
    );
  } catch (error) {
    context.signal.throwIfAborted();
    throw error;
  }
  return outcomeOf(action, sumOf(parts, samplesMax));
}

async function walkAll(comparison: Comparison, session: Session, parts: Compared[]): Promise<void> {
  const { action, context, tools } = comparison;
  const walk = walkOver(action.over, tools.driver.spelling, session.version);
  const { rows } = await tableSize(session, action.over.table);
  const count = Math.min(action.workers, Math.max(1, Math.floor((rows ?? 0) / rowsPerWorkerMin)));
  const work = workOf(comparison, { walk, segments: await segmentsNow(session, walk, count), total: rows, parts });
  await together(context.signal, [
    (signal) => runWorker({ ...work, signal }, session),
    ...Array.from({ length: count - 1 }, (_, place) => (signal: AbortSignal) => {
      return withReader(comparison, { place: place + 2, signal }, (other) => runWorker({ ...work, signal }, other));
    }),
  ]);
}

/** A session that can only read. */
async function withReader(
  { tools }: Comparison,
  { place, signal }: { readonly place: number; readonly signal: AbortSignal },
  work: (session: Session) => Promise<void>,
): Promise<void> {
  const run = tools.lease();
  const purpose = `compare ${place}`;
  const session = await tools.connect({ purpose, signal, isReadOnly: true, ...(run === undefined ? {} : { run }) });
  try {
    await prepareReader(session);
    await work(session);
  } finally {
    await session.close();
  }
}

async function segmentsNow(session: Session, walk: Walk, count: number): Promise<readonly Segment[]> {
  const to = await walk.last(session);
  if (to === undefined) return [];
  const { borders } = await bordersOf(session, walk, { to, count });
  return segmentsAt(borders, { from: undefined, to });
}

type Whole = {
  readonly walk: Walk;
  readonly segments: readonly Segment[];
  readonly total: number | undefined;
  readonly parts: Compared[];
};

function workOf({ action, context, tools }: Comparison, { walk, segments, total, parts }: Whole): Omit<Work, 'signal'> {
  const board = boardOf(segments);
  let done = 0;
  return {
    walk,
    board,
    context,
    limits: { ...sizeLimits, ...tools.limits },
    subject: plainName(action.over.table),
    random: tools.random,
    targetMs: () => targetMs,
    batch: async (session, { segment, rows, tell }) => {
      const { to } = await walk.next(session, { after: segment.at, to: segment.to }, rows);
      const range = { after: segment.at, to };
      tell(range);
      const compared = await compareRange(session, { action, spelling: tools.driver.spelling, walk, range });
      parts.push(compared);
      done += compared.rows;
      return { ...segment, at: to, passed: segment.passed + compared.rows };
    },
    split: (session, segment) => halve(session, walk, { segment, range: board.nextRange() }),
    report: (throttled) => {
      const known = total === undefined ? undefined : Math.max(done, total);
      context.progress({ done, total: known, unit: 'rows', ...(throttled === undefined ? {} : { throttled }) });
    },
  };
}

const saidSamplesMax = 5;

/** The words of the plan for rows that are in the way, with some of their keys. */
function saidOf({ over, said }: CompareAction, { rows, mismatches, samples }: Compared): string | undefined {
  if (said === undefined) return undefined;
  const table = plainName(over.table);
  if (mismatches === 0) return `in none of ${rows.toLocaleString('en')} rows of ${table} ${said}`;
  const shown = samples.slice(0, saidSamplesMax);
  const more = mismatches > shown.length ? '; …' : '';
  const count = `${mismatches.toLocaleString('en')} ${mismatches === 1 ? 'row' : 'rows'}`;
  return `in ${count} of ${table} ${said}: ${keyWords(over)} ${shown.join('; ')}${more}`;
}

function keyWords({ key }: CompareAction['over']): string {
  return key.length === 0 ? 'ctid' : key.map(({ name }) => name).join(', ');
}

function outcomeOf(action: CompareAction, compared: Compared): Outcome {
  const { over } = action;
  const { rows, mismatches, left, right, samples } = compared;
  const table = plainName(over.table);
  const said = saidOf(action, compared);
  if (said !== undefined) return { ok: mismatches === 0, detail: said, measures: { rows, mismatches } };
  const checksums = left === right ? `checksum ${hex(left)} on both sides` : `checksums ${hex(left)} and ${hex(right)}`;
  const detail = `${rows.toLocaleString('en')} rows of ${table} compared, ${mismatches.toLocaleString('en')} differ, ${checksums}`;
  const measures = { rows, mismatches };
  if (mismatches === 0) return { ok: true, detail, measures };
  const key = keyWords(over);
  const message = `${mismatches.toLocaleString('en')} rows of ${table} differ, among them those with ${key}: ${samples.join('; ')}`;
  const finding = { rule: 'verify/rows-differ', severity: 'error', message, object: table } as const;
  return { ok: false, detail: `${detail}; ${key}: ${samples.join('; ')}`, measures, findings: [finding] };
}

function hex(checksum: bigint): string {
  return BigInt.asUintN(64, checksum).toString(16).padStart(16, '0');
}
