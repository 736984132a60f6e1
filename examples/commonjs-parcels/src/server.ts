import { createServer, type Server } from 'http';
import * as fs from 'fs';
import * as path from 'path';
import { add, find } from './store';

const page = path.join(__dirname, '../../package.json');

/** The service; it does not listen yet. */
export default function service(): Server {
  return createServer(async (request, response) => {
    const [, , id] = (request.url ?? '').split('/');
    response.setHeader('content-type', 'application/json');
    if (request.method === 'POST') response.end(JSON.stringify(add(Number(id))));
    else if (request.url === '/about') response.end(fs.readFileSync(page, 'utf8'));
    else if (request.url === '/kept') {
      const { keptMs } = await import('./store');
      response.end(JSON.stringify({ keptMs }));
    } else response.end(JSON.stringify(find(id ?? '') ?? null));
  });
}
