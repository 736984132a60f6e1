import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import { type CommonModule, rootOf } from './common-module.ts';

/** What a statement of a file's own level does when the module is loaded, as far as the order of loading may matter. */
export type Effect = 'none' | 'weak' | 'strong';

const globals: ReadonlySet<string> = new Set(['process', 'global', 'globalThis', 'window', 'console']);
const shared: ReadonlySet<string> = new Set(['require', 'global', 'globalThis']);

/**
 * `strong` where it changes what other modules can see: it writes to `process.env` or to a global, or calls or writes into a module
 * that it has required, or calls a function of its own where one of those requires something. `weak` where it calls anything else. Pure.
 */
export function effectOf(statement: TypeScript.Statement, module: CommonModule): Effect {
  const required = new Set(
    module.requires.flatMap(({ binding, specifier }) =>
      binding.kind === 'whole' && !isBuiltinName(specifier) ? [binding.name] : [],
    ),
  );
  const bound = new Set(
    module.requires.flatMap(({ binding }) =>
      binding.kind === 'whole'
        ? [binding.name]
        : binding.kind === 'names'
          ? (binding.names ?? []).map(({ to }) => to)
          : [],
    ),
  );
  const isLazy = module.requires.some(({ moment, specifier }) => moment === 'later' && !isBuiltinName(specifier));
  const isOwnCall = ({ expression }: TypeScript.CallExpression): boolean =>
    isLazy && ts.isIdentifier(expression) && module.names.declared.has(expression.text) && !bound.has(expression.text);
  let effect: Effect = 'none';
  const raise = (to: Effect): void => {
    if (effect !== 'strong') effect = to;
  };
  const visit = (node: TypeScript.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isBinaryExpression(node) && isAssignment(node)) {
      const root = rootOf(node.left);
      const isMember = !ts.isIdentifier(node.left);
      if (root !== undefined && isMember && (globals.has(root.text) || required.has(root.text))) raise('strong');
    }
    if (ts.isCallExpression(node) && isOwnCall(node)) raise('strong');
    if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression) && !isPlainRequire(node.expression)) {
      const root = rootOf(node.expression.expression);
      raise(root !== undefined && (required.has(root.text) || shared.has(root.text)) ? 'strong' : 'weak');
    } else if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && !isPlainRequire(node)) raise('weak');
    ts.forEachChild(node, visit);
  };
  visit(statement);
  const loads = module.requires.some(
    (call) => call.statement === statement && call.moment === 'condition' && call.specifier.startsWith('.'),
  );
  return loads ? 'strong' : effect;
}

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

function isAssignment({ operatorToken: { kind } }: TypeScript.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isPlainRequire(node: TypeScript.Node): boolean {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require';
}
