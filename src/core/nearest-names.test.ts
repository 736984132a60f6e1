import { expect, it } from 'vitest';
import { nearestNames } from './nearest-names.ts';

const recipes = ['jest-to-vitest', 'mocha-to-vitest', 'create-react-app-to-vite', 'moment-to-dayjs', 'npm-to-pnpm'];

it.each([
  ['nmae', ['id', 'name', 'user_name', 'email'], ['name']],
  ['NAME', ['name', 'user_name'], ['name']],
  ['usr', ['user', 'use', 'order'], ['use', 'user']],
  ['jest-vitest', recipes, ['jest-to-vitest']],
  ['cra-to-vite', recipes, ['mocha-to-vitest', 'jest-to-vitest', 'create-react-app-to-vite']],
  ['vitest', recipes, ['jest-to-vitest', 'mocha-to-vitest']],
  ['zzzz', recipes, []],
  ['', recipes, []],
  ['x', [], []],
])('%s among %j is near to %j', (wanted, names, expected) => {
  expect(nearestNames(wanted, names)).toEqual(expected);
});
