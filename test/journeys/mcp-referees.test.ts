import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
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

/** Checks that pass in the requirements of each revision, as the suite of this version counts them. */
const revisions = [
  ['2026-07-28', 106],
  ['2025-11-25', 43],
] as const;

/** Scenarios of a revision that ask for nothing of an example server: they pass as a whole. */
const ofAnyServer = [
  'tools-list',
  'resources-list',
  'prompts-list',
  'server-sse-multiple-streams',
  'dns-rebinding-protection',
  'sep-2164-resource-not-found',
  'caching',
  'http-header-validation',
  'input-required-result-unsupported-methods',
  'input-required-result-validate-input',
  'server-initialize',
  'server-session-lifecycle',
  'ping',
];

/**
 * Why a check may fail here: it calls a tool, prompt or resource of the suite's example server, or a method of a capability
 * that godwit does not say it has (completions, logging, subscriptions to resources).
 */
const asksForExample =
  /(Tool|Prompt) '?\w+'? not found|Resource not found: test:|Not testable: server (exposes|does not list)|Method not found$|^Prerequisite failed: could not get initial|^Expected InputRequiredResult with/;
/** The extension of tasks, which is not offered. */
const ofExtension = /^tasks-/;

const checksSchema = z.array(z.object({ id: z.string(), status: z.string(), errorMessage: z.string().optional() }));

let place: string;
let node: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'godwit-referees-'));
  const packages = ['@modelcontextprotocol/conformance@0.2.0-alpha.12', '@modelcontextprotocol/inspector@2.12.0'];
  // Both need Node 22, which npm carries.
  const args = ['install', '--prefix', place, '--no-audit', '--no-fund', '--ignore-scripts', ...packages];
  await run('npm', [...args, `${nodePackage}@22`], { cwd: place });
  node = join(place, 'node_modules', nodePackage, 'bin/node');
});
afterAll(() => rm(place, { recursive: true, force: true }));

it.each(revisions)('the conformance suite finds nothing in what %s asks of any server', async (revision, passing) => {
  const file = join(place, 'token');
  const server = startGodwit(['mcp', '--http', '0', '--token-file', file], place, {});
  const url = /http:\S+\/mcp/.exec(await server.says('Bearer'))?.[0] ?? '';
  // The suite brings no token.
  const way = await throughWithToken(new URL(url), (await readFile(file, 'utf8')).trim());
  try {
    const suite = join(place, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');
    const out = join(place, revision);
    const call = [suite, 'server', '--url', way.url, '--requirements', revision, '-o', out];
    // It ends with 1, because godwit is not its example server.
    await run(node, call, { cwd: place, maxBuffer: 10_000_000 }).catch(() => undefined);
    const checks = await checksIn(out);
    const failed = checks.filter(({ status }) => status === 'FAILURE');
    const ours = failed.filter(
      ({ scenario, errorMessage = '' }) =>
        ofAnyServer.includes(scenario) || !(asksForExample.test(errorMessage) || ofExtension.test(scenario)),
    );
    expect(ours).toEqual([]);
    expect(checks.filter(({ status }) => status === 'SUCCESS').length).toBeGreaterThanOrEqual(passing);
  } finally {
    way.close();
    server.child.kill('SIGINT');
    await server.ended;
  }
});

/** Each check with its scenario, whose folder is named `server-SCENARIO-TIME`. */
async function checksIn(out: string) {
  const folders = await readdir(out);
  const read = await Promise.all(
    folders.map(async (folder) => {
      const scenario = folder.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT.*$/, '');
      const checks = checksSchema.parse(JSON.parse(await readFile(join(out, folder, 'checks.json'), 'utf8')));
      return checks.map((check) => ({ scenario, ...check }));
    }),
  );
  return read.flat();
}

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
