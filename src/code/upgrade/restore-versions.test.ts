import { expect, it } from 'vitest';
import { withVersionsOf } from './restore-versions.ts';

const before =
  '{\n  "dependencies": { "a": "^1", "b": "^1" },\n  "devDependencies": { "c": "~3.0.0", "gone": "1" }\n}\n';

it.each([
  [
    'keeps what else was changed',
    ['a'],
    '{ "dependencies": { "a": "^2", "b": "^2" } }',
    '{ "dependencies": { "a": "^1", "b": "^2" } }',
  ],
  [
    'in every group',
    ['a', 'c'],
    '{ "dependencies": { "a": "2" }, "devDependencies": { "c": "4" } }',
    '{ "dependencies": { "a": "^1" }, "devDependencies": { "c": "~3.0.0" } }',
  ],
  ['leaves out what was removed', ['gone'], '{ "devDependencies": {} }', '{ "devDependencies": {} }'],
  ['leaves what is new', ['d'], '{ "dependencies": { "d": "4" } }', '{ "dependencies": { "d": "4" } }'],
  [
    'keeps a byte order mark',
    ['a'],
    '\uFEFF{ "dependencies": { "a": "2" } }',
    '\uFEFF{ "dependencies": { "a": "^1" } }',
  ],
  ['leaves what is no JSON', ['a'], '{ "dependencies"', '{ "dependencies"'],
])('%s', (_, names, after, expected) => {
  expect(withVersionsOf(before, after, names)).toBe(expected);
});
