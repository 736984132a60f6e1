import type { PackageGroup } from '../package-group.ts';

/** `@eslint/js` is numbered after the ESLint whose rules it lists. */
export const eslint: PackageGroup = {
  id: 'eslint',
  summary: 'ESLint and its own configurations',
  leads: ['eslint'],
  members: [
    { name: '@eslint/js', following: 'same-line' },
    { name: '@types/eslint', following: 'same-line' },
    { name: '@eslint/compat', following: 'own-version' },
    { name: '@eslint/eslintrc', following: 'own-version' },
  ],
};
