import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A wire between clients and a server that can be cut, or fall silent. */
export type CuttingProxy = {
  readonly url: string;
  /** Ends every connection; new ones go through. */
  cut(): void;
  /** From here on nothing comes through, in either direction, and nothing ends; or again all that comes from then on. */
  silence(isSilent: boolean): void;
  close(): Promise<void>;
};

export async function startCuttingProxy(url: string): Promise<CuttingProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  let silent = false;
  const server = createServer((client) => {
    const backend = connect(Number(target.port), target.hostname);
    keep(client);
    keep(backend);
    for (const [from, to] of [
      [client, backend],
      [backend, client],
    ] as const) {
      from.on('data', (chunk) => {
        if (!silent) to.write(chunk);
      });
      from.on('close', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const own = new URL(url);
  own.host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: own.href,
    cut,
    silence: (isSilent) => {
      silent = isSilent;
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
