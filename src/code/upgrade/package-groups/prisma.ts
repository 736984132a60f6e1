import type { PackageGroup } from '../package-group.ts';

/** Prisma asks for one version of command line and client (https://prisma.io/docs/guides/upgrade-guides/upgrading-versions); adapters are
 * published with them. */
export const prisma: PackageGroup = {
  id: 'prisma',
  summary: 'Prisma, its client and adapters',
  leads: ['prisma'],
  members: [
    { name: '@prisma/client', following: 'same-version' },
    { name: '@prisma/adapter-better-sqlite3', following: 'same-version' },
    { name: '@prisma/adapter-d1', following: 'same-version' },
    { name: '@prisma/adapter-libsql', following: 'same-version' },
    { name: '@prisma/adapter-mariadb', following: 'same-version' },
    { name: '@prisma/adapter-mssql', following: 'same-version' },
    { name: '@prisma/adapter-neon', following: 'same-version' },
    { name: '@prisma/adapter-pg', following: 'same-version' },
    { name: '@prisma/adapter-planetscale', following: 'same-version' },
    { name: '@prisma/instrumentation', following: 'same-version' },
    { name: '@prisma/internals', following: 'same-version' },
    { name: '@prisma/generator-helper', following: 'same-version' },
  ],
  leaps: [{ package: 'prisma', from: '6', to: '8', source: 'https://www.prisma.io/docs/guides/upgrade-prisma-orm' }],
};
