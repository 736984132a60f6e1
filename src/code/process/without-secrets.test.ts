import { expect, it } from 'vitest';
import { withoutSecrets } from './without-secrets.ts';

it('takes out variables that are secrets by their name or their value, and leaves the others', () => {
  const secret = {
    GODWIT_MODEL_KEY: 'x',
    AWS_ACCESS_KEY_ID: 'x',
    NODE_AUTH_TOKEN: 'x',
    GITHUB_PAT: 'x',
    PGPASSWORD: 'x',
    READ_DATABASE_URL: 'x',
    CACHE: 'redis://:cache-pass@cache.example/0',
    QUEUE: 'amqp://shop:queue-pass@queue.example/0',
    CI_LOGIN: `ghp_${'a'.repeat(36)}`,
  };
  const plain = {
    PATH: '/usr/bin',
    HOME: '/home/ada',
    KEYBOARD: 'de',
    HTTPS_PROXY: 'http://proxy.example:3128',
    CI: '1',
  };
  expect(withoutSecrets({ ...secret, ...plain })).toEqual(plain);
});
