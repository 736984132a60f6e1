import { openSession } from '#db/drivers/postgres/connect';
import type { PostgresSessionOptions } from '#db/drivers/postgres/session-settings';
import type { Session } from '#db/session';

/** Runs `work` on a session of godwit's own kind and closes it afterwards. */
export async function withSession<Result>(
  url: string,
  work: (session: Session) => Promise<Result>,
  options: Partial<PostgresSessionOptions> = {},
): Promise<Result> {
  const session = await openSession(url, { purpose: 'test', signal: new AbortController().signal, ...options });
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
