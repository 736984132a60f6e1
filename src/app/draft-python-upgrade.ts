import type { Wish } from '#code/upgrade/wishes';
import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { PlanDraft } from '#core/plan';
import type { OpenTree } from './open-tree.ts';
import { treeToPlan } from './tree-to-plan.ts';
import type { UpgradeRequest } from './upgrade-request.ts';
import type { Surroundings } from './verb.ts';

/** True for a wish that is about Python. */
export function isPythonWish(wish: Wish): boolean {
  return wish.kind === 'package' && /^python$/i.test(wish.name);
}

/**
 * The plan for an upgrade of Python in this folder. Reads only; asks no registry. Throws `no-repository`, `dirty-tree`,
 * `bad-input` and `nothing-to-do`.
 */
export async function draftPythonUpgradeOf(
  wishes: readonly Wish[],
  request: UpgradeRequest,
  surroundings: Surroundings,
): Promise<PlanDraft> {
  const { signal, cwd } = surroundings;
  const { pythonGoal } = await import('#code/python/python-goal');
  const goal = pythonGoal(specOf(wishes, request));
  const { repository, pythonFor } = await treeToPlan(surroundings);
  const { readText } = await import('#code/text/read-text');
  const { inspectPythonFiles } = await import('#code/python/inspect-python');
  const { raisePython } = await import('#code/python/raise-python');
  const { changesOf } = await import('#code/executors/edits');
  const { tryRecipe } = await import('#code/study-upgrade');
  const { findRecipe } = await import('#code/recipe-kit/find-recipe');
  const { draftPythonUpgrade } = await import('#code/python/draft-python-upgrade');
  const { files } = await repository.trackedFiles();
  const snapshot = await inspectPythonFiles(files, (path) => readText(cwd, path));
  if (snapshot.files === 0 && snapshot.versions.length === 0) throw noPython();
  const texts = new Map<string, string>();
  for (const { place } of snapshot.versions) {
    if (texts.has(place.file)) continue;
    const answer = await readText(cwd, place.file);
    if (answer.kind === 'text') texts.set(place.file, answer.text);
  }
  const raised = raisePython(snapshot.versions, goal, (path) => texts.get(path));
  surroundings.on({
    kind: 'notice',
    message: `Looking at ${snapshot.files} Python files, for Python 3.${raised.floor} and newer.`,
  });
  const over = await changesOf(repository.git.root, raised.files);
  // The recipe tells no two Pythons below 3.6 apart.
  const target = raised.floor < 6 ? '3.0' : `3.${raised.floor}`;
  const params = { target, newest: `3.${goal.minor}` };
  const { previews, faults } = await tryRecipe(findRecipe('python-3-upgrade'), params, { repository, signal, over });
  return draftPythonUpgrade({
    intent: { kind: 'upgrade', text: request.text, options: {} },
    fingerprint: await repository.fingerprint(),
    snapshot,
    goal,
    raised,
    recipes: previews.filter((preview) => preview.files.length > 0 || preview.open.length > 0),
    findings: [...faults, ...(await measuredWith(goal.minor, { repository, pythonFor }, surroundings))],
  });
}

/** A gate that wants a Python which this machine lacks is none for it: that is said before anything is done. */
async function measuredWith(
  minor: number,
  { repository, pythonFor }: Pick<OpenTree, 'repository' | 'pythonFor'>,
  { config, signal }: Surroundings,
): Promise<readonly Finding[]> {
  const { otherPython } = await import('#code/gate/other-python');
  const { hookFindings } = await import('#code/repository/commit-hooks');
  return [
    ...otherPython(minor, await pythonFor(minor, signal, 'gate')),
    ...(config.tree.hooks ? await hookFindings(repository) : []),
  ];
}

function specOf(wishes: readonly Wish[], { minAge, overrides, flags }: UpgradeRequest): string | undefined {
  const [wish] = wishes;
  if (wishes.length > 1) {
    throw fail('bad-input', {
      what: 'Python goes to its version in a plan of its own.',
      why: 'The other packages are of another package manager.',
      next: 'Make a plan for each: `--upgrade python@3.14`, then the others.',
    });
  }
  if (minAge !== undefined || overrides.length > 0 || flags.length > 0) {
    throw fail('bad-input', {
      what: '--min-age, --override and --flag say nothing for Python.',
      why: 'They are about packages of a registry.',
      next: 'Leave them out.',
    });
  }
  return wish?.kind === 'package' ? wish.spec : undefined;
}

function noPython(): Error {
  return fail('bad-input', {
    what: 'No plan was made: there is no Python here.',
    why: 'git tracks neither a .py file nor one that names a Python version.',
    next: 'Go to the folder of the project.',
  });
}
