import type { Tooling } from '../tooling.ts';

export const testRunners: Tooling = {
  id: 'test-runners',
  role: 'test-runner',
  packages: {
    vitest: 'Vitest',
    jest: 'Jest',
    mocha: 'Mocha',
    ava: 'AVA',
    jasmine: 'Jasmine',
    karma: 'Karma',
    tap: 'tap',
    uvu: 'uvu',
    '@playwright/test': 'Playwright',
    cypress: 'Cypress',
    '@wdio/cli': 'WebdriverIO',
    nightwatch: 'Nightwatch',
  },
};
