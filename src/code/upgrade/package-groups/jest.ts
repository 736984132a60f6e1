import type { PackageGroup } from '../package-group.ts';

/** The packages of Jest are published together with one major; ts-jest and the types are numbered after the Jest that they are made for, where they have that number. */
export const jest: PackageGroup = {
  id: 'jest',
  summary: 'Jest, its environments, transforms and types',
  leads: ['jest'],
  members: [
    { name: 'babel-jest', following: 'same-line' },
    { name: 'expect', following: 'same-line' },
    { name: 'jest-circus', following: 'same-line' },
    { name: 'jest-cli', following: 'same-line' },
    { name: 'jest-config', following: 'same-line' },
    { name: 'jest-environment-jsdom', following: 'same-line' },
    { name: 'jest-environment-node', following: 'same-line' },
    { name: 'jest-jasmine2', following: 'same-line' },
    { name: 'jest-mock', following: 'same-line' },
    { name: 'jest-runner', following: 'same-line' },
    { name: 'jest-util', following: 'same-line' },
    { name: '@jest/*', following: 'same-line' },
    { name: 'ts-jest', following: 'same-line' },
    { name: '@types/jest', following: 'same-line' },
  ],
};
