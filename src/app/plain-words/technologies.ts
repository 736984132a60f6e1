/**
 * Recipes from one technology to another, by id. They are named here too, since to load the shelf of recipes takes a second,
 * which no call of another verb may wait for; a test compares both.
 */
export const technologyRecipes: readonly string[] = [
  'axios-to-fetch',
  'commonjs-to-esm',
  'create-react-app-to-vite',
  'javascript-to-typescript',
  'jest-to-vitest',
  'lodash-to-native',
  'mocha-to-vitest',
  'moment-to-dayjs',
  'npm-to-pnpm',
  'pnpm-to-npm',
];
