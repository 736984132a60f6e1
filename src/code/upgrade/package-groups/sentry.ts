import type { PackageGroup } from '../package-group.ts';

/** Published together with one version; two versions in one program do not see each other. */
export const sentry: PackageGroup = {
  id: 'sentry',
  summary: 'The SDKs of Sentry',
  leads: [
    '@sentry/browser',
    '@sentry/node',
    '@sentry/react',
    '@sentry/nextjs',
    '@sentry/vue',
    '@sentry/angular',
    '@sentry/svelte',
    '@sentry/sveltekit',
    '@sentry/core',
  ],
  members: [
    { name: '@sentry/browser', following: 'same-line' },
    { name: '@sentry/node', following: 'same-line' },
    { name: '@sentry/react', following: 'same-line' },
    { name: '@sentry/nextjs', following: 'same-line' },
    { name: '@sentry/vue', following: 'same-line' },
    { name: '@sentry/angular', following: 'same-line' },
    { name: '@sentry/svelte', following: 'same-line' },
    { name: '@sentry/sveltekit', following: 'same-line' },
    { name: '@sentry/core', following: 'same-line' },
    { name: '@sentry/profiling-node', following: 'same-line' },
    { name: '@sentry/opentelemetry', following: 'same-line' },
    { name: '@sentry/astro', following: 'same-line' },
    { name: '@sentry/nuxt', following: 'same-line' },
    { name: '@sentry/remix', following: 'same-line' },
    { name: '@sentry/nestjs', following: 'same-line' },
  ],
};
