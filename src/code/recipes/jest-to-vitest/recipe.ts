import type { Recipe } from '../../recipe.ts';
import { nodeFloor } from '../../vitest/node-floor.ts';
import { compilerTypes } from './transforms/compiler-types.ts';
import { configuration } from './transforms/configuration.ts';
import { constructedMocks } from './transforms/constructed-mocks.ts';
import { imports } from './transforms/imports.ts';
import { jestObject } from './transforms/jest-object.ts';
import { jestTypes } from './transforms/jest-types.ts';
import { lintGlobals } from './transforms/lint-globals.ts';
import { moduleMocks } from './transforms/module-mocks.ts';
import { otherMeanings } from './transforms/other-meanings.ts';
import { snapshots } from './transforms/snapshots.ts';
import { testFunctions } from './transforms/test-functions.ts';

/** Tests, mocks, snapshots, configuration, scripts and dependencies go from Jest to Vitest. */
export const jestToVitest: Recipe = {
  id: 'jest-to-vitest',
  summary: 'Tests, mocks, snapshots, configuration, scripts and dependencies go from Jest to Vitest',
  why: 'Vitest runs the same tests through Vite; its globals are those of Jest, and where it differs is written in its guide Migrating from Jest. What has no counterpart is named.',
  applies: [],
  risk: 'medium',
  params: { vitest: { summary: 'The range of Vitest that package.json is to name', default: '^4.1.0' } },
  transforms: [
    nodeFloor('jest'),
    moduleMocks,
    otherMeanings,
    constructedMocks,
    jestObject,
    testFunctions,
    jestTypes,
    imports,
    snapshots,
    compilerTypes,
    lintGlobals,
    configuration,
  ],
};
