import type { PackageGroup } from '../package-group.ts';

/** Published together with one version. */
export const playwright: PackageGroup = {
  id: 'playwright',
  summary: 'Playwright and its test runner',
  leads: ['@playwright/test', 'playwright'],
  members: [
    { name: 'playwright', following: 'same-version' },
    { name: 'playwright-core', following: 'same-version' },
  ],
};
