import { stat } from 'node:fs/promises';
import type { CodemodLimits } from '#code/codemod/codemod-work';
import type { RecipeRun } from '#code/engine/recipe-run';
import type { Grants } from '#code/jssg/protocol';
import type { RecipeSource } from '#code/recipe-source';
import { fail } from '#core/error';
import type { OpenScratch } from './recipe-scratch.ts';

/** How a recipe is asked for. */
export type RunRecipeRequest = {
  /** Absolute folder of the tree. */
  readonly root: string;
  readonly source: RecipeSource;
  readonly params: Readonly<Record<string, string>>;
  readonly grants: Grants;
  readonly confirmed: readonly string[];
  readonly skip: readonly string[];
};

/** What of the machine a run may use. */
export type RecipeMachine = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly temporaryDirectory: string;
};

const limits: CodemodLimits = { fileMs: 30_000, programMs: 15 * 60_000, memoryMb: 2_048 };

/**
 * Runs a recipe on a tree and answers what is to become of it; the tree itself is not written. Throws `bad-input` where the
 * folder is not there, and what the recipe itself throws.
 */
export async function runRecipeOn(request: RunRecipeRequest, machine: RecipeMachine): Promise<RecipeRun> {
  const { root, source, params, grants, confirmed, skip } = request;
  await expectFolder(root);
  const { diskTree } = await import('#code/engine/disk-tree');
  const { runProcess } = await import('#code/run-process');
  const { runRecipeSource } = await import('#code/recipe-source');
  const { env, signal, temporaryDirectory } = machine;
  const tree = await diskTree({ root, runProcess, env, signal });
  let open: OpenScratch | undefined;
  const openScratch = async () => {
    const { openRecipeScratch } = await import('./recipe-scratch.ts');
    open ??= await openRecipeScratch(root, tree, { temporaryDirectory, signal });
    return open.scratch;
  };
  try {
    return await runRecipeSource(source, tree, {
      root,
      params,
      grants,
      confirmed: new Set(confirmed),
      skip: new Set(skip),
      openScratch: grants.run ? openScratch : undefined,
      runProcess,
      env: withoutSecrets(env),
      limits,
      signal,
    });
  } finally {
    await open?.close();
  }
}

const secret = /token|secret|passw|credential|api_?key|private|(^|_)auth/i;

/** A recipe is foreign code: it gets no variable whose name says that it is a secret, and no database. */
export function withoutSecrets(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !secret.test(name) && !/DATABASE_URL|^PG/.test(name)),
  );
}

async function expectFolder(root: string): Promise<void> {
  const found = await stat(root).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  throw fail('bad-input', {
    what: 'There is nothing to run on.',
    why: `${root} is not a folder.`,
    next: 'Name the folder of the tree with --cwd.',
  });
}
