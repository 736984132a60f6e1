/** A row as the driver returns it. Values are parsed at the edge with a schema. */
export type Row = Readonly<Record<string, unknown>>;

export type SessionOptions = {
  /** Part of application_name: which of our sessions this is, e.g. `runner`, `worker 2`, `monitor`. */
  readonly purpose: string;
  /** Run and token, so that a successor finds what a dead runner left behind. */
  readonly run?: { readonly runId: string; readonly token: number };
  readonly signal: AbortSignal;
  /** Every transaction of this session is read-only. */
  readonly isReadOnly?: boolean;
};

/** One connection. Every session of ours has `row_security = off` and says in application_name who it is. */
export interface Session {
  /** Process id of the server's backend. */
  readonly backendId: number;
  /** e.g. 180004 */
  readonly version: number;
  /** Runs one statement (or several without parameters). Throws a Failure in the user's names. Cancelled on the server when the signal aborts. */
  query(
    text: string,
    parameters?: readonly unknown[],
  ): Promise<{ readonly rows: readonly Row[]; readonly rowCount: number }>;
  /** Runs `work` between BEGIN and COMMIT, or ROLLBACK when it throws. */
  transaction<T>(work: () => Promise<T>, options?: { readonly isReadOnly?: boolean }): Promise<T>;
  close(): Promise<void>;
}

/** Opens sessions on one target. */
export type Connect = (options: SessionOptions) => Promise<Session>;
