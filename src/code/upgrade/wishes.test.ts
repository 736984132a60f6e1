import { describe, expect, it } from 'vitest';
import { isFailure } from '#core/error';
import { parseOverride, parseWishes } from './wishes.ts';

const thrown = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return isFailure(error) ? `${error.code}: ${error.explanation.what}` : error;
  }
  return 'nothing is thrown';
};

describe('the text of --upgrade', () => {
  it.each([
    ['react@19', [['react', '19']]],
    [
      'express@5,typescript@7',
      [
        ['express', '5'],
        ['typescript', '7'],
      ],
    ],
    [
      ' @scope/pkg@^2 , pkg ',
      [
        ['@scope/pkg', '^2'],
        ['pkg', undefined],
      ],
    ],
    ['pkg@latest', [['pkg', 'latest']]],
    ['pkg@>=2 <4', [['pkg', '>=2 <4']]],
    ['pkg@19.0.0-rc.1', [['pkg', '19.0.0-rc.1']]],
  ])('%s', (text, expected) => {
    const wishes = parseWishes(text).map((wish) => (wish.kind === 'all' ? [] : [wish.name, wish.spec]));
    expect(wishes).toEqual(expected);
  });

  it('all', () => expect(parseWishes('all')).toEqual([{ kind: 'all' }]));

  it.each([
    ['', 'bad-input: No package is named.'],
    [' , ', 'bad-input: No package is named.'],
    ['react@', 'bad-input: `react@` names no version.'],
    ['react 19', 'bad-input: `react 19` names no package.'],
    ['@scope@2', 'bad-input: `@scope@2` names no package.'],
    ['react@18,react@19', 'bad-input: react is named twice.'],
    ['all,react', 'bad-input: `all` stands beside other packages.'],
  ])('`%s` is refused', (text, expected) => expect(thrown(() => parseWishes(text))).toBe(expected));
});

describe('the text of --override', () => {
  it.each([
    ['react=^19:tested by us', { name: 'react', range: '^19', reason: 'tested by us' }],
    ['react=>=19 <21: works: really', { name: 'react', range: '>=19 <21', reason: 'works: really' }],
    ['@a/b>@c/d=9:x', { wanter: '@a/b', name: '@c/d', range: '9', reason: 'x' }],
    ['node=>=20:CI is raised next week', { name: 'node', range: '>=20', reason: 'CI is raised next week' }],
  ])('%s', (text, expected) => expect(parseOverride(text)).toEqual(expected));

  it('two in one text are refused, since the second would be read as the reason of the first', () => {
    const text = 'a>react=^19:tested,a>react-dom=^19:tested';
    expect(thrown(() => parseOverride(text))).toMatch(/^bad-input: .* is no override/);
  });

  it.each(['react', 'react=^19', 'react=^19:', '=^19:x', 'react@19:x', 'react=not a range:x'])(
    '`%s` is refused',
    (text) => {
      expect(thrown(() => parseOverride(text))).toMatch(/^bad-input: .* is no override/);
    },
  );
});
