import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { exitCodes } from '#core/error';
import type { McpFactory } from '../../mcp/mcp-server.ts';
import type { Command, CommandContext } from '../command.ts';

const input = z.strictObject({
  http: z.number().int().min(0).max(65_535).optional().describe('Serve by HTTP on this port instead (0: a free one)'),
  host: z.string().default('127.0.0.1').describe('With --http: the address to listen on'),
  allowHost: z
    .array(z.string())
    .default([])
    .describe('With --http: a further name that clients may call this server by; may be given again'),
  tokenFile: z
    .string()
    .optional()
    .describe(
      'With --http: where the token for clients is written, for this user alone (unless GODWIT_MCP_TOKEN has it)',
    ),
});
type Input = z.infer<typeof input>;

/** The verbs as tools of a coding assistant. */
export const mcp: Command<Input> = {
  name: 'mcp',
  summary: 'Serve the verbs to a coding assistant by the Model Context Protocol',
  description:
    'One tool a verb, with the same input and the same document as --json, on standard input and output or by HTTP. Serves this folder (--cwd) and its configuration. What changes something asks a person through the client; on a production target only `godwit approve` in a terminal, or a signature, counts. When the client of standard input goes, or at Ctrl-C, runs stop at their next safe point, and the same call goes on later.',
  examples: [
    { command: 'godwit mcp --target staging', says: 'as the command of an MCP server in a client' },
    { command: 'godwit mcp --http 7431', says: 'by HTTP on this machine alone, with a token' },
  ],
  input,
  async execute(asked, context) {
    const { cwd, env, version, signal, surroundings } = context;
    const { choice, who, wait } = await surroundings();
    const { mcpFactory } = await import('../../mcp/mcp-server.ts');
    const ending = new AbortController();
    const life = AbortSignal.any([signal, ending.signal]);
    const factory = mcpFactory({ version, cwd, env, choice, signal: life }, who, (ms) => wait(ms, life));
    const close = asked.http === undefined ? await byStreams(factory, context) : await byHttp(factory, asked, context);
    ending.abort();
    await factory.settled();
    await close();
    return { json: {}, text: '', exit: exitCodes.done };
  },
};

/** Resolves when the client has gone, or sent more than is taken by HTTP: the protocol's library closes such a connection. */
async function byStreams({ make }: McpFactory, { terminal, signal }: CommandContext): Promise<() => Promise<void>> {
  const { serveStdio, StdioServerTransport } = await import('@modelcontextprotocol/server/stdio');
  const { DEFAULT_MAX_REQUEST_BODY_SIZE: messageBytesMax } = await import('@modelcontextprotocol/server');
  const { stdin, stdout } = terminal;
  const transport = new StdioServerTransport(stdin, stdout, { maxBufferSize: messageBytesMax });
  const handle = serveStdio(make, { transport });
  await Promise.race([once(stdin, 'close'), once(stdin, 'end'), closed(transport), aborted(signal)]);
  return () => handle.close();
}

/** Resolves when a transport that is served already is closed. */
async function closed(transport: { onclose?: (() => void) | undefined }): Promise<void> {
  const served = transport.onclose;
  await new Promise<void>((resolve) => {
    transport.onclose = () => {
      served?.();
      resolve();
    };
  });
}

/** Resolves at Ctrl-C. */
async function byHttp({ make }: McpFactory, asked: Input, context: CommandContext): Promise<() => Promise<void>> {
  const { cwd, env, signal, terminal } = context;
  const { serveHttp, tokenFor } = await import('../../mcp/serve-http.ts');
  const file = resolve(cwd, asked.tokenFile ?? join(tmpdir(), `godwit-mcp-${process.pid}.token`));
  const { token, from } = await tokenFor(env.GODWIT_MCP_TOKEN, file);
  const place = { host: asked.host, port: asked.http ?? 0, hosts: asked.allowHost };
  const { url, close } = await serveHttp(make, place, token);
  terminal.stderr.write(`Serving ${url}; clients bring the token of ${from} as \`Authorization: Bearer …\`.\n`);
  await aborted(signal);
  return async () => {
    await close();
    // It opens nothing any more.
    if (from === file) await rm(file, { force: true });
  };
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
