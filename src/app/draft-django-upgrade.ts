import type { Wish } from '#code/upgrade/wishes';
import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { PlanDraft } from '#core/plan';
import { treeToPlan } from './tree-to-plan.ts';
import type { UpgradeRequest } from './upgrade-request.ts';
import type { Surroundings } from './verb.ts';

/** True for a wish that is about Django. */
export function isDjangoWish(wish: Wish): boolean {
  return wish.kind === 'package' && /^django$/i.test(wish.name);
}

/**
 * The plan for an upgrade of Django in this folder. Reads only; asks no registry. Throws `no-repository`, `dirty-tree`,
 * `bad-input` and `nothing-to-do`.
 */
export async function draftDjangoUpgradeOf(
  wishes: readonly Wish[],
  request: UpgradeRequest,
  surroundings: Surroundings,
): Promise<PlanDraft> {
  const { signal, cwd, config } = surroundings;
  const { djangoGoal, pythonFor: oldestFor } = await import('#code/python/django-goal');
  const goal = djangoGoal(specOf(wishes, request));
  const { repository, pythonFor } = await treeToPlan(surroundings);
  const { readText } = await import('#code/text/read-text');
  const { inspectPythonFiles } = await import('#code/python/inspect-python');
  const { djangoPlacesIn, mayNameDjango } = await import('#code/python/django-places');
  const { djangoLocks } = await import('#code/python/django-locks');
  const { raiseDjango } = await import('#code/python/raise-django');
  const { draftDjangoUpgrade } = await import('#code/python/draft-django-upgrade');
  const { changesOf } = await import('#code/executors/edits');
  const { tryRecipe } = await import('#code/study-upgrade');
  const { findRecipe } = await import('#code/recipe-kit/find-recipe');
  const { hookFindings } = await import('#code/repository/commit-hooks');
  const { files } = await repository.trackedFiles();
  const snapshot = await inspectPythonFiles(files, (path) => readText(cwd, path));
  if (snapshot.files === 0) throw noPython();
  const texts = new Map<string, string>();
  for (const path of files.filter(mayNameDjango)) {
    signal.throwIfAborted();
    const answer = await readText(cwd, path);
    if (answer.kind === 'text') texts.set(path, answer.text);
  }
  const places = [...texts].flatMap(([path, text]) => djangoPlacesIn(path, text));
  const raised = raiseDjango(places, goal, (path) => texts.get(path));
  surroundings.on({
    kind: 'notice',
    message: `Looking at ${snapshot.files} Python files, for Django ${goal.release} and newer.`,
  });
  const over = await changesOf(repository.git.root, raised.files);
  const params = { 'target-version': goal.release };
  const tried = await tryRecipe(findRecipe('django-upgrade'), params, { repository, signal, over });
  const own = await pythonFor(oldestFor(goal), signal, 'baseline');
  const hooks: readonly Finding[] = config.tree.hooks ? await hookFindings(repository) : [];
  return draftDjangoUpgrade({
    intent: { kind: 'upgrade', text: request.text, options: {} },
    fingerprint: await repository.fingerprint(),
    snapshot,
    places,
    goal,
    raised,
    recipes: tried.previews.filter((preview) => preview.files.length > 0 || preview.open.length > 0),
    python: Number(own.version.split('.')[1]),
    findings: [...tried.faults, ...djangoLocks(files, goal), ...hooks],
  });
}

function specOf(wishes: readonly Wish[], { minAge, overrides, flags }: UpgradeRequest): string | undefined {
  if (wishes.length > 1) {
    throw fail('bad-input', {
      what: 'Django goes to its version in a plan of its own.',
      why: 'The other packages are of another package manager, and a gate stands between Python and Django: what fails behind both would be nobody’s.',
      next: 'Make a plan for each: `--upgrade python@3.12` first where Django needs it, then `--upgrade django@5.2`.',
    });
  }
  if (minAge !== undefined || overrides.length > 0 || flags.length > 0) {
    throw fail('bad-input', {
      what: '--min-age, --override and --flag say nothing for Django.',
      why: 'They are about packages of a registry of npm.',
      next: 'Leave them out.',
    });
  }
  const [wish] = wishes;
  return wish?.kind === 'package' ? wish.spec : undefined;
}

function noPython(): Error {
  return fail('bad-input', {
    what: 'No plan was made: there is no Python here.',
    why: 'git tracks no .py file.',
    next: 'Go to the folder of the project.',
  });
}
