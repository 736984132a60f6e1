import * as z from 'zod';
import { asJson } from '#app/as-json';
import { testRecipe, testText } from '#app/recipes/test-recipe';
import { exitCodes } from '#core/error';
import type { Command } from '../../command.ts';

const input = z.strictObject({
  recipe: z.string().default('.').describe('Folder of a recipe package or of jscodeshift transforms, or an id of ours'),
  filter: z.string().optional().describe('Only cases whose name holds this'),
  allowFiles: z.boolean().default(false).describe('Let the transform read files outside of its cases and its package'),
  allowNetwork: z.boolean().default(false).describe('Let the transform open connections'),
});

/** A recipe's own tests. */
export const recipeTest: Command<z.infer<typeof input>> = {
  name: 'recipe/test',
  summary: 'Run the tests that a recipe brings',
  description:
    'Runs what the package’s own test scripts name for the public runner, with its layouts and comparisons; without scripts, every transform of its workflow on tests/. Fixtures of jscodeshift run with the options that their tests give. Transforms run in a fenced process and nothing is written.',
  examples: [
    { command: 'godwit recipe test ./my-codemod', says: 'a package in the public format' },
    { command: 'godwit recipe test --json --filter import', says: 'some cases of the package here, as a document' },
  ],
  argument: 'recipe',
  input,
  async execute({ recipe, filter, allowFiles, allowNetwork }, { cwd, env, signal }) {
    const surroundings = {
      grants: { files: allowFiles, run: false, network: allowNetwork },
      env,
      memoryMb: 2_048,
      signal,
    };
    const report = await testRecipe({ cwd, named: recipe, filter, surroundings });
    const isGood = report.failed === 0 && report.passed > 0;
    return { json: asJson(report), text: testText(report), exit: isGood ? exitCodes.done : exitCodes.verification };
  },
};
