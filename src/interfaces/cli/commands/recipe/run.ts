import { tmpdir } from 'node:os';
import * as z from 'zod';
import { asJson } from '#app/as-json';
import { diffText } from '#app/recipes/diff-text';
import { openSource } from '#app/recipes/open-source';
import { runRecipeOn } from '#app/recipes/run-recipe';
import { runText } from '#app/recipes/run-text';
import { writeChanges } from '#app/recipes/write-changes';
import { exitCodes } from '#core/error';
import type { Command } from '../../command.ts';

const input = z.strictObject({
  recipe: z.string().optional().describe('Id of a recipe, folder of a package, or file of a transform'),
  command: z.string().optional().describe('Instead: a line for the shell that changes files, e.g. a published tool'),
  param: z.array(z.string()).default([]).describe('A parameter as name=value; may be given again'),
  workflow: z.string().optional().describe('Of several workflows of a package, the one by this name'),
  language: z.string().default('typescript').describe('Language of a single transform, as the public format names it'),
  dryRun: z.boolean().default(false).describe('Show the changes as a diff and write nothing'),
  skip: z.array(z.string()).default([]).describe('Leave out a node of a workflow, by its id; may be given again'),
  gate: z.array(z.string()).default([]).describe('Open a gate of a workflow, by its id; may be given again'),
  allowFiles: z.boolean().default(false).describe('Let it read files outside of the tree'),
  allowRun: z.boolean().default(false).describe('Let it start programs; it then works on a copy of the tree'),
  allowNetwork: z.boolean().default(false).describe('Let it open connections'),
});

/** Runs a recipe on the tree here. */
export const recipeRun: Command<z.infer<typeof input>> = {
  name: 'recipe/run',
  summary: 'Run a recipe on the tree here: one of ours, a codemod package, a transform, a command',
  description:
    'What it makes of the files is worked out first, and written only when all of it is known; --dry-run shows it instead. Foreign transforms run in a process that may read the tree and nothing else, unless more is allowed. What a recipe could not do is listed with its place; a file on which it fails is left as it is.',
  examples: [
    { command: 'godwit recipe run uuid-3-to-8 --dry-run', says: 'one of ours, shown as a diff' },
    { command: 'godwit recipe run ./codemods/rename --param from=a --param to=b', says: 'a package with parameters' },
    {
      command: 'godwit recipe run --command "npx @tailwindcss/upgrade" --allow-run --allow-network',
      says: 'a published tool, on a copy',
    },
  ],
  argument: 'recipe',
  input,
  async execute(given, { cwd, env, signal }) {
    const params = paramsOf(given.param);
    const source = await openSource(given, { cwd, params });
    const grants = { files: given.allowFiles, run: given.allowRun, network: given.allowNetwork };
    const request = { root: cwd, source, params, grants, confirmed: given.gate, skip: given.skip };
    const run = await runRecipeOn(request, { env, signal, temporaryDirectory: tmpdir() });
    const isWritten = !given.dryRun && run.changes.length > 0;
    if (isWritten) await writeChanges(cwd, run.changes);
    const title = given.recipe ?? given.command ?? '';
    const diff = given.dryRun ? diffText(run.changes) : '';
    const changes = run.changes.map(({ path, before = null, after = null }) => ({ path, before, after }));
    const json = asJson({ recipe: title, isWritten, ...run, changes });
    return {
      json,
      text: `${diff}${runText(run, title)}`,
      exit: run.faults.length > 0 ? exitCodes.error : exitCodes.done,
    };
  },
};

function paramsOf(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=');
      return at === -1 ? [text, 'true'] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
