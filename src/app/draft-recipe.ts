import { relative } from 'node:path';
import type { RecipeRun, SourceTree } from '#code/engine/recipe-run';
import { withoutSecrets } from '#code/process/without-secrets';
import type { RecipeSource } from '#code/recipe-kit/recipe-source';
import type { PlannedRecipe } from '#code/recipe-plan/draft-recipe-plan';
import type { FileChange } from '#code/text/file-change';
import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import { nearestNames } from '#core/nearest-names';
import type { PlanDraft } from '#core/plan';
import { measuredTree } from './measured-tree.ts';
import { treeToPlan } from './tree-to-plan.ts';
import type { Surroundings } from './verb.ts';
import { type RunWorld, withLock } from './with-lock.ts';
import { withRegistry } from './with-registry.ts';

/** Recipes as they are asked for: ids or folders, and options as `KEY=VALUE`. */
export type RecipeRequest = { readonly recipes: readonly string[]; readonly options: readonly string[] };

const limits = { fileMs: 30_000, programMs: 15 * 60_000, memoryMb: 2_048 };

/**
 * The plan for recipes on the working tree of this folder, each on what the ones before it leave. Reads only. Throws
 * `no-repository`, `dirty-tree`, `bad-input` for a recipe or an option that is not known, `unsafe-change` where a recipe
 * fails or leaves all to a person, and `nothing-to-do`.
 */
export async function draftRecipeOf(request: RecipeRequest, surroundings: Surroundings): Promise<PlanDraft> {
  const { cwd } = surroundings;
  const params = optionsOf(request.options);
  const sources = [];
  for (const named of request.recipes) sources.push(await sourceOf(named, params, cwd));
  const { repository } = await treeToPlan(surroundings);
  const { recipes, passedOver } = await plannedRecipes(
    sources.flatMap((source) => inWords(source, params)),
    repository,
    surroundings,
  );
  if (recipes.every(({ changes }) => changes.length === 0)) throw nothing(request.recipes, recipes);
  const { draftRecipePlan } = await import('#code/recipe-plan/draft-recipe-plan');
  const { snapshot, checks, unknown, hooks } = await measuredTree(repository, surroundings);
  return draftRecipePlan({
    wishes: request.recipes,
    recipes,
    params,
    fingerprint: await repository.fingerprint(),
    snapshot,
    checks,
    findings: [...hooks, ...recipes.flatMap(({ open }) => open.filter(({ file }) => file === undefined))],
    unknown: [...unknown, ...[...passedOver].map(([what, why]) => ({ what, why }))],
  });
}

/** One run of a recipe. */
type RecipeCall = {
  readonly source: RecipeSource;
  readonly params: Readonly<Record<string, string>>;
  /** The word of a list that it is about. */
  readonly word?: string;
};

/** A recipe that takes a list runs once for each of its words. */
function inWords(source: RecipeSource, params: Readonly<Record<string, string>>): readonly RecipeCall[] {
  const { each, params: known = {} } = source.kind === 'own' ? source.recipe : {};
  if (each === undefined) return [{ source, params }];
  const words = (params[each] ?? known[each]?.default ?? '').split(',').map((word) => word.trim());
  return words.map((word) => ({ source, params: { ...params, [each]: word }, word }));
}

type Planned = { readonly recipes: readonly PlannedRecipe[]; readonly passedOver: ReadonlyMap<string, string> };

/** What each makes of what those before it leave. What a word leaves open without a change is told with the next one, else the last. */
async function plannedRecipes(
  calls: readonly RecipeCall[],
  repository: RunWorld['repository'],
  surroundings: Surroundings,
): Promise<Planned> {
  const { diskTree, joinChanges } = await import('#code/tree/disk-tree');
  const recipes: PlannedRecipe[] = [];
  const passedOver = new Map<string, string>();
  let over: readonly FileChange[] = [];
  let open: readonly Finding[] = [];
  for (const { source, params, word } of calls) {
    const tree = withRegistry(await diskTree(repository, over), surroundings);
    const world = { params, repository, surroundings };
    const run = await withLock(source, await runOf(source, tree, world), world);
    for (const { what, why } of run.passedOver) passedOver.set(what, why);
    over = joinChanges(over, run.changes);
    const made = plannedOf(source, run);
    open = [...open, ...made.open];
    if (word !== undefined && run.changes.length === 0) continue;
    recipes.push({ ...made, ...(word === undefined ? {} : named(made, word)), open });
    open = [];
  }
  const last = recipes.at(-1);
  if (last === undefined)
    return { recipes: calls.slice(0, 1).map(({ source }) => ({ ...plannedOf(source, empty), open })), passedOver };
  return { recipes: [...recipes.slice(0, -1), { ...last, open: [...last.open, ...open] }], passedOver };
}

/** A run for one word of a list, by its name. */
function named({ id, summary }: PlannedRecipe, word: string): Pick<PlannedRecipe, 'id' | 'summary'> {
  return { id: `${id} (${word})`, summary: `${summary.replace(/\.$/, '')}: ${word}.` };
}

const empty: Pick<RecipeRun, 'changes' | 'unresolved' | 'faults' | 'gates' | 'notes'> = {
  changes: [],
  unresolved: [],
  faults: [],
  gates: [],
  notes: [],
};

function optionsOf(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((option) => {
      const at = option.indexOf('=');
      if (at > 0) return [option.slice(0, at), option.slice(at + 1)] as const;
      throw fail('bad-input', {
        what: `${option} is no option of a recipe.`,
        why: 'It has to be KEY=VALUE.',
        next: 'Write for example `--recipe-option package=packages/api`.',
      });
    }),
  );
}

async function sourceOf(named: string, params: Readonly<Record<string, string>>, cwd: string): Promise<RecipeSource> {
  const { openRecipeSource } = await import('#code/recipe-kit/recipe-source');
  const { recipeParams } = await import('#code/recipe-kit/recipe-params');
  const { recipes } = await import('#code/recipe-kit/find-recipe');
  const isPath = /[./\\]/.test(named);
  if (!isPath && !recipes.some(({ id }) => id === named)) {
    const ids = recipes.map(({ id }) => id);
    const near = nearestNames(named, ids);
    throw fail('bad-input', {
      what: `There is no recipe ${named}.`,
      why: near.length === 0 ? `None of the ${ids.length} is named like it.` : `Did you mean ${near.join(' or ')}?`,
      next: 'See all of them with `godwit recipe list`, or name the folder of a codemod package as ./FOLDER.',
    });
  }
  const source = await openRecipeSource(named, { cwd, workflow: undefined, language: 'typescript', params });
  if (source.kind === 'own') recipeParams(source.recipe, params);
  return source;
}

/** Programs of a package are not run, and it is given no rights: a plan only reads. */
async function runOf(source: RecipeSource, tree: SourceTree, world: RunWorld): Promise<RecipeRun> {
  const { params, repository, surroundings } = world;
  const { runRecipeSource } = await import('#code/recipe-kit/recipe-source');
  const { runProcess } = await import('#code/process/run-process');
  const run = await runRecipeSource(source, withoutRecipe(source, tree, repository.git.root), {
    root: repository.git.root,
    params,
    grants: { files: false, run: false, network: false },
    confirmed: new Set(),
    skip: new Set(),
    openScratch: undefined,
    runProcess,
    env: withoutSecrets(surroundings.env),
    limits,
    signal: surroundings.signal,
  });
  const whole = run.faults.find(({ file }) => file === undefined);
  if (whole === undefined) return run;
  throw fail('unsafe-change', {
    what: 'No plan was made: the recipe cannot be carried through.',
    why: whole.message,
    next: whole.cure ?? 'Change what it names, commit that, and plan again.',
  });
}

/** A package that lies in the tree is not changed by itself: its fixtures would be. */
function withoutRecipe(source: RecipeSource, tree: SourceTree, root: string): SourceTree {
  if (source.kind !== 'package') return tree;
  const folder = relative(root, source.pack.folder).replaceAll('\\', '/');
  if (folder === '' || folder.startsWith('..')) return tree;
  return { ...tree, paths: tree.paths.filter((path) => !path.startsWith(`${folder}/`)) };
}

function plannedOf(source: RecipeSource, { changes, unresolved, faults, gates, notes }: typeof empty): PlannedRecipe {
  const waiting = gates.map(
    ({ id, name }): Finding => ({
      rule: 'recipe/refused',
      severity: 'warning',
      message: `A part of the recipe waits for a person, and is not in this plan: ${name}.`,
      object: id,
    }),
  );
  const open = [...unresolved, ...faults, ...waiting];
  if (source.kind === 'own') {
    const { id, summary, why } = source.recipe;
    return { id, summary, why, changes, notes, open };
  }
  const { name, description } = source.pack.manifest;
  const said = description === undefined || description === '' ? `Run ${name}.` : description;
  return { id: name, summary: said, why: 'It is a package of others.', changes, open };
}

const shownMax = 5;

/** Nothing changes: the tree is as the recipes want it, or they leave all of it to a person, which is said place by place. */
function nothing(names: readonly string[], recipes: readonly PlannedRecipe[]) {
  const open = recipes.flatMap((one) => one.open);
  if (open.length === 0)
    return fail('nothing-to-do', {
      what: 'No plan was made.',
      why: `${names.join(', ')} would change nothing here.`,
      next: 'Run `godwit recipe run` to see what it looks at.',
    });
  const lines = open.slice(0, shownMax).map(({ file, line, message }) => {
    const place = [file, line].filter((part) => part !== undefined).join(':');
    return `\n  ${place === '' ? '' : `${place} `}${message}`;
  });
  const more = open.length > shownMax ? `\n  and ${open.length - shownMax} more` : '';
  const places = open.length === 1 ? 'one place' : `${open.length} places`;
  return fail('unsafe-change', {
    what: 'No plan was made.',
    why: `${names.join(', ')} changes nothing here, and leaves ${places} to a person:${lines.join('')}${more}`,
    next: open[0]?.cure ?? 'Change what is named, commit that, and plan again; `godwit recipe run` shows all places.',
  });
}
