import type { PackageGroup } from '../package-group.ts';

/** Published together with one major. */
export const trpc: PackageGroup = {
  id: 'trpc',
  summary: 'tRPC, server and clients',
  leads: ['@trpc/server', '@trpc/client'],
  members: [
    { name: '@trpc/client', following: 'same-line' },
    { name: '@trpc/next', following: 'same-line' },
    { name: '@trpc/react-query', following: 'same-line' },
    { name: '@trpc/tanstack-react-query', following: 'same-line' },
  ],
};
