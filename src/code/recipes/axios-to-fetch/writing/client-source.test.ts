import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import axios from 'axios';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runsOf, seed } from '../../../../../test/support/seed.ts';
import { writtenStyle } from '../../../engine/in-code-style.ts';
import { isRecord } from '../../../text/read-data.ts';
import { clientSource } from './client-source.ts';

type Client = (input: unknown, config?: unknown) => Promise<unknown>;
type Errors = abstract new (...given: never) => unknown;
type Outcome = { readonly seen: unknown; readonly result: unknown };

function isClient(value: unknown): value is Client {
  return typeof value === 'function';
}

function isClass(value: unknown): value is Errors {
  return typeof value === 'function';
}

let folder = '';
let base = '';
let seen: unknown[] = [];
let clients: readonly { readonly http: Client; readonly HttpError: Errors }[] = [];

/** `/status/404`, `/late`, `/late-body`, `/hang-up`, `/moved`; all others answer with what they are asked for by `answer`. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const { accept, authorization, 'content-type': type, 'x-own': own } = request.headers;
  seen.push({
    method: request.method,
    // A URL writes an apostrophe of a query as %27, which axios does not: it means the same.
    url: request.url?.replaceAll("'", '%27'),
    headers: { accept, authorization, type: type?.replace(/boundary=.*/, 'boundary'), own },
    body: withoutBoundary(Buffer.concat(chunks).toString('latin1'), type),
  });
  const [, kind, detail] = (request.url ?? '').split(/[/?]/);
  if (kind === 'hang-up') return void request.socket.destroy();
  if (kind === 'late') return;
  response.setHeader('x-answer', 'yes');
  response.setHeader('set-cookie', ['a=1', 'b=2']);
  if (kind === 'moved') return void response.writeHead(Number(detail), { location: '/text' }).end();
  if (kind === 'gzip') return void response.setHeader('content-encoding', 'gzip').end(gzipSync('{"a":1}'));
  if (kind === 'late-body') {
    response.writeHead(200, { 'content-type': 'text/plain' });
    return void response.write('first');
  }
  if (kind === 'status') response.statusCode = Number(detail);
  const isEmpty = response.statusCode === 204 || response.statusCode === 304;
  const texts: Readonly<Record<string, string>> = {
    text: 'plain { text',
    json: '{"a":[1,"é"]}',
    empty: '',
    bom: '\ufeff[1]',
  };
  response.end(isEmpty ? undefined : (texts[kind ?? ''] ?? '{"ok":true}'));
}

/** Whoever writes a form chooses what stands between its parts, and may end it with a line feed. */
function withoutBoundary(body: string, type = ''): string {
  const [, boundary] = /boundary=(.*)/.exec(type) ?? [];
  return boundary === undefined ? body : body.replaceAll(boundary, 'boundary').trimEnd();
}

const server = createServer((request, response) => void answer(request, response));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'axios-to-fetch-'));
  const loaded: (typeof clients)[number][] = [];
  for (const [name, form] of [
    ['client.mjs', 'module'],
    ['client.cjs', 'commonjs'],
  ] as const) {
    await writeFile(join(folder, name), clientSource(form, writtenStyle));
    const written: unknown = await import(pathToFileURL(join(folder, name)).href);
    const { http, HttpError } = isRecord(written) ? written : {};
    if (isClient(http) && isClass(HttpError)) loaded.push({ http, HttpError });
  }
  clients = loaded;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address: AddressInfo | string | null = server.address();
  base = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await rm(folder, { recursive: true });
});

function answerOf(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const headers = isRecord(value.headers) ? value.headers : {};
  return {
    data: value.data,
    isBuffer: Buffer.isBuffer(value.data),
    status: value.status,
    statusText: value.statusText,
    headers: [
      headers['x-answer'],
      headers['set-cookie'],
      headers['content-type'],
      headers['content-length'],
      headers['content-encoding'],
    ],
    names: Object.keys(headers)
      .filter((name) => name !== 'keep-alive')
      .sort(),
  };
}

async function outcome(call: () => Promise<unknown>, errors: Errors): Promise<Outcome> {
  seen = [];
  try {
    return { result: answerOf(await call()), seen };
  } catch (error) {
    if (!isRecord(error)) return { result: error, seen };
    const { name, message, code, status, response, isAxiosError } = error;
    const claims = [isAxiosError === true, axios.isAxiosError(error), error instanceof errors];
    return { result: { name, message, code, status, response: answerOf(response), claims }, seen };
  }
}

async function same(make: () => Record<string, unknown>, defaults: Record<string, unknown> = {}): Promise<Outcome> {
  const known = await outcome(() => axios.create(defaults).request(make()), axios.AxiosError);
  expect(clients).toHaveLength(2);
  for (const { http, HttpError } of clients) {
    const create: unknown = Reflect.get(http, 'create');
    const made: unknown = isClient(create) ? create(defaults) : undefined;
    expect(await outcome(() => (isClient(made) ? made(make()) : Promise.reject(made)), HttpError)).toEqual(known);
  }
  return known;
}

class Item {
  constructor(
    readonly id: number,
    private readonly name = 'é',
  ) {}

  label(): string {
    return this.name;
  }
}

const bodies: readonly [string, () => unknown][] = [
  ['nothing', () => undefined],
  ['null', () => null],
  ['an empty string', () => ''],
  ['a string', () => 'é b'],
  ['JSON', () => ' {"a": 1} '],
  ['zero', () => 0],
  ['a number', () => 5],
  ['true', () => true],
  ['false', () => false],
  ['a bigint', () => 5n],
  ['a function', () => () => 1],
  ['a symbol', () => Symbol('a')],
  ['an object', () => ({ a: { b: [1, undefined, null] }, c: undefined })],
  ['an object without prototype', () => Object.assign(Object.create(null), { a: 1 })],
  ['an array', () => [1, { a: 'é' }]],
  [
    'names of prototypes',
    () => JSON.parse('{"__proto__":{"a":1},"constructor":2,"prototype":3,"b":[{"__proto__":4}]}'),
  ],
  ['an object of a class', () => new Item(1)],
  ['an object that says its JSON', () => ({ toJSON: () => ({ a: 1 }) })],
  ['an object that has no JSON', () => ({ toJSON: () => undefined })],
  ['a date', () => new Date(86_400_000)],
  ['a map', () => new Map([['a', 1]])],
  ['an error', () => new Error('no')],
  ['a boxed string', () => Object('text')],
  ['a bigint inside', () => ({ a: 5n })],
  ['search parameters', () => new URLSearchParams({ a: '1 é' })],
  ['a buffer', () => Buffer.from('bytes é')],
  ['an empty buffer', () => Buffer.alloc(0)],
  ['an ArrayBuffer', () => new Uint8Array([1, 2, 255]).buffer],
  ['a part of an ArrayBuffer', () => new Uint8Array([1, 2, 3, 4]).subarray(1, 3)],
  ['numbers', () => new Float64Array([0.5])],
  ['a blob', () => new Blob(['bytes'], { type: 'text/csv' })],
  ['a blob of no type', () => new Blob(['bytes'])],
  ['an empty blob', () => new Blob([])],
  ['a file', () => new File(['bytes'], 'a.txt', { type: 'text/plain' })],
];

describe('the client that is written, beside axios', () => {
  it.each(['text', 'json', 'empty', 'bom', 'gzip', 'other', 'hang-up', 'moved/301', 'moved/302', 'moved/303'])(
    'answers alike: %s',
    async (path) => {
      for (const responseType of [undefined, 'json', 'text', 'arraybuffer'])
        for (const method of ['get', 'post', 'delete', 'head']) {
          const data = method === 'post' ? { a: 1 } : undefined;
          await same(() => ({
            url: `${base}/${path}`,
            method,
            responseType,
            data,
          }));
        }
    },
  );

  it.each([200, 201, 204, 304, 400, 401, 404, 422, 500, 503])('judges the status alike: %i', async (status) => {
    const url = `${base}/status/${status}`;
    await same(() => ({ url }));
    await same(() => ({ url, validateStatus: (one: number) => one === 404 }));
    await same(() => ({ url, validateStatus: null }));
  });

  it('fails alike when the answer is late, the call given up, and nobody there', async () => {
    await same(() => ({ url: `${base}/late`, timeout: 500 }));
    await same(() => ({ url: `${base}/late-body`, timeout: 500 }));
    await same(() => ({ url: `${base}/late`, signal: AbortSignal.timeout(500) }));
    await same(() => ({ url: `${base}/late`, signal: AbortSignal.abort() }));
    await same(() => ({ url: 'http://127.0.0.1:48763/' }));
  });

  it('takes credentials and defaults alike', async () => {
    const auth = { username: 'a', password: 'ü:b' };
    await same(() => ({ url: '/x', auth, headers: { authorization: 'Bearer t' } }), { baseURL: `${base}/v1/` });
    await same(() => ({ url: `${base.replace('//', '//me:p%40ss@')}/x` }));
    await same(() => ({ url: '', params: { b: 2 } }), {
      baseURL: `${base}/v1`,
      params: { a: 1 },
      headers: { 'X-Own': 'd' },
    });
    await same(() => ({ url: `${base}/x`, headers: { 'x-own': undefined } }), { headers: { 'X-Own': 'd' } });
    await same(() => ({ url: `${base}/x`, headers: { 'x-own': 'c' } }), {
      headers: { 'X-Own': 'd' },
      baseURL: 'http://no',
    });
  });

  it.each(bodies)('sends a body alike: %s', async (_, make) => {
    for (const method of ['post', 'put', 'patch', 'delete'])
      for (const headers of [{}, { 'content-type': 'application/json' }])
        await same(() => ({ url: `${base}/x`, method, data: make(), headers }));
  });

  it.each([307, 308])('sends a body once more where it moved for good: %i', async (status) => {
    const data = () => [{ a: 'é' }, 'text', Buffer.from('bytes'), new URLSearchParams({ a: '1' })];
    for (const [index] of data().entries())
      for (const method of ['post', 'put', 'patch'])
        await same(() => ({ url: `${base}/moved/${status}`, method, data: data()[index] }));
  });

  it('sends a form alike, with fields and files', async () => {
    const form = new FormData();
    form.append('name "a"', 'é\r\n');
    form.append('name "a"', 'two\nlines');
    form.append('file', new File(['bytes'], 'a "b".txt', { type: 'text/plain' }));
    form.append('blob', new Blob(['bytes']));
    for (const method of ['post', 'put', 'patch']) await same(() => ({ url: `${base}/x`, method, data: form }));
    await same(() => ({ url: `${base}/x`, method: 'post', data: new FormData() }));
  });

  it('refuses a stream by its name, and a form that is to be JSON', async () => {
    const url = `${base}/x`;
    for (const { http: client } of clients) {
      await expect(client({ url, method: 'post', data: Readable.from(['a']) })).rejects.toThrow('sends no streams');
      const headers = { 'content-type': 'application/json' };
      await expect(client({ url, method: 'post', data: new FormData(), headers })).rejects.toThrow(
        'no FormData as JSON',
      );
    }
  });

  it('sends what it is given alike, whatever it is', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 6 });
    const leaf = fc.oneof(
      text,
      fc.integer(),
      fc.boolean(),
      fc.constantFrom(null, undefined, 0.5, new Date(86_400_000)),
    );
    const value = fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.dictionary(fc.constantFrom('k', 'l m'), leaf));
    const params = fc.dictionary(fc.constantFrom('a', 'b c', 'd', 'é', '$:,'), value, { maxKeys: 3 });
    const data = fc.oneof(
      fc.constantFrom(undefined, null, '', '{"a": 1} ', 'a=1'),
      text,
      fc.dictionary(fc.constantFrom('a', 'é'), fc.jsonValue({ maxDepth: 2 })),
      fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 2 }),
      fc.array(fc.tuple(text, text), { maxLength: 3 }).map((pairs) => new URLSearchParams(pairs)),
    );
    const type = fc.constantFrom(undefined, 'application/json', 'application/json; charset=utf-8');
    const path = fc.constantFrom('/x', 'x/y', '//x', '/x?q=1', '/x#part', '/x?q=1#part', '/a b');
    const sent = fc.record({ method: fc.constantFrom('post', 'PUT', 'patch', 'delete'), params, data, type, path });
    await fc.assert(
      fc.asyncProperty(sent, async ({ method, type: given, path: url, ...rest }) => {
        const headers = given === undefined ? {} : { 'Content-Type': given };
        await same(() => ({ ...rest, method, url: `${base}${url.startsWith('/') ? '' : '/'}${url}`, headers }));
      }),
      { seed, numRuns: runsOf(100) },
    );
  }, 60_000);
});
