import type { PackageGroup } from '../package-group.ts';

/**
 * TypeScript 7 is a native program: the entry of its package exports a version and no compiler. The users below import the
 * compiler of the package that is named `typescript`, which was looked up in what they publish.
 */
export const typescript: PackageGroup = {
  id: 'typescript',
  summary: 'TypeScript, and who calls its compiler',
  leads: ['typescript'],
  members: [{ name: '@typescript/native', following: 'own-version' }],
  split: {
    package: 'typescript',
    line: '7',
    ends: 'TypeScript 7 has no compiler that a program can call.',
    users: [
      '@rollup/plugin-typescript',
      '@storybook/react',
      '@sveltejs/package',
      '@typescript-eslint/*',
      '@vue/vue3-jest',
      'eslint-plugin-deprecation',
      'fork-ts-checker-webpack-plugin',
      'gulp-typescript',
      'react-docgen-typescript',
      'rollup-plugin-dts',
      'rollup-plugin-typescript2',
      'svelte-check',
      'svelte-preprocess',
      'svelte2tsx',
      'ts-jest',
      'ts-loader',
      'ts-node',
      'ts-patch',
      'tslint',
      'tsup',
      'typedoc',
      'typescript-eslint',
      'vite-plugin-checker',
      'vite-plugin-dts',
      'vue-tsc',
    ],
    keep: { package: '@typescript/typescript6', line: '6' },
    alias: '@typescript/native',
    source: 'https://devblogs.microsoft.com/typescript/announcing-typescript-7-0/',
  },
};
