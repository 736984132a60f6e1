import type { Recipe } from '../../recipe.ts';
import { baseUrl } from './transforms/base-url.ts';
import { compilerScripts } from './transforms/compiler-scripts.ts';
import { formerDefaults } from './transforms/former-defaults.ts';
import { formerTypes } from './transforms/former-types.ts';
import { importAssertions, moduleKeyword, noDefaultLib } from './transforms/module-keyword.ts';
import { moduleResolution } from './transforms/module-resolution.ts';
import { namespaceImports } from './transforms/namespace-imports.ts';
import { keptFormats } from './transforms/old-formats.ts';
import { removedOptions } from './transforms/removed-options.ts';
import { rootDir } from './transforms/root-dir.ts';

/** What TypeScript 6 deprecates is written without, and what held where nothing was said is written down. */
export const typescript5To6: Recipe = {
  id: 'typescript-5-to-6',
  summary:
    'tsconfig files without what TypeScript 6 deprecates, with the defaults that held before; old syntax renewed',
  why: 'TypeScript 6.0 deprecates what 7.0 does not have, and changes the defaults of strict, types, rootDir, target and module (release notes of 6.0, "Breaking Changes and Deprecations").',
  applies: [{ package: 'typescript', from: '<6', to: '>=6' }],
  risk: 'medium',
  // What is found by files and imports comes before what moves them.
  transforms: [
    rootDir,
    formerTypes,
    namespaceImports,
    formerDefaults,
    removedOptions,
    moduleResolution,
    baseUrl,
    keptFormats,
    compilerScripts,
    moduleKeyword,
    importAssertions,
    noDefaultLib,
  ],
};
