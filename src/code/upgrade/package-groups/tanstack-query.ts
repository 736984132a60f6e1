import type { PackageGroup } from '../package-group.ts';

/** Published together with one major. */
export const tanstackQuery: PackageGroup = {
  id: 'tanstack-query',
  summary: 'TanStack Query with devtools and lint rules',
  leads: ['@tanstack/react-query', '@tanstack/vue-query', '@tanstack/solid-query', '@tanstack/svelte-query'],
  members: [
    { name: '@tanstack/query-core', following: 'same-line' },
    { name: '@tanstack/react-query-devtools', following: 'same-line' },
    { name: '@tanstack/react-query-persist-client', following: 'same-line' },
    { name: '@tanstack/query-sync-storage-persister', following: 'same-line' },
    { name: '@tanstack/query-async-storage-persister', following: 'same-line' },
    { name: '@tanstack/vue-query-devtools', following: 'same-line' },
    { name: '@tanstack/eslint-plugin-query', following: 'same-line' },
  ],
};
