import { createTwoFilesPatch } from 'diff';
import { hashOf } from '#core/canonical';
import type { Finding } from '#core/finding';
import type { RecipeRun, SourceTree } from './engine/recipe-run.ts';
import { directToFlagged } from './flag/direct-to-flagged.ts';
import { flagOf } from './flag/flag-params.ts';
import { flaggedToDirect } from './flag/flagged-to-direct.ts';
import type { Recipe } from './recipe.ts';
import { type RecipePart, recipeParts, wholeOf } from './recipe-kit/recipe-parts.ts';
import { recipes } from './recipes/index.ts';
import type { Repository } from './repository/repository.ts';
import type { FileChange } from './text/file-change.ts';
import type { FileEdits } from './text/file-edits.ts';
import { diskTree, joinChanges } from './tree/disk-tree.ts';
import type { ReadFile } from './typescript-settings.ts';
import { isReason } from './upgrade/applies.ts';
import { flagParamsFor } from './upgrade/flag-wish.ts';
import { recipeCure } from './upgrade/left-to-people.ts';
import { manifestChanges } from './upgrade/manifest-edits.ts';
import { runtimePackage } from './upgrade/runtime/runtime-goal.ts';
import type { FlaggedHop, HopReading, RecipePreview, StudiedHop } from './upgrade/studied-hop.ts';
import type { ToolChoice } from './upgrade/tools-for.ts';
import type { Hop } from './upgrade/upgrade-path.ts';

/** What two versions of the packages of a hop differ in, as far as the tree is concerned. */
export type Breaks = {
  readonly findings: readonly Finding[];
  readonly facts: readonly Finding[];
  readonly reading: HopReading;
  /** Findings whose error is gone once files are changed so. */
  settledBy(changes: readonly FileChange[]): ReadonlySet<Finding>;
};

/** Longest diff that a plan holds for reading, in lines. */
const diffLinesMax = 2_000;

/**
 * Looks at every hop before anything is changed: recipes that apply are tried on the tree as the hops before leave it, and
 * what breaks is joined with what they take care of. Reads only.
 */
export async function studyHops(
  hops: readonly Hop[],
  options: {
    readonly repository: Repository;
    readonly signal: AbortSignal;
    readonly breaksOf: (hop: Hop) => Promise<Breaks>;
    /** The published tools that a hop calls. */
    readonly toolsOf: (hop: Hop) => Promise<ToolChoice>;
    readonly progress: (text: string) => void;
    /** Packages that are put behind a flag first. */
    readonly flags: readonly string[];
  },
): Promise<readonly StudiedHop[]> {
  const studied: StudiedHop[] = [];
  let over: readonly FileChange[] = [];
  /** Files that the hops before change: places found in the tree as it is now do not hold there. */
  const touched = new Set<string>();
  for (const hop of hops) {
    options.progress(`Looking at what breaks: ${hop.title}.`);
    const { findings, facts, reading, settledBy } = await options.breaksOf(hop);
    const versions = await manifestChanges(hop, readerOf(await diskTree(options.repository, over)));
    const tried = await tryRecipes(hop, { ...options, over: joinChanges(over, versions) });
    const settled = tried.changes.length === 0 ? new Set<Finding>() : settledBy(tried.changes);
    const covered = findings
      .map((finding) => coveredBy(finding, { ...tried, settled }))
      .map((finding) => (touched.has(finding.file ?? '') ? withoutEdit(finding) : finding));
    const edits = editsOf(covered.filter(({ file }) => !tried.changes.some(({ path }) => path === file)));
    for (const { path } of [...edits, ...tried.changes]) touched.add(path);
    const flag = options.flags.includes(hop.lead.name) ? await flagged(hop, { ...options, over }) : undefined;
    const { tools, findings: notCalled } = await options.toolsOf(hop);
    studied.push({
      hop,
      breaks: covered,
      reading,
      facts: [...facts, ...notCalled],
      edits,
      recipes: tried.previews,
      tools,
      flag,
    });
    over = joinChanges(joinChanges(over, versions), tried.changes);
  }
  return studied;
}

function readerOf(tree: SourceTree): ReadFile {
  return async (path) => {
    const answer = await tree.read(path);
    return 'text' in answer ? answer.text : undefined;
  };
}

/** Recipes of the shelf that one of the moves of a hop is a reason for. Pure. */
export function recipesFor({ changes, runtime }: Pick<Hop, 'changes' | 'runtime'>): readonly Recipe[] {
  const moves =
    runtime === undefined ? changes : [...changes, { name: runtimePackage, package: undefined, ...runtime }];
  return recipes.filter(({ applies }) => moves.some((move) => isReason(applies, move)));
}

type Trial = {
  readonly repository: Repository;
  readonly signal: AbortSignal;
  readonly over: readonly FileChange[];
};
type Tried = { readonly previews: readonly RecipePreview[]; readonly changes: readonly FileChange[] };

async function tryRecipes(hop: Hop, trial: Trial): Promise<Tried> {
  const previews: RecipePreview[] = [];
  let mine: readonly FileChange[] = [];
  for (const recipe of recipesFor(hop)) {
    const tried = await tryRecipe(recipe, {}, { ...trial, over: joinChanges(trial.over, mine) });
    previews.push(...tried.previews);
    mine = joinChanges(mine, tried.changes);
  }
  return { previews, changes: mine };
}

/** What a recipe makes of a tree, as the steps of a plan are to make it again. Writes nothing. */
export async function tryRecipe(
  recipe: Recipe,
  params: Readonly<Record<string, string>>,
  trial: Trial,
): Promise<Tried & { readonly faults: readonly Finding[] }> {
  const run = await runOn(recipe, params, trial);
  const again = (over: readonly FileChange[]) =>
    runOn(recipe, params, { ...trial, over: joinChanges(trial.over, over) });
  const parts = await recipeParts(run, again);
  return { previews: parts.map((part) => previewOf(recipe, params, part)), changes: run.changes, faults: run.faults };
}

async function runOn(
  recipe: Recipe,
  params: Readonly<Record<string, string>>,
  { repository, signal, over }: Trial,
): Promise<RecipeRun> {
  const { runRecipe } = await import('./engine/run-recipe.ts');
  return await runRecipe(recipe, await diskTree(repository, over), { params, signal });
}

function previewOf(
  { id, summary, risk }: Recipe,
  params: Readonly<Record<string, string>>,
  { parts, changes, open }: RecipePart,
): RecipePreview {
  const files = changes.map(({ path, before, after }) => ({
    path,
    before: hashOf(before ?? ''),
    after: hashOf(after ?? ''),
  }));
  return { recipe: id, summary, risk, params, parts, files, diff: diffOf(changes), open };
}

/** Tries both ends of a flag: what makes it, and what takes it away again. */
async function flagged(hop: Hop, trial: Trial): Promise<FlaggedHop> {
  const params = flagParamsFor(hop);
  const begun = await runOn(directToFlagged, params, trial);
  const over = joinChanges(trial.over, begun.changes);
  const ended = await runOn(flaggedToDirect, params, { ...trial, over });
  const whole = (recipe: Recipe, run: RecipeRun): RecipePreview => previewOf(recipe, params, wholeOf(run));
  return {
    variable: flagOf(params).variable,
    begin: whole(directToFlagged, begun),
    end: whole(flaggedToDirect, ended),
  };
}

/** Changes as a unified diff. Pure. */
export function diffOf(changes: readonly FileChange[]): string {
  const patches = changes.map(({ path, before = '', after = '' }) =>
    createTwoFilesPatch(path, path, before, after, undefined, undefined, { context: 2 }).replace(/^=+\n/, ''),
  );
  const lines = patches.join('').split('\n');
  if (lines.length <= diffLinesMax) return lines.join('\n');
  return [...lines.slice(0, diffLinesMax), `… and ${lines.length - diffLinesMax} more lines`].join('\n');
}

/** A break is taken care of by a recipe that rewrites its line, or after which the compiler has nothing to say of it. */
function coveredBy(
  finding: Finding,
  { previews, changes, settled }: Tried & { readonly settled: ReadonlySet<Finding> },
): Finding {
  const { file, line } = finding;
  const change = changes.find(({ path }) => path === file);
  if (change?.before === undefined || line === undefined) return finding;
  const text = change.before.split('\n')[line - 1];
  const isRewritten = text !== undefined && change.after?.split('\n').includes(text) !== true;
  if (!isRewritten && !settled.has(finding)) return finding;
  const { edit: _, ...rest } = finding;
  const makers = previews.filter(({ files }) => files.some(({ path }) => path === file));
  const by = new Set(makers.map(({ recipe }) => recipe));
  return {
    ...rest,
    cure: `${recipeCure}${[...by].join(', ')} ${isRewritten ? 'rewrites this line' : 'settles this'}.`,
  };
}

function withoutEdit({ edit: _, ...rest }: Finding): Finding {
  return rest;
}

/** The edits that findings propose, by file; of two that overlap only the first. Pure. */
export function editsOf(findings: readonly Finding[]): readonly FileEdits[] {
  const byFile = new Map<string, NonNullable<Finding['edit']>[]>();
  for (const { file, edit } of findings) {
    if (file === undefined || edit === undefined) continue;
    const others = byFile.get(file) ?? [];
    const isFree = others.every(
      (one) => one.offset + one.length <= edit.offset || edit.offset + edit.length <= one.offset,
    );
    if (isFree) byFile.set(file, [...others, edit]);
  }
  return [...byFile]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, edits]) => ({ path, edits: edits.toSorted((one, other) => one.offset - other.offset) }));
}
