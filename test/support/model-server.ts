import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as z from 'zod';

/** What the model of a test says next: text, calls (`raw` is sent as it stands, JSON or not), or something that goes wrong. */
export type PlayedTurn =
  | {
      readonly text?: string;
      readonly calls?: readonly { readonly name: string; readonly input?: unknown; readonly raw?: string }[];
      /** Tokens that are reported; none are where it is false. */
      readonly usage?: { readonly input: number; readonly output: number } | false;
      readonly stop?: 'length';
    }
  | { readonly fault: 'status'; readonly status: number; readonly retryAfter?: string }
  /** The connection is cut in the middle, or the stream ends without its end, or no byte comes any more. */
  | { readonly fault: 'cut' | 'half' | 'silence' }
  | { readonly fault: 'redirect'; readonly status: number; readonly to: string }
  /** Tokens, or bytes without the end of a line, that never end. */
  | { readonly fault: 'endless'; readonly of: 'tokens' | 'bytes' }
  | { readonly fault: 'no-json' };

/** Which protocol a server speaks. */
export type Protocol = 'openai-compatible' | 'anthropic';

const askedSchema = z.looseObject({ messages: z.array(z.unknown()), tools: z.array(z.unknown()).optional() });

/** A model of the tests' own, behind the protocol of a real one. Every request that came is kept. */
export type ModelServer = {
  readonly url: string;
  readonly asked: readonly {
    readonly headers: IncomingMessage['headers'];
    readonly body: z.infer<typeof askedSchema>;
  }[];
  /** Variables with which godwit asks this model. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
};

/** Plays turns in order; after the last one it says `The turns are over.` again and again. */
export async function modelServer(
  protocol: Protocol,
  turns: readonly PlayedTurn[] | ((asked: number, body: z.infer<typeof askedSchema>) => PlayedTurn),
): Promise<ModelServer> {
  const asked: { headers: IncomingMessage['headers']; body: z.infer<typeof askedSchema> }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = askedSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    asked.push({ headers: request.headers, body });
    const at = asked.length - 1;
    const turn = typeof turns === 'function' ? turns(at, body) : (turns[at] ?? { text: 'The turns are over.' });
    play(protocol, turn, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${port}/v1`;
  return {
    url,
    asked,
    env: { GODWIT_MODEL: `${protocol}:parrot-1`, GODWIT_MODEL_URL: url, GODWIT_MODEL_KEY: 'sk-test-never-shown' },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function play(protocol: Protocol, turn: PlayedTurn, response: ServerResponse): void {
  if ('fault' in turn && turn.fault === 'status') {
    const headers = turn.retryAfter === undefined ? {} : { 'retry-after': turn.retryAfter };
    response.writeHead(turn.status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ type: 'error', error: { type: 'api_error', message: `status ${turn.status}` } }));
    return;
  }
  if ('fault' in turn && turn.fault === 'redirect') {
    response.writeHead(turn.status, { location: turn.to }).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if ('fault' in turn && turn.fault === 'no-json') {
    response.end('data: this is {no json\n\n');
    return;
  }
  const fault = 'fault' in turn ? turn.fault : undefined;
  const said = 'fault' in turn ? { text: 'I begin to', calls: [] } : turn;
  const events = protocol === 'anthropic' ? anthropicEvents(said) : openAiEvents(said);
  const whole = fault === undefined ? events : events.slice(0, 3);
  for (const event of whole) response.write(event);
  if ('fault' in turn && turn.fault === 'endless')
    writeOn(turn.of === 'tokens' ? (whole[2] ?? '') : 'x'.repeat(65_536), response);
  else if (fault === 'cut') setImmediate(() => response.destroy());
  else if (fault !== 'silence') response.end();
}

/** As fast as it is read, until nobody reads any more. */
function writeOn(text: string, response: ServerResponse): void {
  while (response.write(text));
  response.once('drain', () => writeOn(text, response));
}

type Said = Exclude<PlayedTurn, { readonly fault: unknown }>;

function openAiEvents({ text, calls = [], usage = { input: 100, output: 20 }, stop }: Said): readonly string[] {
  const chunk = (delta: object, finish: string | null = null) =>
    `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'parrot-1', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
  const pieces = halves(text ?? '').map((content) => chunk({ content }));
  const called = calls.flatMap((call, index) => {
    const [first = '', ...rest] = halves(call.raw ?? JSON.stringify(call.input ?? {}));
    return [
      chunk({
        tool_calls: [{ index, id: `call_${index}`, type: 'function', function: { name: call.name, arguments: first } }],
      }),
      ...rest.map((part) => chunk({ tool_calls: [{ index, function: { arguments: part } }] })),
    ];
  });
  const counted =
    usage === false
      ? []
      : [
          `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'parrot-1', choices: [], usage: { prompt_tokens: usage.input, completion_tokens: usage.output, total_tokens: usage.input + usage.output } })}\n\n`,
        ];
  const finish = stop ?? (calls.length > 0 ? 'tool_calls' : 'stop');
  return [
    chunk({ role: 'assistant', content: '' }),
    ...pieces,
    ...called,
    chunk({}, finish),
    ...counted,
    'data: [DONE]\n\n',
  ];
}

function anthropicEvents({ text, calls = [], usage = { input: 100, output: 20 }, stop }: Said): readonly string[] {
  const event = (type: string, data: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
  const counts = usage === false ? { input: 0, output: 0 } : usage;
  const blocks = [
    ...(text === undefined
      ? []
      : [
          {
            start: { type: 'text', text: '' },
            deltas: halves(text).map((part) => ({ type: 'text_delta', text: part })),
          },
        ]),
    ...calls.map((call, index) => ({
      start: { type: 'tool_use', id: `toolu_${index}`, name: call.name, input: {} },
      deltas: halves(call.raw ?? JSON.stringify(call.input ?? {})).map((part) => ({
        type: 'input_json_delta',
        partial_json: part,
      })),
    })),
  ];
  const reason = stop === 'length' ? 'max_tokens' : calls.length > 0 ? 'tool_use' : 'end_turn';
  return [
    event('message_start', {
      message: {
        id: 'm1',
        type: 'message',
        role: 'assistant',
        model: 'parrot-1',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: counts.input, output_tokens: 1 },
      },
    }),
    ...blocks.flatMap(({ start, deltas }, index) => [
      event('content_block_start', { index, content_block: start }),
      ...deltas.map((delta) => event('content_block_delta', { index, delta })),
      event('content_block_stop', { index }),
    ]),
    event('message_delta', {
      delta: { stop_reason: reason, stop_sequence: null },
      usage: { output_tokens: counts.output },
    }),
    event('message_stop', {}),
  ];
}

/** In two pieces, as a stream brings it. */
function halves(text: string): readonly string[] {
  const middle = Math.ceil(text.length / 2);
  return text === '' ? [] : [text.slice(0, middle), text.slice(middle)].filter((part) => part !== '');
}
