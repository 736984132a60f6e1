import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { arch, platform, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { startGodwit } from '../support/godwit.ts';

const main = resolve(import.meta.dirname, '../../dist/interfaces/cli/main.js');
const run = promisify(execFile);
const nodePackage = `node-${platform()}-${arch()}`;

/** What the suite asks of any server; its other scenarios call tools, prompts and resources of an example server. */
const scenarios = [
  'server-initialize',
  'ping',
  'tools-list',
  'resources-list',
  'prompts-list',
  'server-sse-multiple-streams',
  'dns-rebinding-protection',
];

let place: string;
let node: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'godwit-referees-'));
  const packages = ['@modelcontextprotocol/conformance@0.1.16', '@modelcontextprotocol/inspector@2.12.0'];
  // Both need Node 22, which npm carries.
  const args = ['install', '--prefix', place, '--no-audit', '--no-fund', '--ignore-scripts', ...packages];
  await run('npm', [...args, `${nodePackage}@22`], { cwd: place });
  node = join(place, 'node_modules', nodePackage, 'bin/node');
});
afterAll(() => rm(place, { recursive: true, force: true }));

it('the conformance suite of the protocol finds nothing in what it asks of any server', async () => {
  const file = join(place, 'token');
  const server = startGodwit(['mcp', '--http', '0', '--token-file', file], place, {});
  const url = /http:\S+\/mcp/.exec(await server.says('Bearer'))?.[0] ?? '';
  // The suite brings no token.
  const way = await throughWithToken(new URL(url), (await readFile(file, 'utf8')).trim());
  try {
    const suite = join(place, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');
    const failed: string[] = [];
    for (const scenario of scenarios) {
      const told = await run(node, [suite, 'server', '--url', way.url, '--scenario', scenario], { cwd: place }).catch(
        (error: { readonly stdout?: string }) => ({ stdout: `failed: ${error.stdout}` }),
      );
      if (/^failed|[1-9]\d* failed/m.test(told.stdout)) failed.push(`${scenario}: ${told.stdout}`);
    }
    expect(failed).toEqual([]);
  } finally {
    way.close();
    server.child.kill('SIGINT');
    await server.ended;
  }
});

it('the inspector lists the tools and calls one', async () => {
  const launcher = join(place, 'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js');
  const inspect = async (...args: readonly string[]) => {
    const call = [launcher, '--cli', process.execPath, main, 'mcp', ...args];
    return JSON.parse((await run(node, call, { cwd: place, maxBuffer: 10_000_000 })).stdout);
  };
  const listed = z
    .object({ tools: z.array(z.object({ name: z.string() })) })
    .parse(await inspect('--method', 'tools/list'));
  expect(listed.tools.map(({ name }) => name)).toContain('rehearse');
  const called = await inspect('--method', 'tools/call', '--tool-name', 'explain', '--tool-arg', 'topic=drift');
  expect(JSON.stringify(called)).toContain('drift');
});

/** A way to a server that adds the token to each request, and the name under which the server knows itself. */
async function throughWithToken(target: URL, token: string) {
  const pass = (asked: IncomingMessage, answer: ServerResponse): void => {
    const own = /^(127\.0\.0\.1|localhost)(:|$)/.test(asked.headers.host ?? '');
    const headers = { ...asked.headers, authorization: `Bearer ${token}`, ...(own ? { host: target.host } : {}) };
    const { hostname: host, port } = target;
    const sent = request({ host, port, path: asked.url, method: asked.method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    sent.on('error', () => answer.destroy());
    asked.pipe(sent);
  };
  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
