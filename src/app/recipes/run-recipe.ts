import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { CodemodLimits } from '#code/codemod/codemod-work';
import type { OpenScratch } from '#code/codemod/scratch';
import type { RecipeRun, SourceTree } from '#code/engine/recipe-run';
import type { Grants } from '#code/jssg/protocol';
import { withoutSecrets } from '#code/process/without-secrets';
import type { RecipeSource } from '#code/recipe-kit/recipe-source';
import { fail } from '#core/error';

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
  const { runProcess } = await import('#code/process/run-process');
  const { runRecipeSource } = await import('#code/recipe-kit/recipe-source');
  const { env, signal, temporaryDirectory } = machine;
  const tree = await withoutRecipe(await diskTree({ root, runProcess, env, signal }), root, source);
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

/** A package that lies in the tree is not changed by itself: its fixtures would be. */
async function withoutRecipe(tree: SourceTree, root: string, source: RecipeSource): Promise<SourceTree> {
  const { isCodemodPackage } = await import('#code/codemod/codemod-package');
  if (source.kind !== 'package' || !(await isCodemodPackage(source.pack.folder))) return tree;
  const folder = relative(root, source.pack.folder).split(sep).join('/');
  if (folder === '' || folder.startsWith('..')) return tree;
  const paths = tree.paths.filter((path) => !path.startsWith(`${folder}/`));
  return { ...tree, paths, passedOver: [...tree.passedOver, { what: folder, why: 'It is the recipe itself.' }] };
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
