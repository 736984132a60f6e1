import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';

const main = resolve(import.meta.dirname, '../../dist/interfaces/cli/main.js');
const version = '2026-07-28';
const answerSchema = z.looseObject({
  id: z.number(),
  result: z.looseObject({}).optional(),
  error: z.looseObject({ code: z.number(), message: z.string() }).optional(),
});
export type RawAnswer = z.infer<typeof answerSchema>;

/** `godwit mcp` spoken to line by line, as a client that keeps to no rules may. */
export type RawMcp = {
  readonly child: ChildProcessWithoutNullStreams;
  call(
    name: string,
    args: Readonly<Record<string, unknown>>,
    more?: Readonly<Record<string, unknown>>,
  ): Promise<RawAnswer>;
  close(): Promise<void>;
};

export function rawMcp(cwd: string, url: string): RawMcp {
  const { DATABASE_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, [main, 'mcp'], { cwd, env: { ...env, DATABASE_URL: url } });
  const waiting = new Map<number, (answer: RawAnswer) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const parsed = answerSchema.safeParse(JSON.parse(line));
    if (parsed.success) waiting.get(parsed.data.id)?.(parsed.data);
  });
  let id = 0;
  const meta = {
    'io.modelcontextprotocol/protocolVersion': version,
    'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {} } },
  };
  return {
    child,
    call: (name, args, more = {}) => {
      id += 1;
      const params = { name, arguments: args, ...more, _meta: meta };
      const answer = new Promise<RawAnswer>((resolve) => waiting.set(id, resolve));
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params })}\n`);
      return answer;
    },
    close: () =>
      new Promise((resolve) => {
        child.once('close', () => resolve());
        child.stdin.end();
      }),
  };
}
