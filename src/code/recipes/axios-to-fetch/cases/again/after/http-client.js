// Requests by fetch: answers, errors and defaults are those that axios gave.

class HttpError extends Error {
  constructor(message, fields) {
    super(message);
    const cause = { value: fields.cause, configurable: true, writable: true };
    if (fields.cause !== undefined) Object.defineProperty(this, "cause", cause);
    this.name = fields.name ?? "AxiosError";
    this.isAxiosError = true;
    if (fields.code !== undefined) this.code = fields.code;
    if (fields.response !== undefined) {
      this.response = fields.response;
      this.status = fields.response.status;
    }
  }
}

function client(defaults) {
  const call = (input, config) =>
    send(merged(defaults, typeof input === "string" ? { ...config, url: input } : input));
  const bodiless = (method) => (url, config) =>
    send(merged(defaults, { ...config, method, url }));
  const withBody = (method) => (url, data, config) =>
    send(merged(defaults, { ...config, method, url, data }));
  return Object.assign(call, {
    request: call,
    get: bodiless("get"),
    head: bodiless("head"),
    delete: bodiless("delete"),
    post: withBody("post"),
    put: withBody("put"),
    patch: withBody("patch"),
    create: (config) => client(merged(defaults, config)),
    isAxiosError,
  });
}

function isAxiosError(error) {
  return typeof error === "object" && error !== null && error.isAxiosError === true;
}

function merged(defaults, config = {}) {
  const given = Object.entries(config).filter(([, value]) => value !== undefined);
  const both = { ...defaults, ...Object.fromEntries(given) };
  for (const key of ["headers", "params", "auth"]) {
    if (isPlain(defaults[key]) && isPlain(config[key])) both[key] = { ...defaults[key], ...config[key] };
  }
  return both;
}

function isPlain(value) {
  return typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

async function send(config) {
  const method = (config.method ?? "get").toUpperCase();
  const url = new URL(urlOf(config));
  const headers = headersOf(config, url);
  const body = await bodyOf(copied(config.data), headers);
  if (["POST", "PUT", "PATCH"].includes(method) && !headers.has("content-type")) {
    headers.set("content-type", "application/x-www-form-urlencoded");
  }
  const { timeout = 0, signal } = config;
  const late = new AbortController();
  const timer = timeout > 0 ? setTimeout(() => late.abort(), timeout) : undefined;
  const both = AbortSignal.any([late.signal, ...(signal ? [signal] : [])]);
  let response;
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
  const code = Math.floor(response.status / 100) === 4 ? "ERR_BAD_REQUEST" : "ERR_BAD_RESPONSE";
  throw new HttpError(`Request failed with status code ${response.status}`, { code, response });
}

function plainHeaders({ headers }) {
  const cookies = headers.getSetCookie();
  const plain = { ...Object.fromEntries(headers), ...(cookies.length > 0 ? { "set-cookie": cookies } : {}) };
  if (/^(gzip|x-gzip|deflate|br)$/i.test(plain["content-encoding"])) delete plain["content-encoding"];
  return plain;
}

function isSuccess(status) {
  return status >= 200 && status < 300;
}

function urlOf({ baseURL, url: address = "", params }) {
  const url = String(address);
  const isAbsolute = /^([a-z][a-z\d+\-.]*:)?\/\//i.test(url);
  const whole = baseURL && !isAbsolute ? below(String(baseURL), url) : url;
  const query = params instanceof URLSearchParams ? params.toString() : pairsOf(params).join("&");
  if (query === "") return whole;
  const bare = whole.split("#")[0] ?? "";
  return `${bare}${bare.includes("?") ? "&" : "?"}${query}`;
}

function below(base, url) {
  return url === "" ? base : `${base.replace(/\/?\/$/, "")}/${url.replace(/^\/+/, "")}`;
}

function pairsOf(params, path = "") {
  return Object.entries(params ?? {}).flatMap(([key, value]) => {
    if (value === undefined || value === null) return [];
    const name = path === "" ? key : `${path}[${key}]`;
    if (path === "" && Array.isArray(value) && !value.some((one) => isPlain(one) || Array.isArray(one))) {
      return value.filter((one) => one != null).map((one) => pairOf(`${name}[]`, one));
    }
    return isPlain(value) || Array.isArray(value) ? pairsOf(value, name) : [pairOf(name, value)];
  });
}

function pairOf(name, value) {
  const text = value instanceof Date ? value.toISOString() : value;
  return `${encoded(name)}=${encoded(text)}`;
}

function encoded(value) {
  return encodeURIComponent(String(value))
    .replace(/%3A/gi, ":")
    .replace(/%24/g, "$")
    .replace(/%2C/gi, ",")
    .replace(/%20/g, "+");
}

function headersOf({ headers = {}, auth }, url) {
  const sent = new Headers({ accept: "application/json, text/plain, */*" });
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || value === null || value === false) sent.delete(name);
    else sent.set(name, String(value));
  }
  const [username, password] = auth
    ? [auth.username ?? "", auth.password ?? ""]
    : [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  url.username = "";
  url.password = "";
  if (auth || username !== "") {
    sent.set("authorization", `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`);
  }
  return sent;
}

function copied(data) {
  if (!isPlain(data)) return data;
  const members = Object.entries(data).filter(([name]) => !["__proto__", "constructor", "prototype"].includes(name));
  return Object.fromEntries(members.map(([name, value]) => [name, copied(value)]));
}

async function bodyOf(data, headers) {
  const kind = Object.prototype.toString.call(data).slice(8, -1);
  const isJson = headers.get("content-type")?.includes("application/json") ?? false;
  const isStream = typeof data?.pipe === "function" || kind === "ReadableStream";
  if (isStream) throw new TypeError("This client sends no streams: read it into a Buffer first.");
  if (isJson && kind === "FormData") throw new TypeError("This client sends no FormData as JSON.");
  if (kind === "FormData" || kind === "Blob" || kind === "File") return partsOf(data, kind, headers);
  if (Buffer.isBuffer(data)) return data;
  if (ArrayBuffer.isView(data) || kind === "ArrayBuffer") return Buffer.from(data.buffer ?? data);
  if (kind === "URLSearchParams" && !headers.has("content-type")) {
    headers.set("content-type", "application/x-www-form-urlencoded;charset=utf-8");
  }
  const text = kind === "URLSearchParams" ? data.toString() : textOf(data, isJson, headers);
  if (!text) return text === "" ? Buffer.alloc(0) : undefined;
  if (typeof text === "string") return Buffer.from(text);
  const message = "Data after transformation must be a string, an ArrayBuffer, a Buffer, or a Stream";
  throw new HttpError(message, { code: "ERR_BAD_REQUEST" });
}

async function partsOf(data, kind, headers) {
  const made = new Response(data);
  if (kind === "FormData") headers.set("content-type", made.headers.get("content-type") ?? "");
  else if (data.size > 0) headers.set("content-type", data.type || "application/octet-stream");
  return Buffer.from(await made.arrayBuffer());
}

function textOf(data, isJson, headers) {
  const isObject = typeof data === "object" && data !== null;
  if (!isObject && !isJson) return data;
  if (!headers.has("content-type")) headers.set("content-type", "application/json");
  return typeof data === "string" ? jsonText(data) : JSON.stringify(data);
}

function jsonText(text) {
  try {
    JSON.parse(text);
    return text.trim();
  } catch {
    return JSON.stringify(text);
  }
}

async function dataOf(answer, responseType) {
  if (responseType === "arraybuffer") return Buffer.from(await answer.arrayBuffer());
  const text = await answer.text();
  if (text === "" || responseType === "text") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function failure(error, { signal, isLate, timeout, response }) {
  if (signal?.aborted) return new HttpError("canceled", { name: "CanceledError", code: "ERR_CANCELED" });
  if (isLate && response) return new HttpError("stream has been aborted", { code: "ERR_BAD_RESPONSE", response });
  if (isLate) return new HttpError(`timeout of ${timeout}ms exceeded`, { code: "ECONNABORTED" });
  const cause = error.cause ?? error;
  if (cause.code === "UND_ERR_SOCKET") return new HttpError("socket hang up", { name: "Error", code: "ECONNRESET", cause });
  return new HttpError(cause.message, { name: cause.name, code: cause.code, cause });
}

exports.http = client({});
exports.HttpError = HttpError;
exports.isAxiosError = isAxiosError;
