import type { PackageGroup } from '../package-group.ts';

/** Each has numbers of its own; peers tie them together, and they move in one hop where that fits. */
export const svelte: PackageGroup = {
  id: 'svelte',
  summary: 'Svelte with its kit and checker',
  leads: ['svelte'],
  members: [
    { name: '@sveltejs/*', following: 'own-version' },
    { name: 'svelte-check', following: 'own-version' },
    { name: 'prettier-plugin-svelte', following: 'own-version' },
    { name: 'eslint-plugin-svelte', following: 'own-version' },
  ],
};
