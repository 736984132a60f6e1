import { describe, expect, test } from 'vitest';
import { isFailure } from '#core/error';
import { describePlace, isLocalHost, parseConnectionUrl, redact, shownUrl } from './connection-url.ts';

describe('parseConnectionUrl', () => {
  const cases: readonly (readonly [string, object])[] = [
    ['postgres://h', { host: 'h', port: 5432, user: undefined, password: undefined, database: undefined }],
    ['postgresql://u:p@h:6000/d', { host: 'h', port: 6000, user: 'u', password: 'p', database: 'd' }],
    ['postgres://u:p%40%2F%23@h/d', { password: 'p@/#', host: 'h', database: 'd' }],
    ['postgres://u:p@w@h/d', { user: 'u', password: 'p@w', host: 'h' }],
    [
      'postgres://u:p/w#x?y@h:1/d?sslmode=require',
      { password: 'p/w#x?y', host: 'h', port: 1, database: 'd', sslMode: 'require' },
    ],
    ['postgres://u:100%@h/d', { password: '100%' }],
    ['postgres://u:p:q@h/d', { password: 'p:q' }],
    [
      'postgres://u@/d?host=/var/run&port=7',
      { host: '/var/run', port: 7, user: 'u', database: 'd', sslMode: 'disable' },
    ],
    ['postgres://u@%2Fvar%2Frun/d', { host: '/var/run', database: 'd' }],
    ['postgres://[::1]:5433/d', { host: '::1', port: 5433 }],
    ['postgres://h/my%20db', { database: 'my db', sslMode: 'prefer' }],
    ['postgres://localhost/d', { sslMode: 'disable' }],
    ['postgres://h/d?connect_timeout=3&options=-c%20geqo%3Doff', { connectTimeoutMs: 3000, options: '-c geqo=off' }],
    ['postgres://h/d?user=a@b&password=c+d', { user: 'a@b', password: 'c+d' }],
  ];
  test.each(cases)('%s', (url, expected) => {
    expect(parseConnectionUrl(url)).toMatchObject(expected);
  });

  test.each([
    'mysql://u:secret@h/d',
    'postgres://u:secret@a,b/d',
    'postgres://u:secret@h:99999/d',
    'postgres://u:secret@h/d?sslmode=yes',
    'secret',
  ])('refuses %s without repeating it', (url) => {
    const message = messageOf(() => parseConnectionUrl(url));
    expect(message).toContain('cannot be read');
    expect(message).not.toContain('secret');
  });
});

test('what is shown has no password', () => {
  expect(shownUrl('postgres://me:s3cret@h:1/d?sslmode=require')).toBe('postgres://me@h:1/d');
  expect(shownUrl('nonsense s3cret')).toBe('the given URL');
  expect(describePlace({ host: '/var/run', port: 5432, user: 'a b', database: 'd' })).toBe(
    'postgres://a%20b@%2Fvar%2Frun:5432/d',
  );
});

test('a password is redacted in every spelling', () => {
  const url = 'postgres://me:p%40ss%2Fword@h/d';
  expect(redact(`to ${url}: p@ss/word, p%40ss%2Fword`, url)).toBe('to postgres://me@h:5432/d: ***, ***');
  expect(redact('token=abc', 'postgres://h/d?password=abc')).toBe('token=***');
});

test('this machine is known by its names', () => {
  expect(['localhost', '127.0.0.9', '::1', '/tmp'].map(isLocalHost)).toEqual([true, true, true, true]);
  expect(['127.0.0.1.example.org', 'db', '10.0.0.1'].map(isLocalHost)).toEqual([false, false, false]);
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (isFailure(error, 'bad-input')) return JSON.stringify(error.explanation) + error.message;
    throw error;
  }
  return '';
}
