import semver from 'semver';
import type { PublishedTool } from '../published-tool.ts';

/** Transforms by the major that asks for them, as the documentation of each major lists them: nextjs.org/docs, "Codemods". */
const transforms: Readonly<Record<number, readonly string[]>> = {
  13: ['next-image-to-legacy-image', 'new-link'],
  14: ['next-og-import', 'metadata-to-viewport-export'],
  15: ['next-async-request-api', 'app-dir-runtime-config-experimental-edge'],
  16: ['middleware-to-proxy', 'remove-unstable-prefix', 'next-experimental-turbo-to-turbopack'],
};

/** The transforms of Next.js itself. Those that ask questions or install packages are left out; --force, because the copy is no repository. */
export const nextCodemod: PublishedTool = {
  id: 'next-codemod',
  summary: 'The codemods that Next.js publishes for a major',
  why: 'Next.js publishes a codemod for most of what a major changes in sources (nextjs.org/docs/app/guides/upgrading/codemods).',
  package: '@next/codemod',
  applies: [{ package: 'next', from: '>=12', to: '>=13' }],
  versionsFor: (to) => `^${semver.major(to)}`,
  runs: 'after',
  environment: { NEXT_TELEMETRY_DISABLED: '1' },
  callsFor: ({ to }) => (transforms[semver.major(to)] ?? []).map((name) => [name, '.', '--force']),
};
