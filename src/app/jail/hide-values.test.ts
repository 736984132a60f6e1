import { describe, expect, it } from 'vitest';
import { hideValues } from './hide-values.ts';

const env = { SHOP_TOKEN: 'abc-very-secret', HOME: '/home/somebody' };

describe('values that look like credentials', () => {
  it.each([
    'the value abc-very-secret anywhere',
    'postgres://app:hunter2hunter2@db/shop',
    "const password = 'hunter2hunter2';",
    '"apiKey": "hunter2hunter2"',
    "client_secret => 'hunter2hunter2'",
    'DB_PASSWORD=hunter2hunter2',
    '+export API_TOKEN=hunter2hunter2',
    'Authorization: Bearer hunter2hunter2',
    'AKIAIOSFODNN7EXAMPLE',
    `ghp_${'a'.repeat(36)}`,
    `sk-ant-${'hunter2'.repeat(4)}`,
    `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${'x'.repeat(20)}`,
    '-----BEGIN RSA PRIVATE KEY-----\nhunter2hunter2\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\nhunter2hunter2 cut off',
  ])('are hidden in %j', (text) => {
    const shown = hideValues(text, env);
    expect(shown).toContain('[hidden]');
    expect(shown).not.toMatch(/hunter2|abc-very-secret|AKIAIO|aaaaaaaaaa|xxxxxxxxxx/);
  });

  it.each([
    'const password = input.password;',
    'password: string;',
    "type Token = { kind: 'word' };",
    'const tokens = tokensOf(line);',
    "process.env.API_TOKEN ?? ''",
    'DB_PASSWORD=$'.concat('{DB_PASSWORD}'),
    "token: 'your-token-here'",
    'npm_config_update_notifier=false',
    'https://example.com/a:b@c',
  ])('are not seen in %j', (text) => expect(hideValues(text, env)).toBe(text));
});
