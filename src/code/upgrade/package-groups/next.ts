import type { PackageGroup } from '../package-group.ts';

/** Published together with one version. */
export const next: PackageGroup = {
  id: 'next',
  summary: 'Next.js with its lint rules and plugins',
  leads: ['next'],
  members: [
    { name: 'eslint-config-next', following: 'same-version' },
    { name: '@next/bundle-analyzer', following: 'same-version' },
    { name: '@next/env', following: 'same-version' },
    { name: '@next/eslint-plugin-next', following: 'same-version' },
    { name: '@next/font', following: 'same-version' },
    { name: '@next/mdx', following: 'same-version' },
    { name: '@next/third-parties', following: 'same-version' },
    { name: '@next/codemod', following: 'same-version' },
  ],
};
