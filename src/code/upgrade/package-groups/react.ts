import type { PackageGroup } from '../package-group.ts';

/** react-dom and the test renderer demand the exact version as peer; the types are numbered after what they describe. */
export const react: PackageGroup = {
  id: 'react',
  summary: 'React, its renderers and their types',
  leads: ['react'],
  members: [
    { name: 'react-dom', following: 'same-version' },
    { name: 'react-is', following: 'same-version' },
    { name: 'react-test-renderer', following: 'same-version' },
    { name: '@types/react', following: 'same-line' },
    { name: '@types/react-dom', following: 'same-line' },
    { name: '@types/react-is', following: 'same-line' },
    { name: '@types/react-test-renderer', following: 'same-line' },
  ],
};
