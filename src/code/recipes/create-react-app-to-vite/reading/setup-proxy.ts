import { type CodeEntry, raw, text } from '../../../engine/code.ts';
import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import { keyOf, literalOf, textsOf } from '../../../engine/literals.ts';
import ts from '../../../typescript.cts';

/** What becomes of `src/setupProxy.js`. */
export type SetupProxy =
  /** All of it is said by `server.proxy`. */
  | { readonly kind: 'proxy'; readonly entries: readonly CodeEntry[] }
  /** It is called with the middlewares of Vite, which take what it says. */
  | { readonly kind: 'called'; readonly readsVariables: boolean }
  /** It asks more of its argument than `use`. */
  | { readonly kind: 'left'; readonly node: ts.Node };

/** Reads it. Of http-proxy-middleware, 3 forwards the path without that of `app.use`, and 2 the whole. Pure. */
export function setupProxyOf(path: string, source: string, major: number | undefined): SetupProxy {
  const root = parseSource(path, source);
  const setup = [...nodesBelow(root)].find(
    (node): node is ts.FunctionExpression | ts.ArrowFunction =>
      (ts.isFunctionExpression(node) || ts.isArrowFunction(node)) &&
      ts.isBinaryExpression(node.parent) &&
      node.parent.left.getText() === 'module.exports',
  );
  const app = setup?.parameters[0]?.name;
  if (setup === undefined || app === undefined || !ts.isIdentifier(app)) return { kind: 'left', node: root };
  const uses = [...nodesBelow(setup.body)].filter(
    (node): node is ts.Identifier => ts.isIdentifier(node) && node.text === app.text,
  );
  const other = uses.find(({ parent }) => !ts.isPropertyAccessExpression(parent) || parent.name.text !== 'use');
  if (other !== undefined) return { kind: 'left', node: other.parent };
  const entries = proxied(setup, root, major);
  return entries === undefined
    ? { kind: 'called', readsVariables: /\bprocess\.env\b/.test(source) }
    : { kind: 'proxy', entries };
}

/** Every statement as an entry; undefined where one of them says something else. */
function proxied(
  { body }: ts.FunctionExpression | ts.ArrowFunction,
  root: ts.SourceFile,
  major: number | undefined,
): readonly CodeEntry[] | undefined {
  const isPlain = root.statements.every(
    (one) => /^(const|let|var)\b[^=]*=\s*require\(/.test(one.getText()) || /^module\.exports\s*=/.test(one.getText()),
  );
  if (!ts.isBlock(body) || !isPlain || major === undefined) return undefined;
  const made = body.statements.map((statement) => entriesOf(statement, major));
  return made.includes(undefined) ? undefined : made.flatMap((one) => one ?? []);
}

function entriesOf(statement: ts.Statement, major: number): readonly CodeEntry[] | undefined {
  const call = ts.isExpressionStatement(statement) ? statement.expression : undefined;
  if (call === undefined || !ts.isCallExpression(call) || call.arguments.length !== 2) return undefined;
  const [where, middleware] = call.arguments;
  const paths = textsOf(where);
  if (middleware === undefined || !ts.isCallExpression(middleware) || middleware.arguments.length !== 1)
    return undefined;
  if (!/^(createProxyMiddleware|proxy|createProxy)$/.test(middleware.expression.getText())) return undefined;
  const [options] = middleware.arguments;
  if (paths === undefined || options === undefined || !ts.isObjectLiteralExpression(options)) return undefined;
  const entries = optionsOf(options);
  const isWhole = paths.every((one) => /^\/[\w/-]*[\w-]$/.test(one));
  if (entries === undefined || !isWhole) return undefined;
  return paths.map((path) => {
    const pattern = `^${path}(?=[/?]|$)`;
    const rewrite = raw(`(path) => path.replace(/^${path.replaceAll('/', '\\/')}\\/?/, "/")`);
    const strips = major >= 3 ? [{ key: 'rewrite', value: rewrite }] : [];
    return { key: pattern, value: { kind: 'object', entries: [...entries, ...strips], isOpen: true } };
  });
}

function optionsOf(options: ts.ObjectLiteralExpression): readonly CodeEntry[] | undefined {
  const entries: CodeEntry[] = [];
  for (const property of options.properties) {
    const key = keyOf(property);
    const value = ts.isPropertyAssignment(property) ? property.initializer : undefined;
    const literal = value === undefined ? undefined : literalOf(value);
    if (value === undefined || literal === undefined) return undefined;
    if (key === 'logLevel') continue;
    if (key === 'target' && typeof literal === 'string') entries.push({ key, value: text(literal) });
    else if ((key === 'changeOrigin' || key === 'secure' || key === 'ws') && typeof literal === 'boolean')
      entries.push({ key, value: raw(String(literal)) });
    else return undefined;
  }
  return entries.some(({ key }) => key === 'target') ? entries : undefined;
}
