import type { PackageGroup } from '../package-group.ts';

/** Each demands the exact version of vitest as peer. */
export const vitest: PackageGroup = {
  id: 'vitest',
  summary: 'Vitest with coverage, UI and browsers',
  leads: ['vitest'],
  members: [
    { name: '@vitest/browser', following: 'same-version' },
    { name: '@vitest/browser-playwright', following: 'same-version' },
    { name: '@vitest/browser-preview', following: 'same-version' },
    { name: '@vitest/browser-webdriverio', following: 'same-version' },
    { name: '@vitest/coverage-istanbul', following: 'same-version' },
    { name: '@vitest/coverage-v8', following: 'same-version' },
    { name: '@vitest/ui', following: 'same-version' },
    { name: '@vitest/web-worker', following: 'same-version' },
  ],
};
