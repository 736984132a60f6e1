import { join } from 'node:path';
import type { RecipeRun } from '#code/engine/recipe-run';
import type { RecipeSource } from '#code/recipe-kit/recipe-source';
import type { Repository } from '#code/repository/repository';
import { fail } from '#core/error';
import type { Surroundings } from './verb.ts';

/** What a recipe runs in. */
export type RunWorld = {
  readonly params: Readonly<Record<string, string>>;
  readonly repository: Repository;
  readonly surroundings: Surroundings;
};

/**
 * The same run, with the lock file of the package manager to which the recipe changes. Throws `approval-required` where an
 * assistant asks: the package manager does what settings of the tree say.
 */
export async function withLock(source: RecipeSource, run: RecipeRun, world: RunWorld): Promise<RecipeRun> {
  if (source.kind !== 'own' || source.recipe.lock === undefined || run.changes.length === 0) return run;
  const { repository, surroundings, params } = world;
  if (surroundings.mayRead !== undefined) throw personRuns(source.recipe.id);
  const { convertLock } = await import('#code/install/convert-lock');
  const { recipeParams } = await import('#code/recipe-kit/recipe-params');
  const { runProcess } = await import('#code/process/run-process');
  const { diskTree, joinChanges } = await import('#code/tree/disk-tree');
  const tree = await diskTree(repository, run.changes);
  const texts = new Map<string, string>();
  for (const path of tree.paths.filter((one) =>
    /(^|\/)(package\.json|\.npmrc)$|^(package-lock\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml)$/.test(one),
  )) {
    const answer = await tree.read(path);
    if ('text' in answer) texts.set(path, answer.text);
  }
  const { changes, findings } = await convertLock(
    {
      lock: source.recipe.lock,
      version: recipeParams(source.recipe, params).pnpm ?? '',
      texts,
      scratch: join(repository.gitDir, 'godwit', 'lock'),
      env: surroundings.env,
      run: runProcess,
    },
    surroundings.signal,
  );
  return { ...run, changes: joinChanges(run.changes, changes), unresolved: [...run.unresolved, ...findings] };
}

function personRuns(recipe: string) {
  return fail('approval-required', {
    what: `An assistant may not plan ${recipe}.`,
    why: 'To plan it a package manager is run, with the registry and the settings that files of the project name.',
    next: `Have a person run \`godwit plan --recipe ${recipe}\`; an assistant may read, rehearse and explain that plan.`,
  });
}
