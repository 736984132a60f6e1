import { randomUUID } from 'node:crypto';
import {
  type AuthInfo,
  isInitializeRequest,
  type McpServer,
  readRequestBody,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';

/** What has no session of its own is answered by itself, and can ask nobody. */
export type Answering = (request: Request, options: { readonly authInfo: AuthInfo }) => Promise<Response>;

export type HttpSessions = { readonly fetch: Answering; close(): Promise<void> };

type Open = { readonly transport: WebStandardStreamableHTTPServerTransport; usedMs: number };

const sessionsMax = 64;
/** As long as a person has to answer: a session that was used since is not closed to make room. */
const keptMs = 600_000;
const header = 'mcp-session-id';

/**
 * Sessions for clients of 2025-11-25 and older by HTTP. With one, the server can ask a person in the answer to a call, and hears
 * the word by the session's next request
 * (https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management). Whoever calls has brought
 * the token before. There are 64 at most; for more, the one that was not used for the longest is closed.
 */
export function httpSessions(make: () => McpServer, stateless: Answering, nowMs: () => number): HttpSessions {
  const open = new Map<string, Open>();
  const start = async (request: Request, authInfo: AuthInfo, parsedBody: unknown): Promise<Response> => {
    if (!(await makeRoom(open, nowMs())))
      return refused(503, 'Too many sessions are open; close one, or try again later.');
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => {
        open.set(id, { transport, usedMs: nowMs() });
      },
      onsessionclosed: (id) => {
        open.delete(id);
      },
    });
    await make().connect(transport);
    return transport.handleRequest(request, { authInfo, parsedBody });
  };
  return {
    async fetch(request, { authInfo }) {
      const id = request.headers.get(header);
      if (id !== null) {
        const session = open.get(id);
        if (session === undefined) return refused(404, 'There is no such session (any more): initialize a new one.');
        session.usedMs = nowMs();
        return session.transport.handleRequest(request, { authInfo });
      }
      const body = request.method === 'POST' ? await bodyOf(request.clone()) : undefined;
      return isInitializeRequest(body) ? start(request, authInfo, body) : stateless(request, { authInfo });
    },
    async close() {
      for (const { transport } of open.values()) await transport.close();
      open.clear();
    },
  };
}

async function makeRoom(open: Map<string, Open>, nowMs: number): Promise<boolean> {
  if (open.size < sessionsMax) return true;
  const [oldest] = [...open].toSorted(([, one], [, other]) => one.usedMs - other.usedMs);
  if (oldest === undefined || nowMs - oldest[1].usedMs < keptMs) return false;
  open.delete(oldest[0]);
  await oldest[1].transport.close();
  return true;
}

/** Undefined where it is no JSON, or too long: the answer to that is the protocol's own. */
async function bodyOf(request: Request): Promise<unknown> {
  const read = await readRequestBody(request);
  if (read.tooLarge) return undefined;
  try {
    return JSON.parse(read.text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function refused(status: number, message: string): Response {
  return Response.json({ jsonrpc: '2.0', error: { code: -32_001, message }, id: null }, { status });
}
