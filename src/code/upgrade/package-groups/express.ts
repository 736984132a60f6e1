import type { PackageGroup } from '../package-group.ts';

/** The types are numbered after the Express that they describe. */
export const express: PackageGroup = {
  id: 'express',
  summary: 'Express and its types',
  leads: ['express'],
  members: [
    { name: '@types/express', following: 'same-line' },
    { name: '@types/express-serve-static-core', following: 'same-line' },
  ],
};
