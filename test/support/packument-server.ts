import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join, resolve } from 'node:path';
import * as z from 'zod';

/** A registry on this machine that answers with what was recorded from the real one. */
export type PackumentServer = {
  /** e.g. `http://127.0.0.1:40123/` */
  readonly url: string;
  /** Every request so far: path, and the Authorization header that came with it. */
  readonly requests: readonly { readonly path: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
};

const packumentSchema = z.looseObject({ versions: z.record(z.string(), z.looseObject({})) });
const recorded = resolve(import.meta.dirname, '../trees/packuments');

type Options = {
  /** Who does not bring it is answered 401. */
  readonly token?: string;
  /** Messages of publishers by `name@version`, over what was recorded. */
  readonly deprecated?: Readonly<Record<string, string>>;
};

/** Starts it on a free port. */
export async function startPackumentServer(options: Options = {}): Promise<PackumentServer> {
  const requests: { readonly path: string; readonly authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    requests.push({ path: request.url ?? '', authorization });
    const { status, body } = answerTo(request, options);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answerTo(request: IncomingMessage, { token, deprecated = {} }: Options) {
  if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) return { status: 401, body: '{}' };
  const name = decodeURIComponent((request.url ?? '/').slice(1));
  const file = join(recorded, `${name.replace('/', '__')}.json`);
  if (!existsSync(file)) return { status: 404, body: '{}' };
  const packument = packumentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const versions = Object.entries(packument.versions).map(([version, entry]) => {
    const message = deprecated[`${name}@${version}`];
    return [version, message === undefined ? entry : { ...entry, deprecated: message }] as const;
  });
  return { status: 200, body: JSON.stringify({ ...packument, versions: Object.fromEntries(versions) }) };
}
