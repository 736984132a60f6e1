import { describe, expect, it } from 'vitest';
import { type Converted, convertPath, type Use } from './convert-path.ts';

const whole: Use = { matching: 'whole', needsGroups: false };

/** As one reads it: paths side by side, a regular expression between slashes. */
function shown(converted: Converted): string {
  if (converted.kind === 'paths') return converted.paths.join(' ');
  return converted.kind === 'regexp' ? `/${converted.source}/` : converted.kind;
}

describe('what path-to-regexp 8 can say', () => {
  it.each([
    ['*', '/{*splat}'],
    ['/*', '/{*splat}'],
    ['/api*', '/api{*splat}'],
    ['/a/*/b', '/a/*splat/b'],
    ['/a/*/b/*', '/a/*splat/b/{*splat2}'],
    ['/*.html', '/{*splat}.html'],
    ['/**', '/{*splat}'],
    ['/:splat/*', '/:splat/{*splat2}'],
    ['/:id?', '/{:id}'],
    ['/users/:id?', '/users{/:id}'],
    ['/:lang?/about', '{/:lang}/about'],
    ['/:a?/:b?', '{/:a}{/:b}'],
    ['/:file.:ext?', '/:file{.:ext}'],
    ['/posts/:year-:month?', '/posts/:year-{:month}'],
    ['/:path*', '/:path{/*splat}'],
    ['/colou?r', '/colo{u}r'],
    ['/users/?', '/users'],
    ['/a/?b', '/a{/}b'],
    ['/ab(cd)?e', '/ab{cd}e'],
    ['/users(/:id)?', '/users{/:id}'],
    ['/(a|b)/:id', '/a/:id /b/:id'],
    ['/hello!', '/hello\\!'],
    ['/time:', '/time\\:'],
  ])('%s → %s', (path, expected) => expect(shown(convertPath(path, whole))).toBe(expected));
});

describe('what only a regular expression can say', () => {
  it.each([
    ['/users/:id(\\d+)', '/^\\/users\\/(?<id>\\d+)\\/?$/'],
    ['/users/:id(\\d+)?', '/^\\/users(?:\\/(?<id>\\d+))?\\/?$/'],
    ['/:lang(en|de)/a.b', '/^\\/(?<lang>en|de)\\/a\\.b\\/?$/'],
    ['/:all(.*)', '/^\\/(?<all>.(.*))\\/?$/'],
    ['/ab+cd', '/^\\/ab+cd\\/?$/'],
    ['/files/:name+', '/^\\/files(?:\\/(?<name>[^\\/]+?))+\\/?$/'],
    ['/:a:b', '/^\\/(?<a>[^\\/]+?)(?<b>[^\\/]+?)\\/?$/'],
    ['/x/(a|b)?', '/^\\/x\\/(?:a|b)?\\/?$/'],
    ['/a|/b', '/^\\/a|\\/b\\/?$/'],
    ['/d\\d', '/^\\/d\\d\\/?$/'],
  ])('%s → %s', (path, expected) => expect(shown(convertPath(path, whole))).toBe(expected));

  it('matches the beginning where `use` does', () => {
    const converted = convertPath('/v:version(1|2)', { matching: 'start', needsGroups: false });
    expect(shown(converted)).toBe('/^\\/v(?<version>1|2)\\/?(?=\\/|$)/');
  });

  it('goes on capturing where the capture is read', () => {
    const converted = convertPath('/users(/old)?', { matching: 'whole', needsGroups: true });
    expect(shown(converted)).toBe('/^\\/users(\\/old)?\\/?$/');
  });

  it.each(['/[a|b]/:id', '/(.*)'])('doubts that %s was meant', (path) => {
    const converted = convertPath(path, whole);
    expect(converted.kind === 'regexp' ? converted.doubt : '').toMatch(/perhaps/);
  });
});

describe('what is left as it is', () => {
  it.each([
    '/',
    '/users/:id',
    '/flights/:from-:to',
    '/v1\\.0/:id',
    '/{*splat}',
    '/files/*path',
    '/users{/:id}',
    '/colo{u}r',
    '/hello\\!',
  ])('%s', (path) => expect(shown(convertPath(path, whole))).toBe('same'));

  it.each(['/:0(\\d)', '/:a/:a(\\d)', '/(open'])('%s cannot be rewritten', (path) => {
    expect(shown(convertPath(path, whole))).toBe('unknown');
  });
});
