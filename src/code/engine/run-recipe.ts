import picomatch from 'picomatch';
import type { Finding } from '#core/finding';
import { mapBounded } from '../process/bounded.ts';
import type { FileTransform, Recipe, TreeTransform } from '../recipe.ts';
import { recipeParams } from '../recipe-kit/recipe-params.ts';
import { placeAt } from '../text/place.ts';
import { type Homes, homesOf } from './home-package.ts';
import type { RecipeRun, SourceTree } from './recipe-run.ts';
import { type Stage, stageOf } from './stage.ts';
import { isMentioned, type LeftOut, type Open, transformFile } from './transform-file.ts';
import { transformTree } from './transform-tree.ts';
import { unfitText } from './unfit-text.ts';

/** How a recipe is run. */
export type RunRecipeOptions = {
  /** By name; what is not given has its default. */
  readonly params: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
};

type Work = {
  readonly recipe: Recipe;
  readonly stage: Stage;
  readonly homes: Homes;
  readonly params: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
};

/**
 * Runs one of our recipes on a tree. Writes nothing: the answer says what is to become of each file, what was left open,
 * and where the recipe failed; a file on which it fails stays as it is. Throws `bad-input` for a parameter that it does not
 * take, and the signal's reason on abort.
 */
export async function runRecipe(recipe: Recipe, tree: SourceTree, options: RunRecipeOptions): Promise<RecipeRun> {
  const { signal } = options;
  const stage = stageOf(tree, unfitText);
  const work = { recipe, stage, homes: homesOf(stage), params: recipeParams(recipe, options.params), signal };
  const faults: Finding[] = [];
  const notes: string[] = [];
  for (const group of groupsOf(recipe)) {
    signal.throwIfAborted();
    if (Array.isArray(group)) faults.push(...(await overFiles(group, work)));
    else {
      const done = await overTree(group, work);
      if ('why' in done) faults.push(faultOf(recipe, { transform: group.id, why: done.why }));
      else notes.push(...done.notes);
    }
  }
  return {
    changes: stage.changes(),
    unresolved: await unresolvedOf(recipe, stage),
    faults,
    passedOver: [...tree.passedOver, ...stage.passedOver()],
    looked: stage.looked(),
    gates: [],
    notes,
  };
}

/** File transforms that follow each other run together, so that each file is read once. */
function groupsOf({ transforms }: Recipe): readonly (FileTransform[] | TreeTransform)[] {
  const groups: (FileTransform[] | TreeTransform)[] = [];
  for (const transform of transforms) {
    const last = groups.at(-1);
    if (transform.kind === 'tree') groups.push(transform);
    else if (Array.isArray(last)) last.push(transform);
    else groups.push([transform]);
  }
  return groups;
}

const width = 8;

async function overFiles(transforms: readonly FileTransform[], work: Work): Promise<readonly Finding[]> {
  const { stage, signal } = work;
  const matchers = transforms.map((transform) => ({ transform, isIn: picomatch([...transform.files], { dot: true }) }));
  const wanted = stage.paths().flatMap((path) => {
    const own = matchers.filter(({ isIn }) => isIn(path)).map(({ transform }) => transform);
    return own.length === 0 ? [] : [{ path, own }];
  });
  const faults = await mapBounded(wanted, { width, signal }, ({ path, own }) => overFile(path, own, work));
  return faults.flat();
}

async function overFile(path: string, own: readonly FileTransform[], work: Work): Promise<readonly Finding[]> {
  const { recipe, stage, homes, params } = work;
  const text = await stage.text(path);
  if (text === undefined || !own.some((transform) => isMentioned(transform, text))) return [];
  const context = { params, home: await homes(path), paths: stage.paths };
  const outcome = await transformFile(path, text, { transforms: own, context });
  if (outcome.kind === 'failed') return [faultOf(recipe, { path, ...outcome })];
  if (outcome.text !== text) await stage.put(path, outcome.text, outcome.moved);
  stage.leaveOpen(path, outcome.open);
  return outcome.leftOut.map(({ transform, offset }) =>
    leftOutOf(recipe, { path, text: outcome.text, transform, offset }),
  );
}

async function overTree(transform: TreeTransform, work: Work): ReturnType<typeof transformTree> {
  const { stage, homes, params } = work;
  const home = await homes('package.json');
  return await transformTree(transform, stage, { params, home, paths: stage.paths });
}

type Failed = { readonly path?: string; readonly transform: string; readonly why: string };

function faultOf({ id }: Recipe, { path, transform, why }: Failed): Finding {
  return {
    rule: 'recipe/failed',
    severity: 'error',
    message: `The recipe ${id} failed ${path === undefined ? '' : `on ${path} `}in ${transform}: ${why}`,
    cure: path === undefined ? 'Nothing of this transform was done.' : 'The file was left as it is; change it by hand.',
    object: `${id}/${transform}`,
    ...(path === undefined ? {} : { file: path }),
  };
}

type LeftOutPlace = LeftOut & { readonly path: string; readonly text: string };

function leftOutOf({ id }: Recipe, { path, text, transform, offset }: LeftOutPlace): Finding {
  const { line, column } = placeAt(path, text, { offset, length: 0 });
  return {
    rule: 'recipe/failed',
    severity: 'error',
    message: `The recipe ${id} failed on ${path} in ${transform}: What it made of line ${line} does not parse.`,
    cure: 'What this transform does was left out of the file, and the others were made; change it by hand.',
    object: `${id}/${transform}`,
    file: path,
    line,
    column,
  };
}

async function unresolvedOf(recipe: Recipe, stage: Stage): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [path, open] of [...stage.open()].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const text = (await stage.text(path)) ?? '';
    const sorted = open.toSorted((one, other) => one.item.offset - other.item.offset);
    findings.push(...sorted.map((one) => findingOf(recipe, { path, text, open: one })));
  }
  return findings;
}

function findingOf(
  { id, applies: [applied] }: Recipe,
  { path, text, open: { transform, item } }: { readonly path: string; readonly text: string; readonly open: Open },
): Finding {
  const { offset, length, message, cure, symbol, evidence, isAdvice } = item;
  const start = placeAt(path, text, { offset, length });
  const end = placeAt(path, text, { offset: offset + length, length: 0 });
  return {
    rule: `recipe/${id}/${transform}`,
    severity: isAdvice === true ? 'advice' : 'warning',
    message,
    ...(cure === undefined ? {} : { cure }),
    file: path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    ...(applied === undefined ? {} : { package: applied.package, from: applied.from, to: applied.to }),
    ...(symbol === undefined ? {} : { symbol }),
    ...(evidence === undefined ? {} : { evidence }),
  };
}
