import { describe, expect, it } from 'vitest';
import { evaluate, interpolate, isTrue } from './expression.ts';

const values: Readonly<Record<string, unknown>> = {
  'params.name': 'react',
  'params.count': '5',
  'params.on': true,
  'params.off': 'false',
  'params.none': null,
  'params.version': '1.10',
  'state.list': [1, 2],
  'matrix.team': 'core',
};
const lookup = (name: string): unknown => values[name];

describe('evaluate', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 2 - 3', 5],
    ['"a" + "b"', 'ab'],
    ['params.name == "react"', true],
    ["params.name != 'react'", false],
    ['params.count > 4 && params.count <= 5', true],
    ['params.name == "vue" || matrix.team == "core"', true],
    ['!params.on', false],
    ['!(1 > 2)', true],
    ['-3 + 1', -2],
    ['true', true],
    ['params.count', 5],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression, lookup)).toBe(expected);
  });

  it.each(['params.missing', '1 +', 'params.name ==', '(1', '1 1', 'a b', '@', ''])('refuses %j', (expression) => {
    expect(() => evaluate(expression, lookup)).toThrow(/`/);
  });
});

it.each([
  ['params.on', true],
  ['params.off', false],
  ['params.none', false],
  ['${{ params.name == "react" }}', true],
  ['"" ', false],
  ['0', false],
])('the condition %s is %s', (condition, expected) => {
  expect(isTrue(condition, lookup)).toBe(expected);
});

it('fills in a text, and leaves a text as it is written', () => {
  expect(interpolate('a ${{ params.name }} b ${{params.version}} ${{ 1 + 1 }} ${{ state.list }}', lookup)).toBe(
    'a react b 1.10 2 [1,2]',
  );
});
