import type { PackageGroup } from '../package-group.ts';

/** Published together with one version (https://github.com/typescript-eslint/typescript-eslint#versioning). */
export const typescriptEslint: PackageGroup = {
  id: 'typescript-eslint',
  summary: 'typescript-eslint with parser and plugin',
  leads: ['typescript-eslint', '@typescript-eslint/eslint-plugin', '@typescript-eslint/parser'],
  members: [
    { name: '@typescript-eslint/eslint-plugin', following: 'same-version' },
    { name: '@typescript-eslint/parser', following: 'same-version' },
    { name: '@typescript-eslint/rule-tester', following: 'same-version' },
    { name: '@typescript-eslint/scope-manager', following: 'same-version' },
    { name: '@typescript-eslint/type-utils', following: 'same-version' },
    { name: '@typescript-eslint/types', following: 'same-version' },
    { name: '@typescript-eslint/typescript-estree', following: 'same-version' },
    { name: '@typescript-eslint/utils', following: 'same-version' },
    { name: '@typescript-eslint/visitor-keys', following: 'same-version' },
  ],
};
