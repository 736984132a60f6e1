import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { McpServer } from '@modelcontextprotocol/server';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { type TestDatabase, withDatabase } from '../../../test/support/database.ts';
import { httpSessions } from './http-sessions.ts';
import { mcpFactory } from './mcp-server.ts';
import { serveHttp } from './serve-http.ts';

const token = 'x'.repeat(40);
const planned = z.object({ plan: z.object({ id: z.string(), planHash: z.string() }) });
const intent = 'ALTER TABLE users ADD COLUMN city text';

async function withServer(work: (url: URL, database: TestDatabase) => Promise<void>): Promise<void> {
  await withDatabase(async (database) => {
    await database.query('CREATE TABLE users (id bigint PRIMARY KEY)');
    const cwd = await mkdtemp(join(tmpdir(), 'godwit-http-'));
    const env = { DATABASE_URL: database.url, PATH: process.env.PATH };
    const { signal } = new AbortController();
    const { make, settled } = mcpFactory({ version: '0.0.0', cwd, env, choice: {}, signal }, 'test', (ms) => wait(ms));
    const { url, close } = await serveHttp(make, { host: '127.0.0.1', port: 0, hosts: [] }, token);
    try {
      await work(new URL(url), database);
    } finally {
      await settled();
      await close();
      await rm(cwd, { recursive: true, force: true });
    }
  });
}

type Answer = { readonly action: 'accept' | 'decline'; readonly goOn?: boolean };

async function clientOn(url: URL, person?: (question: string) => Promise<Answer>) {
  const client = new Client(
    { name: 'test', version: '1' },
    { capabilities: person === undefined ? {} : { elicitation: {} }, versionNegotiation: { mode: 'legacy' } },
  );
  if (person !== undefined)
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      const { action, goOn } = await person(params.message);
      return action === 'accept' ? { action, content: { goOn: goOn === true } } : { action };
    });
  const headers = { authorization: `Bearer ${token}` };
  const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers } });
  await client.connect(transport);
  const call = async (name: string, args: Readonly<Record<string, unknown>>) =>
    (await client.callTool({ name, arguments: args })).structuredContent ?? {};
  return { client, transport, call };
}

async function post(url: URL, session: string, message: object): Promise<number> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-session-id': session,
  };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(message) });
  await answer.body?.cancel();
  return answer.status;
}

it('a client of 2025-11-25 asks its person by HTTP, and only that session can answer', async () => {
  await withServer(async (url, { query }) => {
    const stranger = await clientOn(url, async () => ({ action: 'accept', goOn: true }));
    const asked: string[] = [];
    const answers: Answer[] = [
      { action: 'decline' },
      { action: 'accept', goOn: false },
      { action: 'accept', goOn: true },
    ];
    const own = await clientOn(url, async (question) => {
      asked.push(question);
      const forged = Array.from({ length: 20 }, (_, id) => ({
        jsonrpc: '2.0',
        id,
        result: { action: 'accept', content: { goOn: true } },
      }));
      for (const message of forged) await post(url, stranger.transport.sessionId ?? '', message);
      return answers.shift() ?? { action: 'decline' };
    });
    const { plan } = planned.parse(await own.call('plan', { intent }));
    const named = { plan: plan.id, planHash: plan.planHash };
    for (const _ of [1, 2])
      expect(await own.call('apply', named)).toMatchObject({ error: { code: 'approval-required' } });
    expect(await query("SELECT FROM pg_attribute WHERE attname = 'city'")).toEqual([]);
    expect(await own.call('apply', named)).toMatchObject({ state: expect.stringMatching(/done|waiting|running/) });
    expect(asked).toHaveLength(3);
    expect(asked[0]).toContain(plan.planHash);
    await expect.poll(() => query("SELECT attname FROM pg_attribute WHERE attname = 'city'")).toHaveLength(1);
    await Promise.all([own.client.close(), stranger.client.close()]);
  });
}, 120_000);

it('a client that cannot ask is refused what wants a word, and a session that was ended is gone', async () => {
  await withServer(async (url) => {
    const { client, transport, call } = await clientOn(url);
    const { plan } = planned.parse(await call('plan', { intent }));
    expect(await call('apply', { plan: plan.id, planHash: plan.planHash })).toMatchObject({
      error: { code: 'approval-required', what: expect.stringContaining('this client cannot ask one') },
    });
    const session = transport.sessionId ?? '';
    const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
    expect(await post(url, session, list)).toBe(200);
    await transport.terminateSession();
    expect(await post(url, session, list)).toBe(404);
    expect(await post(url, 'made-up', list)).toBe(404);
    await client.close();
  });
}, 60_000);

it('sessions are bounded: one that was used in the last ten minutes is not closed for another', async () => {
  let nowMs = 0;
  const authInfo = { token: '', clientId: 'bearer', scopes: [] };
  const sessions = httpSessions(
    () => new McpServer({ name: 'test', version: '1' }),
    async () => new Response(null, { status: 405 }),
    () => nowMs,
  );
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } };
  const ask = async (method: string, headers: Readonly<Record<string, string>> = {}) => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: method === 'initialize' ? params : {} }),
    };
    const answer = await sessions.fetch(new Request('http://127.0.0.1/mcp', init), { authInfo });
    await answer.body?.cancel();
    return { status: answer.status, id: answer.headers.get('mcp-session-id') ?? '' };
  };
  const first = await ask('initialize');
  nowMs = 1;
  for (let count = 1; count < 64; count += 1) expect((await ask('initialize')).status).toBe(200);
  expect((await ask('initialize')).status).toBe(503);
  nowMs = 600_000;
  expect((await ask('initialize')).status).toBe(200);
  expect((await ask('ping', { 'mcp-session-id': first.id })).status).toBe(404);
  expect((await ask('ping')).status).toBe(405);
  await sessions.close();
});
