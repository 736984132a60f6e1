import { expect, it } from 'vitest';
import { raisedValue } from './raised-value.ts';

const goal = { range: '24.x', floor: '24.0.0', version: '24.11.1' };
const said = (value: string): string => {
  const raised = raisedValue(value, goal);
  return raised.kind === 'raised' ? raised.value : raised.kind;
};

it.each([
  ['18', '24'],
  ['v18', 'v24'],
  ['v20.11', 'v24.11'],
  ['20.11.1', '24.11.1'],
  ['18.x', '24.x'],
  ['20.*', '24.*'],
  ['18-alpine', '24-alpine'],
  ['20.11.1-bookworm-slim', '24.11.1-bookworm-slim'],
  ['node-20.11.1', 'node-24.11.1'],
  ['iron-slim', 'krypton-slim'],
  ['lts/hydrogen', 'lts/krypton'],
  ['>=18', '>=24'],
  ['>= 18.17.0', '>=24.0.0'],
  ['>=18 <21', '>=24 <25'],
  ['>=18.0.0 <21.0.0', '>=24.0.0 <25.0.0'],
  ['^18', '^24'],
  ['^20.11.0', '^24.0.0'],
  ['~20.11', '~24.11'],
  ['^18 || ^20 || >=22', '>=24'],
  ['18 || 20 || 24', '24'],
  ['18.x || 20.x', '24.x'],
  ['24', 'stays'],
  ['>=24.1', 'stays'],
  ['26', 'stays'],
  ['lts/*', 'stays'],
  ['latest', 'stays'],
  ['alpine', 'stays'],
  ['bookworm-slim', 'stays'],
  ['18-buster', 'left'],
  ['18-alpine3.17', 'left'],
  ['20-alpine3.21', '24-alpine3.21'],
  ['1-20-bookworm', 'left'],
  ['18 - 20', 'left'],
])('%s is %s', (value, expected) => expect(said(value)).toBe(expected));

it('a version that is named exactly raises older ones of the same major', () => {
  const exact = { range: '24.11.1', floor: '24.11.1', version: '24.11.1' };
  expect(raisedValue('24.3.0', exact)).toEqual({ kind: 'raised', value: '24.11.1' });
  expect(raisedValue('24', exact)).toEqual({ kind: 'raised', value: '24' });
});
