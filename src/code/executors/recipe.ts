import { hashOf } from '#core/canonical';
import { fail } from '#core/error';
import type { Executor, Outcome } from '#core/executor';
import { recipeSchema } from '../action.ts';
import { committing, type TreeWorld } from '../execution.ts';
import { inParts } from '../recipe-kit/recipe-parts.ts';
import { runFolder } from '../repository/tree-run.ts';
import type { FileChange } from '../text/file-change.ts';
import { diskTree } from '../tree/disk-tree.ts';
import { writeChanges } from '../tree/tree.ts';
import { installWhereDeclared } from '../workspace/install-changed.ts';

/** Runs a recipe of the shelf over the tracked files, and commits what it writes. */
export function recipe(world: TreeWorld): Executor {
  const { repository } = world;
  return {
    kind: 'code/recipe',
    execute: (action, context) => {
      const planned = recipeSchema.parse(action);
      return committing(world, context, {
        title: planned.message,
        write: async (already) => {
          if (already.length > 0) {
            const more = await installWhereDeclared(already, world, context.signal);
            return { ...more, detail: `${already.length} files written before${more.detail}` };
          }
          // The shelf and the compiler are much to load, and most calls run no recipe.
          const { findRecipe } = await import('../recipe-kit/find-recipe.ts');
          const { runRecipe } = await import('../engine/run-recipe.ts');
          const { signal } = context;
          const tree = await diskTree(repository);
          const made = await runRecipe(findRecipe(planned.recipe), tree, { params: planned.params, signal });
          const { changes, open } = inParts(planned.parts, made);
          checkAsPlanned(planned, changes);
          await writeChanges(repository.git.root, changes, runFolder(repository, context.runId));
          const written = changes.map(({ path }) => path);
          const more = await installWhereDeclared(written, world, signal);
          const findings = [...open, ...more.findings];
          return {
            paths: [...written, ...more.paths],
            detail: `${changes.length} of ${made.looked} files changed${more.detail}${leftOpen(findings)}`,
            measures: { files: changes.length, open: findings.length },
            findings,
            mayBeByHand: more.mayBeByHand,
          };
        },
      });
    },
  };
}

/** From the same text a recipe makes the same text, or it is not the recipe that was planned. */
function checkAsPlanned(
  {
    recipe: id,
    files,
  }: { readonly recipe: string; readonly files: readonly { path: string; before: string; after: string }[] },
  changes: readonly FileChange[],
): void {
  for (const { path, before, after } of files) {
    const change = changes.find((one) => one.path === path);
    if (change?.before === undefined || hashOf(change.before) !== before) continue;
    if (hashOf(change.after ?? '') === after) continue;
    throw fail('drift', {
      what: `The recipe ${id} does not do what was planned; nothing was written.`,
      why: `From the text that ${path} had when the plan was made it makes another one than it made then.`,
      next: 'Use the version of godwit that made the plan, or make a new plan.',
    });
  }
}

function leftOpen(findings: NonNullable<Outcome['findings']>): string {
  if (findings.length === 0) return '';
  const first = findings.slice(0, 5).map(({ file, line, message }) => `${file ?? ''}:${line ?? ''} ${message}`);
  return `; ${findings.length === 1 ? 'one place is' : `${findings.length} places are`} left to a person: ${first.join(' | ')}${findings.length > 5 ? ' | …' : ''}`;
}
