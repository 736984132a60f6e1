import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import * as z from 'zod';

const main = resolve(import.meta.dirname, '../../dist/interfaces/cli/main.js');

/** What a person answers who is asked; undefined: the client cannot ask. */
export type Person = (question: string) => {
  readonly action: 'accept' | 'decline' | 'cancel';
  readonly goOn?: boolean;
};

const answered = z.object({
  isError: z.boolean().optional(),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
});

/** A coding assistant's client, speaking to `godwit mcp` as a process of its own. */
export type Assistant = {
  readonly client: Client;
  readonly cwd: string;
  /** What persons were asked. */
  readonly questions: readonly string[];
  call(name: string, args?: Readonly<Record<string, unknown>>): Promise<z.infer<typeof answered>>;
  close(): Promise<void>;
};

export async function assistantOn(options: {
  readonly url?: string;
  readonly era: '2025' | '2026';
  readonly person?: Person;
  readonly cwd?: string;
  readonly args?: readonly string[];
  /** The program, where it is not the built command line. */
  readonly program?: string;
}): Promise<Assistant> {
  const cwd = options.cwd ?? (await mkdtemp(join(tmpdir(), 'godwit-mcp-')));
  const { person, url } = options;
  const questions: string[] = [];
  const client = new Client(
    { name: 'test', version: '1.0.0' },
    {
      capabilities: person === undefined ? {} : { elicitation: {} },
      versionNegotiation: { mode: options.era === '2026' ? { pin: '2026-07-28' } : 'legacy' },
    },
  );
  if (person !== undefined) {
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      questions.push(params.message);
      const { action, goOn } = person(params.message);
      return action === 'accept' ? { action, content: { goOn: goOn === true } } : { action };
    });
  }
  const { DATABASE_URL: _, ...env } = process.env;
  const inherited = Object.fromEntries(
    Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [options.program ?? main, 'mcp', ...(options.args ?? [])],
    cwd,
    env: { ...inherited, ...(url === undefined ? {} : { DATABASE_URL: url }) },
    stderr: 'inherit',
  });
  await client.connect(transport);
  return {
    client,
    cwd,
    questions,
    call: async (name, args = {}) => answered.parse(await client.callTool({ name, arguments: args })),
    close: async () => {
      await client.close();
      if (options.cwd === undefined) await rm(cwd, { recursive: true, force: true });
    },
  };
}
