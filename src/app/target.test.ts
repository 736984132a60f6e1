import { describe, expect, it } from 'vitest';
import { isFailure } from '#core/error';
import { configSchema } from './config.ts';
import { chooseTarget } from './target.ts';

const config = configSchema.parse({
  defaultTarget: 'stage',
  targets: {
    live: { url: 'env:LIVE_URL', class: 'production', backup: 'backup-check' },
    stage: { url: 'postgres://u@stage.example.org/shop', class: 'staging' },
    near: { url: 'postgres://u@127.0.0.1:5433/shop', class: 'staging' },
  },
});
const bare = configSchema.parse({});
const env = { LIVE_URL: 'postgres://u@live.example.org/shop' };

describe('chooseTarget', () => {
  it.each([
    [
      '--target by its name',
      { target: 'live' },
      config,
      env,
      { name: 'live', class: 'production', backup: 'backup-check' },
    ],
    ['the default', {}, config, env, { name: 'stage', class: 'staging' }],
    [
      'DATABASE_URL before the default',
      {},
      config,
      { DATABASE_URL: 'postgres://h/d' },
      { name: 'h:5432/d', class: 'production' },
    ],
    [
      'a URL of a named target is that target',
      { db: 'postgres://other@127.0.0.1:5433/shop' },
      config,
      env,
      { name: 'near', class: 'staging' },
    ],
    [
      'the same place as env:',
      { db: 'postgresql://v@live.example.org:5432/shop' },
      config,
      env,
      { name: 'live', class: 'production' },
    ],
    ['loopback is development', { db: 'postgres://localhost/d' }, bare, {}, { class: 'development' }],
    ['a socket is development', { db: 'postgres:///d?host=/var/run' }, bare, {}, { class: 'development' }],
    ['anything else is production', { db: 'postgres://10.0.0.1/d' }, bare, {}, { class: 'production' }],
  ])('%s', (_name, choice, given, environment, expected) => {
    expect(chooseTarget(choice, given, environment)).toMatchObject(expected);
  });

  it.each([
    [
      'the variable beside DATABASE_URL',
      { DATABASE_URL: 'postgres://u@h/d', READ_DATABASE_URL: 'postgres://r@h/d' },
      'postgres://r@h/d',
    ],
    [
      'that of a named target',
      { LIVE_URL: 'postgres://u@h/d', READ_URL: 'postgres://r@h:5432/d' },
      'postgres://r@h:5432/d',
    ],
    [
      'a variable about another database than a named target',
      { LIVE_URL: 'postgres://u@h/d', READ_DATABASE_URL: 'postgres://r@h/e' },
      undefined,
    ],
    ['none', { DATABASE_URL: 'postgres://u@h/d', READ_DATABASE_URL: '' }, undefined],
  ])('has a URL for reading: %s', (_name, environment: Record<string, string>, expected) => {
    const live = { url: 'env:LIVE_URL', ...('READ_URL' in environment ? { readUrl: 'env:READ_URL' } : {}) };
    const choice = 'LIVE_URL' in environment ? { target: 'live' } : {};
    expect(chooseTarget(choice, configSchema.parse({ targets: { live } }), environment).readUrl).toBe(expected);
  });

  it.each([
    ['another database', 'postgres://u@h/d', 'postgres://r:word@h/e'],
    ['another server', 'postgres://u@h/d', 'postgres://r:word@standby/d'],
    ['a target without a user', 'postgres://h/d', 'postgres://r:word@h/d'],
    ['a search path in the URL', 'postgres://u@h/d?options=-c%20search_path%3Dx', 'postgres://r:word@h/d'],
  ])('refuses a URL for reading where it is for %s', (_name, url, readUrl) => {
    const environment = { DATABASE_URL: url, READ_DATABASE_URL: readUrl };
    expect(() => chooseTarget({}, bare, environment)).toThrowError(
      expect.toSatisfy((error) => isFailure(error, 'bad-input') && !JSON.stringify(error.explanation).includes('word')),
    );
  });

  it.each([
    ['both', { db: 'postgres://h/d', target: 'live' }, config, 'bad-input'],
    ['an unknown name', { target: 'nope' }, config, 'bad-input'],
    ['nothing', {}, bare, 'no-target'],
    ['a variable that is not set', { target: 'live' }, config, 'no-target'],
  ] as const)('refuses %s', (_name, choice, given, code) => {
    expect(() => chooseTarget(choice, given, {})).toThrowError(expect.toSatisfy((error) => isFailure(error, code)));
  });
});
