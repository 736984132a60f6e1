import { fileURLToPath } from 'node:url';

const scheme = 'https';
const search = 'page=2';

export const whole = new URL('https://example.com:8080/p?page=1&kind=json#frag').toString();
export const named = new URL(`${scheme}://user:word@example.com:3000/list?${search}`).toString();
export const file = fileURLToPath(import.meta.url);
