import type { CodeStyle } from '../../../engine/code.ts';
import { inCodeStyle, writtenStyle } from '../../../engine/in-code-style.ts';
import { withoutTypes } from './without-types.ts';

/** How the file that is written hands out its client. */
export type ModuleForm = 'module' | 'commonjs' | 'typescript';

/** The text of the local client: the part of axios that calls use which are rewritten, on top of `fetch`. Pure. */
export function clientSource(form: ModuleForm, style: CodeStyle): string {
  const [code, exported] = form === 'typescript' ? [body, exportsOf.module] : [withoutTypes(body), exportsOf[form]];
  return inCodeStyle(`${code}\n${exported}`, style);
}

/** The form of a client that an earlier run has written, however it is laid out now; undefined for any other text. Pure. */
export function clientForm(text: string): ModuleForm | undefined {
  const forms: readonly ModuleForm[] = ['module', 'commonjs', 'typescript'];
  return forms.find((form) => bare(clientSource(form, writtenStyle)) === bare(text));
}

function bare(text: string): string {
  return text.replaceAll(/["'`]/g, '"').replaceAll(/[\s;,()]/g, '');
}

const exportsOf = {
  module: 'export const http = client({});\nexport { HttpError, isAxiosError };\n',
  commonjs: 'exports.http = client({});\nexports.HttpError = HttpError;\nexports.isAxiosError = isAxiosError;\n',
} as const;

const body = `// Requests by fetch: answers, errors and defaults are those that axios gave.

/** What JSON.parse gives: an answer is of the type that its caller names. */
type Json = ReturnType<typeof JSON.parse>;

export type HttpHeaders = Record<string, Json>;

export type HttpCredentials = { username: string; password: string };

export type HttpRequestConfig<D = Json> = {
  url?: string;
  method?: string;
  baseURL?: string;
  params?: Json;
  headers?: HttpHeaders;
  data?: D;
  timeout?: number;
  signal?: AbortSignal;
  responseType?: 'json' | 'text' | 'arraybuffer';
  validateStatus?: ((status: number) => boolean) | null;
  auth?: HttpCredentials;
};

export type HttpResponse<T = Json> = { data: T; status: number; statusText: string; headers: HttpHeaders };

export type HttpPromise<T = Json> = Promise<HttpResponse<T>>;

export type HttpClient = {
  <T = Json, R = HttpResponse<T>, D = Json>(config: HttpRequestConfig<D>): Promise<R>;
  <T = Json, R = HttpResponse<T>, D = Json>(url: string, config?: HttpRequestConfig<D>): Promise<R>;
  request<T = Json, R = HttpResponse<T>, D = Json>(config: HttpRequestConfig<D>): Promise<R>;
  get<T = Json, R = HttpResponse<T>, D = Json>(url: string, config?: HttpRequestConfig<D>): Promise<R>;
  head<T = Json, R = HttpResponse<T>, D = Json>(url: string, config?: HttpRequestConfig<D>): Promise<R>;
  delete<T = Json, R = HttpResponse<T>, D = Json>(url: string, config?: HttpRequestConfig<D>): Promise<R>;
  post<T = Json, R = HttpResponse<T>, D = Json>(url: string, data?: D, config?: HttpRequestConfig<D>): Promise<R>;
  put<T = Json, R = HttpResponse<T>, D = Json>(url: string, data?: D, config?: HttpRequestConfig<D>): Promise<R>;
  patch<T = Json, R = HttpResponse<T>, D = Json>(url: string, data?: D, config?: HttpRequestConfig<D>): Promise<R>;
  create(config?: HttpRequestConfig): HttpClient;
  isAxiosError<T = Json>(error: unknown): error is HttpError<T>;
};

type ErrorFields<T> = { name?: string; code?: string; response?: HttpResponse<T>; cause?: unknown };

class HttpError<T = Json> extends Error {
  declare readonly isAxiosError: true;
  declare readonly code?: string;
  declare readonly status?: number;
  declare readonly response?: HttpResponse<T>;

  constructor(message: string, fields: ErrorFields<T>) {
    super(message);
    const cause = { value: fields.cause, configurable: true, writable: true };
    if (fields.cause !== undefined) Object.defineProperty(this, 'cause', cause);
    this.name = fields.name ?? 'AxiosError';
    this.isAxiosError = true;
    if (fields.code !== undefined) this.code = fields.code;
    if (fields.response !== undefined) {
      this.response = fields.response;
      this.status = fields.response.status;
    }
  }
}

function client(defaults: HttpRequestConfig): HttpClient {
  const call = (input: string | HttpRequestConfig, config?: HttpRequestConfig): Promise<Json> =>
    send(merged(defaults, typeof input === 'string' ? { ...config, url: input } : input));
  const bodiless = (method: string) => (url: string, config?: HttpRequestConfig): Promise<Json> =>
    send(merged(defaults, { ...config, method, url }));
  const withBody = (method: string) => (url: string, data?: unknown, config?: HttpRequestConfig): Promise<Json> =>
    send(merged(defaults, { ...config, method, url, data }));
  return Object.assign(call, {
    request: call,
    get: bodiless('get'),
    head: bodiless('head'),
    delete: bodiless('delete'),
    post: withBody('post'),
    put: withBody('put'),
    patch: withBody('patch'),
    create: (config?: HttpRequestConfig) => client(merged(defaults, config)),
    isAxiosError,
  });
}

function isAxiosError<T = Json>(error: Json): error is HttpError<T> {
  return typeof error === 'object' && error !== null && error.isAxiosError === true;
}

function merged(defaults: HttpRequestConfig, config: HttpRequestConfig = {}): HttpRequestConfig {
  const given = Object.entries(config).filter(([, value]) => value !== undefined);
  const both: HttpRequestConfig = { ...defaults, ...Object.fromEntries(given) };
  for (const key of ['headers', 'params', 'auth'] as const) {
    if (isPlain(defaults[key]) && isPlain(config[key])) both[key] = { ...defaults[key], ...config[key] };
  }
  return both;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

async function send(config: HttpRequestConfig): Promise<HttpResponse> {
  const method = (config.method ?? 'get').toUpperCase();
  const url = new URL(urlOf(config));
  const headers = headersOf(config, url);
  const body = await bodyOf(copied(config.data), headers);
  if (['POST', 'PUT', 'PATCH'].includes(method) && !headers.has('content-type')) {
    headers.set('content-type', 'application/x-www-form-urlencoded');
  }
  const { timeout = 0, signal } = config;
  const late = new AbortController();
  const timer = timeout > 0 ? setTimeout(() => late.abort(), timeout) : undefined;
  const both = AbortSignal.any([late.signal, ...(signal ? [signal] : [])]);
  let response: HttpResponse | undefined;
  try {
    const sent = body === undefined ? {} : { body: new Blob([body]) };
    const answer = await fetch(url, { method, headers, signal: both, ...sent });
    response = { data: undefined, status: answer.status, statusText: answer.statusText, headers: plainHeaders(answer) };
    response.data = await dataOf(answer, config.responseType);
  } catch (error) {
    throw failure(error, { signal, isLate: late.signal.aborted, timeout, response });
  } finally {
    clearTimeout(timer);
  }
  const isValid = config.validateStatus === undefined ? isSuccess : config.validateStatus;
  if (!isValid || isValid(response.status)) return response;
  const code = Math.floor(response.status / 100) === 4 ? 'ERR_BAD_REQUEST' : 'ERR_BAD_RESPONSE';
  throw new HttpError(\`Request failed with status code \${response.status}\`, { code, response });
}

function plainHeaders({ headers }: Response): HttpHeaders {
  const cookies = headers.getSetCookie();
  const plain: HttpHeaders = { ...Object.fromEntries(headers), ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}) };
  if (/^(gzip|x-gzip|deflate|br)$/i.test(plain['content-encoding'])) delete plain['content-encoding'];
  return plain;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function urlOf({ baseURL, url: address = '', params }: HttpRequestConfig): string {
  const url = String(address);
  const isAbsolute = /^([a-z][a-z\\d+\\-.]*:)?\\/\\//i.test(url);
  const whole = baseURL && !isAbsolute ? below(String(baseURL), url) : url;
  const query = params instanceof URLSearchParams ? params.toString() : pairsOf(params).join('&');
  if (query === '') return whole;
  const bare = whole.split('#')[0] ?? '';
  return \`\${bare}\${bare.includes('?') ? '&' : '?'}\${query}\`;
}

function below(base: string, url: string): string {
  return url === '' ? base : \`\${base.replace(/\\/?\\/$/, '')}/\${url.replace(/^\\/+/, '')}\`;
}

function pairsOf(params: unknown, path = ''): string[] {
  return Object.entries(params ?? {}).flatMap(([key, value]) => {
    if (value === undefined || value === null) return [];
    const name = path === '' ? key : \`\${path}[\${key}]\`;
    if (path === '' && Array.isArray(value) && !value.some((one) => isPlain(one) || Array.isArray(one))) {
      return value.filter((one) => one != null).map((one) => pairOf(\`\${name}[]\`, one));
    }
    return isPlain(value) || Array.isArray(value) ? pairsOf(value, name) : [pairOf(name, value)];
  });
}

function pairOf(name: string, value: unknown): string {
  const text = value instanceof Date ? value.toISOString() : value;
  return \`\${encoded(name)}=\${encoded(text)}\`;
}

function encoded(value: unknown): string {
  return encodeURIComponent(String(value))
    .replace(/%3A/gi, ':')
    .replace(/%24/g, '$')
    .replace(/%2C/gi, ',')
    .replace(/%20/g, '+');
}

function headersOf({ headers = {}, auth }: HttpRequestConfig, url: URL): Headers {
  const sent = new Headers({ accept: 'application/json, text/plain, */*' });
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || value === null || value === false) sent.delete(name);
    else sent.set(name, String(value));
  }
  const [username, password] = auth
    ? [auth.username ?? '', auth.password ?? '']
    : [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  url.username = '';
  url.password = '';
  if (auth || username !== '') {
    sent.set('authorization', \`Basic \${Buffer.from(\`\${username}:\${password}\`).toString('base64')}\`);
  }
  return sent;
}

function copied(data: unknown): unknown {
  if (!isPlain(data)) return data;
  const members = Object.entries(data).filter(([name]) => !['__proto__', 'constructor', 'prototype'].includes(name));
  return Object.fromEntries(members.map(([name, value]) => [name, copied(value)]));
}

async function bodyOf(data: Json, headers: Headers): Promise<Json> {
  const kind = Object.prototype.toString.call(data).slice(8, -1);
  const isJson = headers.get('content-type')?.includes('application/json') ?? false;
  const isStream = typeof data?.pipe === 'function' || kind === 'ReadableStream';
  if (isStream) throw new TypeError('This client sends no streams: read it into a Buffer first.');
  if (isJson && kind === 'FormData') throw new TypeError('This client sends no FormData as JSON.');
  if (kind === 'FormData' || kind === 'Blob' || kind === 'File') return partsOf(data, kind, headers);
  if (Buffer.isBuffer(data)) return data;
  if (ArrayBuffer.isView(data) || kind === 'ArrayBuffer') return Buffer.from(data.buffer ?? data);
  if (kind === 'URLSearchParams' && !headers.has('content-type')) {
    headers.set('content-type', 'application/x-www-form-urlencoded;charset=utf-8');
  }
  const text = kind === 'URLSearchParams' ? data.toString() : textOf(data, isJson, headers);
  if (!text) return text === '' ? Buffer.alloc(0) : undefined;
  if (typeof text === 'string') return Buffer.from(text);
  const message = 'Data after transformation must be a string, an ArrayBuffer, a Buffer, or a Stream';
  throw new HttpError(message, { code: 'ERR_BAD_REQUEST' });
}

async function partsOf(data: Json, kind: string, headers: Headers): Promise<Json> {
  const made = new Response(data);
  if (kind === 'FormData') headers.set('content-type', made.headers.get('content-type') ?? '');
  else if (data.size > 0) headers.set('content-type', data.type || 'application/octet-stream');
  return Buffer.from(await made.arrayBuffer());
}

function textOf(data: unknown, isJson: boolean, headers: Headers): unknown {
  const isObject = typeof data === 'object' && data !== null;
  if (!isObject && !isJson) return data;
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  return typeof data === 'string' ? jsonText(data) : JSON.stringify(data);
}

function jsonText(text: string): string {
  try {
    JSON.parse(text);
    return text.trim();
  } catch {
    return JSON.stringify(text);
  }
}

async function dataOf(answer: Response, responseType: HttpRequestConfig['responseType']): Promise<Json> {
  if (responseType === 'arraybuffer') return Buffer.from(await answer.arrayBuffer());
  const text = await answer.text();
  if (text === '' || responseType === 'text') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

type Failed = { signal: AbortSignal | undefined; isLate: boolean; timeout: number; response: HttpResponse | undefined };

function failure(error: Json, { signal, isLate, timeout, response }: Failed): HttpError {
  if (signal?.aborted) return new HttpError('canceled', { name: 'CanceledError', code: 'ERR_CANCELED' });
  if (isLate && response) return new HttpError('stream has been aborted', { code: 'ERR_BAD_RESPONSE', response });
  if (isLate) return new HttpError(\`timeout of \${timeout}ms exceeded\`, { code: 'ECONNABORTED' });
  const cause = error.cause ?? error;
  if (cause.code === 'UND_ERR_SOCKET') return new HttpError('socket hang up', { name: 'Error', code: 'ECONNRESET', cause });
  return new HttpError(cause.message, { name: cause.name, code: cause.code, cause });
}
`;
