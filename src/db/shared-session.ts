import { isFailure } from '#core/error';
import type { Session } from './session.ts';

/** A session that several callers take turns at; opened when it is first needed, and again after it was lost. */
export type SharedSession = {
  /** Throws `connection-lost` where there is no answer within `answerMaxMs`, by default ten minutes. */
  use<T>(work: (session: Session) => Promise<T>, answerMaxMs?: number): Promise<T>;
  close(): Promise<void>;
};

const answerMaxDefaultMs = 600_000;
/** For what the server answers at once, however busy it is. In milliseconds. */
export const smallAnswerMaxMs = 20_000;

/**
 * Hangs up where `work` has no answer in time, which it then hears of as a lost connection: a wire that falls silent
 * without being cut would else be noticed after a quarter of an hour (net.ipv4.tcp_retries2, man 7 tcp).
 */
export async function answered<T>(session: Session, answerMaxMs: number, work: () => Promise<T>): Promise<T> {
  const limit = AbortSignal.timeout(answerMaxMs);
  const hangUp = () => {
    void session.close();
  };
  limit.addEventListener('abort', hangUp, { once: true });
  try {
    return await work();
  } finally {
    limit.removeEventListener('abort', hangUp);
  }
}

/** Shares what `open` opens. Whoever finds the connection lost hears of it; the next one gets a new connection. */
export function shareSession(open: () => Promise<Session>): SharedSession {
  let session: Session | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  const drop = async () => {
    const dropped = session;
    session = undefined;
    await dropped?.close();
  };
  return {
    use: (work, answerMaxMs = answerMaxDefaultMs) =>
      inTurn(async () => {
        const opened = session ?? (await open());
        session = opened;
        try {
          return await answered(opened, answerMaxMs, () => work(opened));
        } catch (error) {
          if (isFailure(error, 'connection-lost')) await drop();
          throw error;
        }
      }),
    close: () => inTurn(drop),
  };
}
