import { randomBytes } from 'node:crypto';
import { connect as connectSocket, createServer, type Server, type Socket } from 'node:net';

/**
 * A small pooler between clients and a server, with the real protocol: it answers logins by itself, with a key of its
 * own, and lends a backend to a client for a transaction or for a session, as PgBouncer does. The backend that came
 * back last is lent first. For servers that ask for no password.
 */
export type PoolerProxy = { readonly url: string; close(): Promise<void> };

export async function startPooler(
  url: string,
  mode: 'transaction' | 'session',
  backendsMax = 10,
): Promise<PoolerProxy> {
  const target = new URL(url);
  const idle: Backend[] = [];
  const sockets = new Set<Socket>();
  const waiting: ((backend: Backend) => void)[] = [];
  let opened = 0;
  const borrow = async (startup: Buffer): Promise<Backend> => {
    const free = idle.pop();
    if (free !== undefined) return free;
    if (opened === backendsMax) return await new Promise((resolve) => waiting.push(resolve));
    opened += 1;
    return await openBackend(target, startup, sockets);
  };
  const giveBack = (backend: Backend) => {
    const next = waiting.shift();
    if (next === undefined) idle.push(backend);
    else next(backend);
  };
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => client.destroy());
    serve(client, { borrow, giveBack, mode });
  });
  const port = await listening(server);
  const own = new URL(url);
  own.host = `127.0.0.1:${port}`;
  return {
    url: own.href,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Backend = { readonly socket: Socket; onMessages: (chunk: Buffer, isIdle: boolean) => void };
type Pool = {
  readonly borrow: (startup: Buffer) => Promise<Backend>;
  readonly giveBack: (backend: Backend) => void;
  readonly mode: 'transaction' | 'session';
};

function serve(client: Socket, pool: Pool): void {
  let startup: Buffer | undefined;
  let backend: Promise<Backend> | undefined;
  const release = (lent: Backend) => {
    backend = undefined;
    lent.onMessages = () => undefined;
    pool.giveBack(lent);
  };
  const lend = async (login: Buffer): Promise<Backend> => {
    const lent = await pool.borrow(login);
    lent.onMessages = (chunk, isIdle) => {
      client.write(chunk);
      if (isIdle && pool.mode === 'transaction') release(lent);
    };
    return lent;
  };
  client.on('data', (chunk: Buffer) => {
    if (startup === undefined) {
      if (chunk.readInt32BE(4) === 80877103) return void client.write('N');
      startup = chunk;
      return void client.write(welcome());
    }
    if (chunk[0] === 0x58) return void client.end();
    backend ??= lend(startup);
    void backend.then((lent) => lent.socket.write(chunk));
  });
}

async function openBackend(target: URL, startup: Buffer, sockets: Set<Socket>): Promise<Backend> {
  const socket = connectSocket(Number(target.port), target.hostname);
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  const backend: Backend = { socket, onMessages: () => undefined };
  const ready = new Promise<void>((resolve) => {
    backend.onMessages = (_, isIdle) => isIdle && resolve();
  });
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    let end = 0;
    let isIdle = false;
    while (rest.length >= end + 5 && rest.length >= end + 1 + rest.readInt32BE(end + 1)) {
      isIdle = rest[end] === 0x5a && rest[end + 5] === 0x49;
      end += 1 + rest.readInt32BE(end + 1);
    }
    const whole = rest.subarray(0, end);
    rest = rest.subarray(end);
    if (whole.length > 0) backend.onMessages(whole, isIdle);
  });
  socket.write(startup);
  await ready;
  return backend;
}

/** AuthenticationOk, BackendKeyData with a key of the pooler's own, ReadyForQuery. */
function welcome(): Buffer {
  const key = Buffer.concat([Buffer.from([0x4b, 0, 0, 0, 12]), randomBytes(8)]);
  return Buffer.concat([Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]), key, Buffer.from([0x5a, 0, 0, 0, 5, 0x49])]);
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return address.port;
}
