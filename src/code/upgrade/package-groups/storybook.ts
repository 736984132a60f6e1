import type { PackageGroup } from '../package-group.ts';

/** Published together with one version; packages that a major took into `storybook` itself end with the one before. */
export const storybook: PackageGroup = {
  id: 'storybook',
  summary: 'Storybook, its frameworks and addons',
  leads: ['storybook'],
  members: [
    { name: '@storybook/testing-library', following: 'own-version' },
    { name: '@storybook/jest', following: 'own-version' },
    { name: '@storybook/test-runner', following: 'own-version' },
    { name: '@storybook/addon-styling', following: 'own-version' },
    { name: '@storybook/addon-styling-webpack', following: 'own-version' },
    { name: '@storybook/addon-webpack5-compiler-babel', following: 'own-version' },
    { name: '@storybook/addon-webpack5-compiler-swc', following: 'own-version' },
    { name: '@storybook/addon-postcss', following: 'own-version' },
    { name: '@storybook/addon-coverage', following: 'own-version' },
    { name: '@storybook/mdx1-csf', following: 'own-version' },
    { name: '@storybook/mdx2-csf', following: 'own-version' },
    { name: '@storybook/csf', following: 'own-version' },
    { name: '@storybook/icons', following: 'own-version' },
    { name: '@storybook/preset-create-react-app', following: 'same-line' },
    { name: '@storybook/*', following: 'same-line' },
    { name: 'eslint-plugin-storybook', following: 'own-version' },
    { name: '@chromatic-com/storybook', following: 'own-version' },
  ],
};
