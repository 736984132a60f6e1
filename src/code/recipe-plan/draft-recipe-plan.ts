import type { Finding } from '#core/finding';
import type { PlanDraft, Step } from '#core/plan';
import type { Check } from '../gate/check.ts';
import { escapesOf } from '../gate/escapes.ts';
import type { Escape } from '../gate/measurement.ts';
import { handEditsStep } from '../plan-parts/hand-edits-step.ts';
import { measuredGate } from '../plan-parts/measured-gate.ts';
import { preparePhase } from '../plan-parts/prepare-phase.ts';
import type { TreeSnapshot, Unknown } from '../snapshot.ts';
import type { FileChange } from '../text/file-change.ts';
import { notLookedAt } from '../tree/not-looked-at.ts';
import { wholeTree } from '../tree/whole-tree.ts';
import { treeFacts } from '../upgrade/tree-facts.ts';
import { type PlannedChanges, plannedChanges } from './planned-changes.ts';

/** What a recipe makes of the tree that the recipes before it leave. */
export type PlannedRecipe = {
  readonly id: string;
  readonly summary: string;
  readonly why: string;
  readonly changes: readonly FileChange[];
  /** What it could not do, at its places. */
  readonly open: readonly Finding[];
};

/** All that a plan for recipes is made of. */
export type RecipeDraft = {
  /** As they were asked for: ids or folders. */
  readonly wishes: readonly string[];
  readonly recipes: readonly PlannedRecipe[];
  readonly params: Readonly<Record<string, string>>;
  readonly fingerprint: string;
  readonly snapshot: TreeSnapshot;
  readonly checks: readonly Check[];
  readonly findings: readonly Finding[];
  readonly unknown: readonly Unknown[];
};

/** The plan for recipes: baseline, a commit and a gate for each, with their changes as they are now. Pure. */
export function draftRecipePlan(draft: RecipeDraft): PlanDraft {
  const { wishes, recipes, params, snapshot, checks, fingerprint } = draft;
  // A recipe that runs for each word of a list stands there once.
  const names = [...new Set(recipes.map(({ id }) => id.replace(/ \(.*\)$/, '')))];
  const planned = recipes.map((recipe) => ({ recipe, made: plannedChanges(recipe.changes) }));
  return {
    domain: 'working-tree',
    title: `Run the ${names.length === 1 ? 'recipe' : 'recipes'} ${names.join(', then ')}`,
    why: recipes.map(({ summary, why }) => `${summary} ${why}`).join(' '),
    intent: { kind: 'recipe', text: wishes.join('\n'), options: { ...params } },
    origin: { kind: 'working-tree', fingerprint, objects: [wholeTree] },
    current: treeFacts(snapshot, checks),
    target: planned.map(({ recipe, made }) => ({ subject: recipe.id, detail: `${recipe.summary} ${countsOf(made)}` })),
    phases: [
      preparePhase(
        checks,
        planned.flatMap(({ made }) => [...made.moves.map(({ to }) => to), ...made.written.map(({ path }) => path)]),
      ),
      ...planned.flatMap(({ recipe, made }, at) => phasesOf(recipe, made, { place: at + 1, before: recipes[at - 1] })),
      finish(recipes),
    ],
    risks: [...draft.findings, ...draft.unknown.map(notLookedAt)],
    findings: recipes.flatMap(({ open }) => open),
    estimates: [],
  };
}

function countsOf({ moves, files, written, removed }: PlannedChanges): string {
  const counts = [
    files.length === 1 ? '1 file changes' : `${files.length} files change`,
    ...(moves.length === 0 ? [] : [`${moves.length} get another name`]),
    ...(written.length === 0 ? [] : [`${written.length} are new`]),
    ...(removed.length === 0 ? [] : [`${removed.length} go`]),
  ];
  return `${counts.join(', ')}.`;
}

function phasesOf(
  recipe: PlannedRecipe,
  made: PlannedChanges,
  { place, before }: { readonly place: number; readonly before: PlannedRecipe | undefined },
): PlanDraft['phases'] {
  const id = `recipe-${place}`;
  const byHand = before === undefined ? [] : [handEditsStep(`recipe-${place - 1}-by-hand`, before.id)];
  return [
    { id, kind: 'migrate', title: recipe.summary, steps: [...byHand, recipeStep(id, recipe, made)] },
    gatePhase(`gate-${id}`, recipe, made),
  ];
}

function recipeStep(id: string, recipe: PlannedRecipe, made: PlannedChanges): Step {
  return {
    id: `${id}-changes`,
    title: `${recipe.id}: ${countsOf(made)}`,
    action: {
      kind: 'code/changes',
      message: recipe.summary.replace(/\.$/, ''),
      recipe: recipe.id,
      moves: asJson(made.moves),
      files: asJson(made.files),
      written: asJson(made.written),
      removed: asJson(made.removed),
      diff: made.diff,
    },
    rollback: { kind: 'code/undo', reinstall: recipe.changes.some(({ path }) => /(^|\/)package\.json$/.test(path)) },
    verify: { kind: 'code/committed' },
    hazards: [],
  };
}

function gatePhase(
  id: string,
  { id: name, open, changes }: PlannedRecipe,
  { moves }: PlannedChanges,
): PlanDraft['phases'][number] {
  const anys = writtenAnys(moves, changes);
  return measuredGate({
    id,
    what: name,
    open: open.filter(({ severity }) => severity !== 'advice'),
    known: {
      ...(moves.length === 0 ? {} : { moved: asJson(moves) }),
      ...(anys.length === 0 ? {} : { anys: asJson(anys) }),
    },
  });
}

/** Each `any` in files that are JavaScript now and TypeScript then. */
function writtenAnys(moves: PlannedChanges['moves'], changes: readonly FileChange[]): readonly Escape[] {
  return moves.flatMap(({ from, to }) => {
    if (!/\.m?jsx?$/.test(from) || !/\.m?tsx?$/.test(to)) return [];
    const text = changes.find(({ path }) => path === to)?.after;
    return text === undefined ? [] : escapesOf(to, text).filter(({ kind }) => kind === 'any');
  });
}

function finish(recipes: readonly PlannedRecipe[]): PlanDraft['phases'][number] {
  const last = recipes.at(-1);
  const steps = last === undefined ? [] : [handEditsStep(`recipe-${recipes.length}-by-hand`, last.id)];
  return { id: 'finish', kind: 'contract', title: 'Finish', steps };
}

/** As it will be read back from plan.json. */
function asJson(value: unknown): Step['action'][string] {
  return JSON.parse(JSON.stringify(value));
}
