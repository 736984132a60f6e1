import type { QualifiedName } from '../schema.ts';
import type { Connect, Session } from '../session.ts';
import type { Spelling } from '../spelling.ts';
import { countsPublished, readLocks, readTables, type WatchedTable } from './catalog.ts';
import { type HeldLock, holdClock, type LockBook, lockBook } from './held-locks.ts';
import { probe } from './probe.ts';
import { watchedConnect } from './watched-session.ts';

/**
 * What the server did while something was done, to the tables that were there when the watch began: nobody waits for
 * one that the plan has made itself. Relations go by the names that they had before the deed.
 */
export type Observed = {
  readonly ms: number;
  readonly locks: readonly { readonly relation: string; readonly mode: string; readonly heldMs: number }[];
  /** Tables that were written anew as a whole. */
  readonly rewrites: readonly string[];
  /** Tables that were read as a whole. */
  readonly scans: readonly string[];
  /** Longest time that a writer of the watched tables had to wait for its lock. */
  readonly longestWaitMs: number;
};

export type Watch = {
  /** Sessions of the runner: opened through here they are looked at from within, too. */
  readonly connect: Connect;
  /** Does something, and tells `hear` what the server did meanwhile, also where it fails. */
  observe<T>(work: () => Promise<T>, hear: (observed: Observed) => void): Promise<T>;
  /** What others read of the tables until now is not taken for a deed's. Sessions that did have to be closed. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
};

export type WatchOptions = {
  /** As the runner. */
  readonly connect: Connect;
  /** As a role that sees every session. */
  readonly connectAsAdmin: Connect;
  readonly spelling: Pick<Spelling, 'relation'>;
  /** Tables whose writers are imitated. */
  readonly probed: readonly QualifiedName[];
  readonly signal: AbortSignal;
  nowMs(): number;
  wait(ms: number, signal: AbortSignal): Promise<void>;
};

/** Pauses between two looks, so that the watch leaves the processor to what it watches. */
const lookEveryMs = 3;
const probeEveryMs = 5;
const publishEveryMs = 20;

/** Watches a throw-away database while a runner is at work on it. Not for a live one: it looks every few milliseconds. */
export async function openWatch(options: WatchOptions): Promise<Watch> {
  const { connectAsAdmin, signal, nowMs } = options;
  const ending = new AbortController();
  const life = AbortSignal.any([signal, ending.signal]);
  const open = () => connectAsAdmin({ purpose: 'watch', signal });
  const [reader, sampler, prober] = [await open(), await open(), await open()];
  const book = lockBook();
  const current = freshTurn(book);
  const original = await readTables(reader);
  const readOriginal = async () => new Map([...(await readTables(reader))].filter(([oid]) => original.has(oid)));
  const catchUp = () => countsPublished(reader, () => options.wait(publishEveryMs, signal));
  const loop = { ...options, signal: life };
  const loops = Promise.all([sample(sampler, current, loop), probeAll(prober, current, loop)]);
  // Heard at `close`: until then a watch that fell silent must not end the process.
  loops.catch(() => undefined);
  return {
    connect: watchedConnect(options.connect, book, nowMs),
    observe: async (work, hear) => {
      const before = await readOriginal();
      book.take();
      Object.assign(current, freshTurn(book));
      const fromMs = nowMs();
      try {
        return await work();
      } finally {
        const ms = nowMs() - fromMs;
        await catchUp();
        const after = await readTables(reader);
        hear({
          ms,
          ...differences(before, after),
          locks: named(book.take(), before),
          longestWaitMs: current.longestMs,
        });
      }
    },
    catchUp,
    close: async () => {
      ending.abort();
      await loops;
      await Promise.all([reader.close(), sampler.close(), prober.close()]);
    },
  };
}

type Loop = Pick<WatchOptions, 'signal' | 'wait' | 'nowMs' | 'probed' | 'spelling'>;

/** What is seen during one deed. A look that began before it counts for nothing. */
type Turn = { clock: ReturnType<typeof holdClock>; longestMs: number };

function freshTurn(book: LockBook): Turn {
  return { clock: holdClock(book), longestMs: 0 };
}

async function sample(session: Session, current: Turn, loop: Loop): Promise<void> {
  let lastMs = loop.nowMs();
  await untilAborted(loop, lookEveryMs, async () => {
    const { clock } = current;
    const nowMs = loop.nowMs();
    const locks = await readLocks(session, 'runs');
    if (clock === current.clock) clock.see(locks, lastMs, nowMs);
    lastMs = nowMs;
  });
}

async function probeAll(session: Session, current: Turn, loop: Loop): Promise<void> {
  await untilAborted(loop, probeEveryMs, async () => {
    for (const relation of loop.probed) {
      const { clock } = current;
      const ms = await probe(session, relation, loop);
      if (clock === current.clock) current.longestMs = Math.max(current.longestMs, ms);
    }
  });
}

async function untilAborted({ signal, wait }: Loop, everyMs: number, turn: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await turn();
    await wait(everyMs, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

type Tables = ReadonlyMap<number, WatchedTable>;

function differences(before: Tables, after: Tables): Pick<Observed, 'rewrites' | 'scans'> {
  const kept = [...before.values()].flatMap((old) => {
    const now = after.get(old.oid);
    return now === undefined ? [] : [{ old, now }];
  });
  return {
    rewrites: kept.filter(({ old, now }) => old.file !== now.file).map(({ old }) => old.name),
    scans: kept.filter(({ old, now }) => now.scans > old.scans).map(({ old }) => old.name),
  };
}

function named(held: readonly HeldLock[], before: Tables): Observed['locks'] {
  return held.flatMap(({ oid, mode, heldMs }) => {
    const table = before.get(oid);
    return table === undefined ? [] : [{ relation: table.name, mode, heldMs }];
  });
}
