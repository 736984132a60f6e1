/** True for a module that Node brings, by its form. */
export function isBuiltinName(specifier: string): boolean {
  return specifier.startsWith('node:') || (!specifier.endsWith('/') && builtins.has(specifier.split('/')[0] ?? ''));
}

const builtins: ReadonlySet<string> = new Set(
  (
    'assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs ' +
    'http http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream ' +
    'string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib'
  ).split(' '),
);
