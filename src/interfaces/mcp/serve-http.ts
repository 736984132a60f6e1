import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import {
  createMcpHandler,
  hostHeaderValidationResponse,
  isLegacyRequest,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  type McpServer,
  OAuthError,
  OAuthErrorCode,
  originValidationResponse,
  requireBearerAuth,
} from '@modelcontextprotocol/server';
import { fail } from '#core/error';
import { httpSessions } from './http-sessions.ts';

/** Where it listens. Anything but loopback is reached by others, and then `hosts` are the names that it answers to. */
export type HttpPlace = { readonly host: string; readonly port: number; readonly hosts: readonly string[] };

export type HttpServed = { readonly url: string; close(): Promise<void> };

const tokenBytes = 32;
/** Nobody guesses a token of that length: 192 bits of base64. */
const tokenLengthMin = 32;

/** The token that clients have to bring, from the environment, or a new one that only this user can read in a file. */
export async function tokenFor(
  given: string | undefined,
  file: string,
): Promise<{ readonly token: string; readonly from: string }> {
  if (given !== undefined && given !== '') {
    if (given.length < tokenLengthMin) throw shortToken(given.length);
    return { token: given, from: 'GODWIT_MCP_TOKEN' };
  }
  const token = randomBytes(tokenBytes).toString('base64url');
  await writeFile(file, `${token}\n`, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    throw fail('bad-input', {
      what: `The file for the token, ${file}, cannot be made.`,
      why: error instanceof Error ? error.message : String(error),
      next: 'Remove it if no other server uses it, name another one with --token-file, or set GODWIT_MCP_TOKEN.',
    });
  });
  return { token, from: file };
}

/**
 * Serves MCP by HTTP. Each request has to name a host that is served (against DNS rebinding), to come from no web page but
 * one of such a host, and to bring the token (https://modelcontextprotocol.io/specification/2026-07-28/basic/transports).
 */
export async function serveHttp(make: () => McpServer, place: HttpPlace, token: string): Promise<HttpServed> {
  const handler = createMcpHandler(make);
  const sessions = httpSessions(make, handler.fetch, () => performance.now());
  const hosts = [...localhostAllowedHostnames(), ...place.hosts];
  const origins = [...localhostAllowedOrigins(), ...place.hosts];
  const authorize = requireBearerAuth({ verifier: { verifyAccessToken: async (said) => bearer(said, token) } });
  const answer = async (request: Request): Promise<Response> => {
    const refused = hostHeaderValidationResponse(request, hosts) ?? originValidationResponse(request, origins);
    if (refused !== undefined) return refused;
    if (new URL(request.url).pathname !== '/mcp')
      return new Response('Not found: the endpoint is /mcp.\n', { status: 404 });
    const authInfo = await authorize(request);
    if (authInfo instanceof Response) return authInfo;
    const answering = (await isLegacyRequest(request)) ? sessions : handler;
    return answering.fetch(request, { authInfo });
  };
  const server = createServer(getRequestListener(answer, { overrideGlobalObjects: false }));
  await listen(server, place);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : place.port;
  return {
    url: `http://${place.host.includes(':') ? `[${place.host}]` : place.host}:${port}/mcp`,
    close: async () => {
      await handler.close();
      await sessions.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(server: Server, { host, port }: HttpPlace): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw fail('bad-input', {
      what: `Nothing can be served on ${host}, port ${port}.`,
      why: error instanceof Error ? error.message : String(error),
      next: 'Name another port with --http PORT (0 takes a free one), or another address with --host.',
    });
  }
}

/** Hashes are compared, so that neither length nor time tells anything of the token. */
function bearer(said: string, token: string) {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  if (!timingSafeEqual(digest(said), digest(token))) throw new OAuthError(OAuthErrorCode.InvalidToken, 'not the token');
  return { token: '', clientId: 'bearer', scopes: [], expiresAt: Math.floor(Date.now() / 1_000) + 3_600 };
}

function shortToken(length: number): Error {
  return fail('bad-input', {
    what: `GODWIT_MCP_TOKEN has ${length} characters.`,
    why: `A token of fewer than ${tokenLengthMin} can be guessed.`,
    next: 'Make one with `openssl rand -base64 32`, or leave the variable away: then one is made.',
  });
}
