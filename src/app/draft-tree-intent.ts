import { fail } from '#core/error';
import type { PlanDraft } from '#core/plan';
import type { Surroundings } from './verb.ts';

/** What `godwit plan` can be asked for; of a working tree it takes one intent. */
export type TreeIntents = {
  readonly intent?: string | undefined;
  readonly from?: string | undefined;
  readonly up?: string | undefined;
  readonly down?: string | undefined;
  readonly code?: readonly string[] | undefined;
  readonly split?: readonly string[] | undefined;
  readonly breakCycles?: readonly string[] | undefined;
  readonly renameSymbol?: readonly string[] | undefined;
  readonly keepOldName?: boolean | undefined;
  readonly recipe?: readonly string[] | undefined;
  readonly recipeOption?: readonly string[] | undefined;
  readonly move?: readonly string[] | undefined;
  readonly upgrade?: string | undefined;
  readonly minAge?: string | undefined;
  readonly override?: readonly string[] | undefined;
  readonly allowRun?: boolean | undefined;
  readonly flag?: readonly string[] | undefined;
};

const flags = {
  split: '--split',
  breakCycles: '--break-cycles',
  renameSymbol: '--rename-symbol',
  recipe: '--recipe',
  move: '--move',
  upgrade: '--upgrade',
} as const;
const intents = ['split', 'breakCycles', 'renameSymbol', 'recipe', 'move', 'upgrade'] as const;
const ofDatabase = ['intent', 'from', 'up', 'down', 'code'] as const;

/** The plan for the one intent that is of the working tree; undefined where there is none. Throws `bad-input` for two. */
export async function draftTreeIntent(input: TreeIntents, surroundings: Surroundings): Promise<PlanDraft | undefined> {
  const [wanted, second] = intents.filter((name) => input[name] !== undefined);
  const keepsOldNames = input.keepOldName === true;
  if (keepsOldNames && wanted !== 'renameSymbol' && wanted !== 'split') throw aloneOldName();
  if (wanted === undefined) return undefined;
  const sql = ofDatabase.find((name) => input[name] !== undefined);
  if (sql !== undefined) throw twoIntents(flags[wanted], sql === 'intent' ? 'SQL' : `--${sql}`);
  if (second !== undefined) throw twoIntents(flags[wanted], flags[second]);
  return draftOf(input, surroundings);
}

async function draftOf(input: TreeIntents, surroundings: Surroundings): Promise<PlanDraft | undefined> {
  const { split, breakCycles, renameSymbol, recipe: recipes, move, upgrade: text, keepOldName } = input;
  if (split !== undefined) {
    const { draftSplitOf } = await import('./draft-layout.ts');
    return draftSplitOf({ wishes: split, keepsOldNames: keepOldName === true }, surroundings);
  }
  if (breakCycles !== undefined) {
    const { draftCyclesOf } = await import('./draft-layout.ts');
    return draftCyclesOf(breakCycles, surroundings);
  }
  if (renameSymbol !== undefined) {
    const { draftRenameOf } = await import('./draft-rename.ts');
    return draftRenameOf({ wishes: renameSymbol, keepsOldName: keepOldName === true }, surroundings);
  }
  if (recipes !== undefined) {
    const { draftRecipeOf } = await import('./draft-recipe.ts');
    return draftRecipeOf({ recipes, options: input.recipeOption ?? [] }, surroundings);
  }
  if (move !== undefined) {
    const { draftMoveOf } = await import('./draft-move.ts');
    return draftMoveOf(move, surroundings);
  }
  if (text === undefined) return undefined;
  const { draftUpgradeOf } = await import('./draft-upgrade.ts');
  const { minAge, override: overrides = [], allowRun: mayRun = false, flag = [] } = input;
  return draftUpgradeOf({ text, minAge, overrides, mayRun, flags: flag }, surroundings);
}

function aloneOldName(): Error {
  return fail('bad-input', {
    what: '--keep-old-name stands alone.',
    why: 'It says what becomes of the old name of a symbol, and neither --rename-symbol nor --split was given.',
    next: 'Give both: `godwit plan --rename-symbol FILE#NAME=NEWNAME --keep-old-name`.',
  });
}

function twoIntents(one: string, other: string): Error {
  return fail('bad-input', {
    what: 'Two intents were given.',
    why: `${one} is one change of the working tree, and ${other} is another change.`,
    next: 'Make a plan for each.',
  });
}
