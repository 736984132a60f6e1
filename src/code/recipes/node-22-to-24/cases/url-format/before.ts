import { format, fileURLToPath } from 'node:url';

const scheme = 'https';
const search = 'page=2';

export const whole = format({ protocol: 'https:', host: 'example.com:8080', pathname: 'p', query: { page: 1, kind: 'json' }, hash: 'frag' });
export const named = format({
  protocol: scheme,
  slashes: true,
  auth: 'user:word',
  hostname: 'example.com',
  port: 3000,
  pathname: '/list',
  search,
});
export const file = fileURLToPath(import.meta.url);
