import { isFailure } from '#core/error';
import type { Session } from './session.ts';

/** A session that several callers take turns at; opened when it is first needed, and again after it was lost. */
export type SharedSession = {
  use<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

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
    use: (work) =>
      inTurn(async () => {
        session ??= await open();
        try {
          return await work(session);
        } catch (error) {
          if (isFailure(error, 'connection-lost')) await drop();
          throw error;
        }
      }),
    close: () => inTurn(drop),
  };
}
