import type { PackageGroup } from '../package-group.ts';

/** Packages of Babel are made for one major of @babel/core; plugins that ended with a major stay in the one before. */
export const babel: PackageGroup = {
  id: 'babel',
  summary: 'Babel with its presets and plugins',
  leads: ['@babel/core'],
  members: [
    { name: '@babel/*', following: 'same-line' },
    { name: 'babel-loader', following: 'own-version' },
  ],
};
