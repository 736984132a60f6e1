import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect, it } from 'vitest';
import { startGodwit } from '../../../test/support/godwit.ts';

async function withServer(work: (url: URL, token: string) => Promise<void>): Promise<void> {
  const cwd = await mkdtemp(join(tmpdir(), 'godwit-http-'));
  const file = join(cwd, 'token');
  const running = startGodwit(['mcp', '--http', '0', '--token-file', file], cwd, {});
  try {
    const told = await running.says('Bearer');
    const token = (await readFile(file, 'utf8')).trim();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const url = /http:\S+\/mcp/.exec(told)?.[0] ?? '';
    expect(told).not.toContain(token);
    await work(new URL(url), token);
  } finally {
    running.child.kill('SIGINT');
    expect((await running.ended).exit).toBe(0);
    await expect(stat(file)).rejects.toThrow('ENOENT');
    await rm(cwd, { recursive: true, force: true });
  }
}

/** A request as it stands; `fetch` would write the headers that are tried here itself. */
function status(url: URL, headers: Readonly<Record<string, string>>, path = url.pathname): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    const sent = request(
      {
        host: url.hostname,
        port: url.port,
        path,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
      },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

it.each(['2025', '2026'] as const)(
  'a client of %s with the token is served',
  async (era) => {
    await withServer(async (url, token) => {
      const mode = era === '2026' ? { pin: '2026-07-28' } : ('legacy' as const);
      const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
      const headers = { authorization: `Bearer ${token}` };
      await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
      const { tools } = await client.listTools();
      expect(tools.slice(0, 3).map(({ name }) => name)).toEqual(['doctor', 'inspect', 'plan']);
      expect(
        (await client.callTool({ name: 'explain', arguments: { topic: 'drift' } })).structuredContent,
      ).toBeDefined();
      await client.close();
    });
  },
  60_000,
);

it('without the token, from another page or by another name nobody is served', async () => {
  await withServer(async (url, token) => {
    const authorization = `Bearer ${token}`;
    expect(await status(url, {})).toBe(401);
    expect(await status(url, { authorization: 'Bearer no' })).toBe(401);
    expect(await status(url, { authorization, origin: 'https://evil.example' })).toBe(403);
    expect(await status(url, { authorization, host: 'evil.example' })).toBe(403);
    expect(await status(url, { authorization }, '/')).toBe(404);
  });
}, 60_000);
