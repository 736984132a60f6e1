import type { Recipe } from '../../recipe.ts';
import { baseUrl } from '../typescript-5-to-6/transforms/base-url.ts';
import { compilerScripts } from '../typescript-5-to-6/transforms/compiler-scripts.ts';
import { importAssertions, moduleKeyword, noDefaultLib } from '../typescript-5-to-6/transforms/module-keyword.ts';
import { moduleResolution } from '../typescript-5-to-6/transforms/module-resolution.ts';
import { goneFormats } from '../typescript-5-to-6/transforms/old-formats.ts';
import { removedOptions } from '../typescript-5-to-6/transforms/removed-options.ts';
import { compilerParts, compilerPaths, compilerUsers, editorSettings } from './transforms/compiler-users.ts';

/** What TypeScript 7 has no more is taken out, and who calls the compiler keeps that of 6 beside it. */
export const typescript6To7: Recipe = {
  id: 'typescript-6-to-7',
  summary: 'tsconfig files without what TypeScript 7 removed; code that calls the compiler keeps that of 6 beside 7',
  why: 'TypeScript 7 is a native program: options deprecated in 6.0 are gone, and the package holds no compiler in JavaScript (announcement of TypeScript 7.0; release notes of 6.0, "Preparing for TypeScript 7.0").',
  applies: [
    { package: 'typescript', from: '>=6 <7', to: '>=7' },
    // Where 6 stays under the name for others, 7 comes beside it.
    { package: '@typescript/typescript6', from: '>=6 <7', to: '>=6 <7' },
  ],
  risk: 'medium',
  transforms: [
    removedOptions,
    moduleResolution,
    baseUrl,
    goneFormats,
    compilerScripts,
    moduleKeyword,
    importAssertions,
    noDefaultLib,
    compilerUsers,
    compilerPaths,
    compilerParts,
    editorSettings,
  ],
};
