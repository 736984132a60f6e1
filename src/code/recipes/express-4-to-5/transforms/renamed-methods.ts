import { replaced, spanOf } from '../../../engine/compiler-edits.ts';
import ts from '../../../typescript.cts';
import { bare, isFunctionNode, type MemberCall, stringOf } from '../reading/walk.ts';
import { expressTransform } from './express-transform.ts';

const guide = 'Migrating to Express 5';

/** `app.del()` is `app.delete()`. */
export const routeDelete = expressTransform(
  {
    id: 'route-delete',
    why: '`app.del()` was an alias of `app.delete()` from before `delete` could be a name; Express 5 no longer has it.',
    mentions: ['del'],
  },
  ({ source, edit, leave }) => {
    for (const host of ['application', 'route', 'router'] as const) {
      for (const call of source.callsOn(host, ['del'])) {
        if (isRoute(call)) edit(replaced(call.name, 'delete'));
        else
          leave({
            ...spanOf(call.call),
            message: '`del` is gone in Express 5, and this call names no path with a handler.',
            cure: 'Write `delete` with a path and a handler, or remove the call.',
            symbol: 'Application.del',
            evidence: `${guide}: app.del()`,
          });
      }
    }
  },
);

/** Without a path, or with neither a literal path nor a handler, nothing is registered. */
function isRoute({ args, receiver }: MemberCall): boolean {
  const [first] = args;
  if (first === undefined) return false;
  const path = bare(first);
  if (ts.isCallExpression(bare(receiver))) return true;
  if (isFunctionNode(path)) return false;
  if (args.length > 1) return true;
  return stringOf(path) !== undefined || ts.isRegularExpressionLiteral(path) || ts.isArrayLiteralExpression(path);
}

const plurals: Readonly<Record<string, string>> = {
  acceptsCharset: 'acceptsCharsets',
  acceptsEncoding: 'acceptsEncodings',
  acceptsLanguage: 'acceptsLanguages',
};

/** `req.acceptsCharset()` is `req.acceptsCharsets()`. */
export const acceptsPlurals = expressTransform(
  {
    id: 'accepts-plurals',
    why: '`req.acceptsCharset()`, `acceptsEncoding()` and `acceptsLanguage()` are gone in Express 5; their plurals do the same.',
    mentions: Object.keys(plurals),
  },
  ({ source, edit }) => {
    for (const node of source.nodes) {
      if (!ts.isPropertyAccessExpression(node)) continue;
      const plural = plurals[node.name.text];
      if (plural !== undefined && source.roleOf(node.expression) === 'request') edit(replaced(node.name, plural));
    }
  },
);

/** `res.sendfile()` is `res.sendFile()`. */
export const sendFileName = expressTransform(
  {
    id: 'send-file-name',
    why: '`res.sendfile()` is gone in Express 5; `res.sendFile()` does the same, with a path that is absolute or has a root.',
    mentions: ['sendfile'],
  },
  ({ source, edit, leave }) => {
    for (const { name, args } of source.callsOn('response', ['sendfile'])) {
      edit(replaced(name, 'sendFile'));
      const [path, options] = args;
      const text = stringOf(path);
      if (path === undefined || text === undefined || /^(\/|[A-Za-z]:[\\/])/.test(text) || hasRoot(options)) continue;
      leave({
        ...spanOf(path),
        message: `\`sendfile\` took ${path.getText()} from the working directory; \`sendFile\` throws for a relative path without a root.`,
        cure: 'Name the folder: `{ root: … }`, or an absolute path.',
        symbol: 'Response.sendfile',
        evidence: `${guide}: res.sendfile()`,
      });
    }
  },
);

/** An option `root`, or options that cannot be seen. */
function hasRoot(options: ts.Expression | undefined): boolean {
  if (options === undefined || isFunctionNode(bare(options))) return false;
  if (!ts.isObjectLiteralExpression(options)) return true;
  return options.properties.some(({ name }) => name === undefined || /^['"]?(root|from)['"]?$/.test(name.getText()));
}
