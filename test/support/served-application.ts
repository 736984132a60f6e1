import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const notes = [
  { id: 1, text: 'Buy ink', isDone: true },
  { id: 2, text: 'Write', isDone: false },
];

/** A server on this machine, until it is closed. */
export type Served = { readonly port: number; close(): void };

/** Serves a built application from /notes/, where one is given, beside the service that it asks for notes. */
export async function served(build?: string): Promise<Served> {
  const server = createServer((request, answer) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const send = (type: string, body: string | Uint8Array) => answer.writeHead(200, { 'content-type': type }).end(body);
    if (pathname === '/api/notes') return void send('application/json', JSON.stringify(notes));
    const path = pathname.replace(/^\/notes\//, '') || 'index.html';
    readFile(join(build ?? 'nowhere', path)).then(
      (body) => send(types[extname(path)] ?? 'application/octet-stream', body),
      () => answer.writeHead(404).end(),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens nowhere.');
  return {
    port: address.port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
