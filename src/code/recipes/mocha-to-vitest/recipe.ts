import type { Recipe } from '../../recipe.ts';
import { nodeFloor } from '../../vitest/node-floor.ts';
import { compilerTypes } from './transforms/compiler-types.ts';
import { configuration } from './transforms/configuration.ts';
import { lintEnvironment } from './transforms/lint-environment.ts';
import { testContext } from './transforms/test-context.ts';
import { testFunctions } from './transforms/test-functions.ts';

/** Tests, configuration, scripts and dependencies go from Mocha to Vitest; assertions and spies stay as they are. */
export const mochaToVitest: Recipe = {
  id: 'mocha-to-vitest',
  summary: 'Tests, configuration, scripts and dependencies go from Mocha to Vitest; Chai, assert and Sinon stay',
  why: 'Vitest runs the same tests through Vite. It calls them without `this` and `done`, and with other names of hooks. Chai, `node:assert` and Sinon work in it as they are. What has no counterpart is named.',
  applies: [],
  risk: 'medium',
  params: { vitest: { summary: 'The range of Vitest that package.json is to name', default: '^4.1.0' } },
  transforms: [nodeFloor('mocha'), testContext, testFunctions, lintEnvironment, compilerTypes, configuration],
};
