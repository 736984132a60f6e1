import { performance } from 'node:perf_hooks';
import type { Client } from 'pg';
import { agrees, type Ledger } from './ledger.ts';
import type { Measures } from './measures.ts';
import type { AppVersion, Mix, OperationKind, Random, WorkloadShape } from './shape.ts';
import { operationKinds } from './shape.ts';
import { fieldsOf, type Statement } from './statements.ts';
import { makeTurn, type Turn, type TurnSource } from './turn.ts';

/** What a lane shares with the others. It alone writes the keys whose remainder by `of` is `number`. */
export type LaneOptions = {
  readonly number: number;
  readonly of: number;
  readonly shape: WorkloadShape;
  readonly ledger: Ledger;
  readonly measures: Measures;
  readonly random: Random;
  readonly mix: Mix;
  /** SQLSTATEs that the plan named beforehand. */
  readonly named: ReadonlySet<string>;
  /** Only rows up to this one are worked on, so that a share of the table stays as it was. */
  readonly rowsMax: number;
  choose(random: Random): AppVersion;
  turn(): number;
};

/** One connection of the application, doing one thing after another. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #client: Client;
  readonly #deleted: number[] = [];
  #inserted = 0;
  /** Grows when the application prepares its statements anew. */
  #generation = 0;

  constructor(options: LaneOptions, client: Client) {
    this.#options = options;
    this.#client = client;
  }

  /** Does the operation that was due at `dueMs` (performance.now), and books its answer. */
  async work(dueMs: number): Promise<void> {
    const { random, mix, measures } = this.#options;
    const turn = makeTurn(chooseKind(mix, random), this.#options.choose(random), this.#source());
    await this.#carryOut(turn, true);
    measures.latency(performance.now() - dueMs);
  }

  async #carryOut(turn: Turn, mayRetry: boolean): Promise<void> {
    const { measures, named } = this.#options;
    try {
      const row = await this.#send(turn);
      this.#book(turn, row);
    } catch (error) {
      const sqlstate = stateOf(error);
      await this.#rollBack(turn);
      if (sqlstate === undefined) for (const { key, states } of turn.writes) this.#options.ledger.doubt(key, states);
      if (sqlstate !== undefined && named.has(sqlstate)) {
        measures.hazards += 1;
        this.#generation += 1;
        if (mayRetry) await this.#carryOut(turn, false);
        return;
      }
      measures.fail({
        sqlstate: sqlstate ?? 'connection',
        message: messageOf(error),
        version: turn.version.name,
        operation: turn.operation,
      });
    }
  }

  async #send(turn: Turn): Promise<Readonly<Record<string, unknown>> | undefined> {
    let row: Readonly<Record<string, unknown>> | undefined;
    if (turn.isTransaction) await this.#query({ text: 'BEGIN', values: [] });
    for (const statement of turn.statements) row = await this.#query(statement);
    if (turn.isTransaction) await this.#query({ text: 'COMMIT', values: [] });
    return row;
  }

  async #query({ text, values, name }: Statement): Promise<Readonly<Record<string, unknown>> | undefined> {
    this.#options.measures.queries += 1;
    const prepared = name === undefined ? {} : { name: `${name} ${this.#generation}` };
    const result = await this.#client.query<Record<string, unknown>>({ text, values: [...values], ...prepared });
    return result.rows[0];
  }

  #book(turn: Turn, row: Readonly<Record<string, unknown>> | undefined): void {
    const { ledger, measures } = this.#options;
    for (const { key, states } of turn.writes) {
      ledger.acknowledge(key, states);
      if (states.length === 1 && states[0] === 'absent') this.#deleted.push(key);
    }
    if (turn.reads === undefined) return;
    const seen = row === undefined ? 'absent' : fieldsOf(turn.version, row);
    if (turn.reads.states.some((state) => agrees(turn.version, state, seen))) return;
    measures.fail({
      sqlstate: 'wrong-read',
      message: `read ${JSON.stringify(seen)}, acknowledged ${JSON.stringify(turn.reads.states)}`,
      version: turn.version.name,
      operation: turn.operation,
    });
  }

  async #rollBack(turn: Turn): Promise<void> {
    if (!turn.isTransaction) return;
    try {
      await this.#client.query('ROLLBACK');
    } catch (error) {
      if (stateOf(error) !== undefined) throw error;
    }
  }

  #source(): TurnSource {
    const { shape, ledger, random, turn } = this.#options;
    return { shape, ledger, random, turn, present: () => this.#present(), absent: () => this.#absent() };
  }

  #present(): number {
    const { number, of, rowsMax, random, ledger } = this.#options;
    const count = Math.floor((rowsMax - number - 1) / of) + 1 + this.#inserted;
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const key = this.#keyAt(Math.floor(random() * count));
      if (ledger.states(key).every((state) => state !== 'absent')) return key;
    }
    return this.#keyAt(0);
  }

  #absent(): number {
    const again = this.#deleted.length > 0 && this.#options.random() < 0.5 ? this.#deleted.shift() : undefined;
    if (again !== undefined && this.#options.ledger.states(again).every((state) => state === 'absent')) return again;
    this.#inserted += 1;
    const { number, of, rowsMax } = this.#options;
    return this.#keyAt(Math.floor((rowsMax - number - 1) / of) + this.#inserted);
  }

  /** Keys of this lane: those at the start, then, beyond all rows of the table, those it inserts. */
  #keyAt(index: number): number {
    const { number, of, rowsMax, shape } = this.#options;
    const atStart = Math.floor((rowsMax - number - 1) / of) + 1;
    if (index < atStart) return index * of + number + 1;
    return (Math.ceil(shape.rows / of) + (index - atStart)) * of + number + 1;
  }
}

function chooseKind(mix: Mix, random: Random): OperationKind {
  let left = random() * operationKinds.reduce((sum, kind) => sum + mix[kind], 0);
  for (const kind of operationKinds) {
    left -= mix[kind];
    if (left < 0) return kind;
  }
  return 'read';
}

function stateOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
    ? error.code
    : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
