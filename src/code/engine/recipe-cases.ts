import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Recipe } from '../recipe.ts';
import type { FileChange } from '../text/file-change.ts';
import { memoryTree } from './memory-tree.ts';
import { faultsOfSyntax, recipeFile } from './recipe-file.ts';
import type { RecipeRun } from './recipe-run.ts';
import { runRecipe } from './run-recipe.ts';

type Texts = Readonly<Record<string, string>>;
const paramsSchema = z.record(z.string(), z.string());

/** A small tree before and after a recipe. */
export type RecipeCase = {
  readonly name: string;
  readonly before: Texts;
  /** Undefined in a negative case: nothing may change. */
  readonly after: Texts | undefined;
  /** Parameters of the run; all others have their defaults. */
  readonly params: Texts;
  /** `path:line:column transform-id` of everything that must be reported, and nothing else may be. */
  readonly unresolved: readonly string[];
};

/** What came out of a case: undefined where it holds, else what does not, for people. */
export type CaseFault = string | undefined;

/** Reads the cases of a recipe from its folder `cases`, in the layout that the contract names. Throws where there is none. */
export function readCases(folder: string): readonly RecipeCase[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names.map(({ name }) => readCase(join(folder, name), name));
}

function readCase(folder: string, name: string): RecipeCase {
  const files = filesBelow(folder);
  const before = sideOf(files, 'before');
  const after = sideOf(files, 'after');
  const renamed = Object.entries(after).map(([path, text]) => [path.replace(/^after\./, 'before.'), text] as const);
  const isNegative = Object.keys(after).length === 0;
  return {
    name,
    before,
    after: isNegative ? undefined : Object.fromEntries(renamed),
    params: paramsSchema.parse(JSON.parse(files['params.json'] ?? '{}')),
    unresolved: (files['unresolved.txt'] ?? '').split('\n').filter((line) => line.trim() !== ''),
  };
}

function filesBelow(folder: string): Texts {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}

/** `before.ts` stands for itself; of a folder `before/` the paths below it. */
function sideOf(files: Texts, side: 'before' | 'after'): Texts {
  const own = Object.entries(files).filter(([path]) => path.startsWith(`${side}.`) || path.startsWith(`${side}/`));
  return Object.fromEntries(own.map(([path, text]) => [path.replace(`${side}/`, ''), text]));
}

/**
 * Runs a case: the result is `after`, what is reported is `unresolved`, everything still parses, a second run changes
 * nothing, and with CRLF, a byte order mark and tabs the same comes out in that style.
 */
export async function checkCase(recipe: Recipe, one: RecipeCase, signal: AbortSignal): Promise<CaseFault> {
  const plain = await checkOnce(recipe, one, signal);
  if (plain !== undefined) return plain;
  const styled = await checkOnce(recipe, withStyle(one), signal);
  return styled === undefined ? undefined : `With CRLF and a byte order mark: ${styled}`;
}

async function checkOnce(recipe: Recipe, one: RecipeCase, signal: AbortSignal): Promise<CaseFault> {
  const options = { params: one.params, signal };
  const run = await runRecipe(recipe, memoryTree(one.before), options);
  const [fault] = run.faults;
  if (fault !== undefined) return fault.message;
  const result = applied(one.before, run.changes);
  const wrong =
    difference(one.before, result, one.after ?? one.before) ?? brokenSyntax(result) ?? reported(recipe, run, one);
  if (wrong !== undefined) return wrong;
  const again = await runRecipe(recipe, memoryTree(result), options);
  const [change] = again.changes;
  return change === undefined
    ? undefined
    : `A second run changes ${change.path} again:\n${change.after ?? '(removed)'}`;
}

function applied(before: Texts, changes: readonly FileChange[]): Texts {
  const texts = new Map(Object.entries(before));
  for (const { path, after } of changes) {
    if (after === undefined) texts.delete(path);
    else texts.set(path, after);
  }
  return Object.fromEntries([...texts].sort());
}

function difference(before: Texts, result: Texts, expected: Texts): CaseFault {
  const paths = [...new Set([...Object.keys(result), ...Object.keys(expected)])].sort();
  const wrong = paths.find((path) => !isSame(path, { before, result, expected }));
  if (wrong === undefined) return undefined;
  return `${wrong} became\n${result[wrong] ?? '(no file)'}\nand should have become\n${expected[wrong] ?? '(no file)'}`;
}

/** A new file has no style of its own yet: any line end will do. */
function isSame(
  path: string,
  texts: { readonly before: Texts; readonly result: Texts; readonly expected: Texts },
): boolean {
  const [result, expected] = [texts.result[path], texts.expected[path]];
  if (path in texts.before) return result === expected;
  const bare = (text: string | undefined) => text?.replace('\uFEFF', '').replaceAll('\r\n', '\n');
  return bare(result) === bare(expected);
}

function brokenSyntax(result: Texts): CaseFault {
  const broken = Object.entries(result).find(([path, text]) => (faultsOfSyntax(recipeFile(path, text)) ?? 0) > 0);
  return broken === undefined ? undefined : `${broken[0]} does not parse:\n${broken[1]}`;
}

function reported(recipe: Recipe, { unresolved }: RecipeRun, one: RecipeCase): CaseFault {
  const prefix = `recipe/${recipe.id}/`;
  const said = unresolved.map(
    ({ file, line, column, rule }) => `${file}:${line}:${column} ${rule.slice(prefix.length)}`,
  );
  if (said.join('\n') === one.unresolved.join('\n')) return undefined;
  return `unresolved is\n${said.join('\n')}\nand should be\n${one.unresolved.join('\n')}`;
}

/** The same case as an editor on Windows would have saved it. */
function withStyle({ before, after, ...rest }: RecipeCase): RecipeCase {
  const styled = (texts: Texts): Texts =>
    Object.fromEntries(
      Object.entries(texts).map(([path, text]) => [path, `\uFEFF${text.replaceAll(/\r?\n/g, '\r\n')}`]),
    );
  const marked = styled(before);
  return { ...rest, before: marked, after: after === undefined ? undefined : styled(after) };
}
