import { expect, it } from 'vitest';
import { lintScript } from './lint-script.ts';

it.each([
  ['eslint .', 'eslint --ext .js,.jsx .'],
  ['npx eslint src --fix && vite build', 'npx eslint --ext .js,.jsx src --fix && vite build'],
  ["eslint 'src/**/*.js'", "eslint 'src/**/*.{js,jsx}'"],
  ['prettier --write src/**/*.js', 'prettier --write src/**/*.{js,jsx}'],
  ['eslint --ext .js,.ts src', 'eslint --ext .js,.ts src'],
  ['eslint src/index.js', 'eslint src/index.js'],
  ['eslint --version', 'eslint --version'],
  ['prettier --check .', 'prettier --check .'],
])('%s becomes %s', (before, after) => {
  expect(lintScript(before)).toBe(after);
});
