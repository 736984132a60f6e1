import { type CodeEntry, type CodeStyle, opened, quoted, raw, text } from '../../../engine/code.ts';

/**
 * The field `proxy` as an entry of `server.proxy`: it forwards what is neither a page nor a file of the application.
 * https://create-react-app.dev/docs/proxying-api-requests-in-development
 */
export function fieldProxy(target: string): CodeEntry {
  const value = opened([
    { key: 'target', value: text(target) },
    { key: 'changeOrigin', value: raw('true') },
    { key: 'secure', value: raw('false') },
    { key: 'ws', value: raw('true') },
    { key: 'xfwd', value: raw('true') },
    { key: 'bypass', value: raw('(request) => (isOwn(request) ? request.url : undefined)') },
  ]);
  return { key: '/', value };
}

/** The function that tells what the development server answers itself. */
export function ownRequests(base: string | undefined, style: CodeStyle): string {
  const { indent, end } = style;
  const prefix = base === undefined || base.startsWith('.') ? undefined : base;
  const inner = prefix === undefined ? 'pathname' : `pathname.replace(${quoted(prefix, style)}, ${quoted('/', style)})`;
  return [
    '/** Pages and files of the application: what react-scripts did not hand on to `proxy`. */',
    'function isOwn({ method, url, headers }) {',
    `${indent}if (method !== ${quoted('GET', style)}) return false${end}`,
    `${indent}if (headers.accept?.includes(${quoted('text/html', style)})) return true${end}`,
    `${indent}const { pathname } = new URL(url, ${quoted('http://localhost', style)})${end}`,
    `${indent}const path = decodeURI(${inner})${end}`,
    `${indent}if (/^\\/(@|node_modules\\/)/.test(path)) return true${end}`,
    `${indent}return [${quoted('', style)}, ${quoted('/public', style)}].some(`,
    `${indent}${indent}(folder) => path !== ${quoted('/', style)} && existsSync(\`\${import.meta.dirname}\${folder}\${path}\`)${style.comma}`,
    `${indent})${end}`,
    '}',
  ].join('\n');
}
