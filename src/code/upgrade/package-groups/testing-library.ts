import type { PackageGroup } from '../package-group.ts';

/** Each has numbers of its own; they are used together, so they move in one hop where that fits. */
export const testingLibrary: PackageGroup = {
  id: 'testing-library',
  summary: 'Testing Library for one framework with its companions',
  leads: [
    '@testing-library/react',
    '@testing-library/vue',
    '@testing-library/svelte',
    '@testing-library/angular',
    '@testing-library/preact',
    '@testing-library/react-native',
    '@testing-library/dom',
  ],
  members: [{ name: '@testing-library/*', following: 'own-version' }],
};
