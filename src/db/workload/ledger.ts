import type { AppVersion, Fields, WorkloadShape } from './shape.ts';

/** What a row may be: its fields, or not there. */
export type RowState = Fields | 'absent';

/**
 * The acknowledged writes, kept outside the database. One writer per key, so the last acknowledged write is known
 * exactly; a write whose answer was lost leaves two states that are both right.
 */
export class Ledger {
  readonly #shape: WorkloadShape;
  readonly #written = new Map<number, readonly RowState[]>();

  constructor(shape: WorkloadShape) {
    this.#shape = shape;
  }

  /** States that row `key` may be in now; one, unless an answer was lost. */
  states(key: number): readonly RowState[] {
    return this.#written.get(key) ?? [key >= 1 && key <= this.#shape.rows ? this.#shape.initial(key) : 'absent'];
  }

  /** The server acknowledged: the row is in one of these states. */
  acknowledge(key: number, states: readonly RowState[]): void {
    this.#written.set(key, unique(states));
  }

  /** Nobody knows whether the write happened. */
  doubt(key: number, states: readonly RowState[]): void {
    this.#written.set(key, unique([...this.states(key), ...states]));
  }

  /** From now on this stands in every row that was ever written: what a version made of them that is gone again. */
  restate(change: (fields: Fields) => Fields): void {
    for (const [key, states] of this.#written)
      this.#written.set(key, unique(states.map((state) => (state === 'absent' ? state : change(state)))));
  }

  /** Keys that were ever written. */
  keys(): Iterable<number> {
    return this.#written.keys();
  }

  get writtenRows(): number {
    return this.#written.size;
  }
}

/** True when a row as `version` read it is what was acknowledged; fields that it does not know are nothing to it. */
export function agrees(version: AppVersion, acknowledged: RowState, read: RowState): boolean {
  if (acknowledged === 'absent' || read === 'absent') return acknowledged === read;
  return Object.entries(version.fields).every(([name, { accepts }]) => {
    const [right, seen] = [acknowledged[name] ?? null, read[name] ?? null];
    return right === seen || accepts?.(right, seen) === true;
  });
}

/** True when two states are the same row. */
function sameState(one: RowState, other: RowState): boolean {
  if (one === 'absent' || other === 'absent') return one === other;
  return Object.keys(one).every((name) => one[name] === other[name]);
}

function unique(states: readonly RowState[]): readonly RowState[] {
  const kept: RowState[] = [];
  for (const state of states) if (!kept.some((known) => sameState(known, state))) kept.push(state);
  return kept;
}
