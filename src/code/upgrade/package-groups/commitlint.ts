import type { PackageGroup } from '../package-group.ts';

/** Published together with one major. */
export const commitlint: PackageGroup = {
  id: 'commitlint',
  summary: 'commitlint and its configurations',
  leads: ['@commitlint/cli'],
  members: [{ name: '@commitlint/*', following: 'same-line' }],
};
