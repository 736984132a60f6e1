import { readFile, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { fail } from '#core/error';
import { type CodemodPackage, isCodemodPackage, readCodemodPackage } from '../codemod/codemod-package.ts';
import type { CodemodOptions } from '../codemod/codemod-work.ts';
import { readMigrations } from '../codemod/migrations.ts';
import { runCodemod } from '../codemod/run-codemod.ts';
import { singlePackage } from '../codemod/single-package.ts';
import type { RecipeRun, SourceTree } from '../engine/recipe-run.ts';
import { runRecipe } from '../engine/run-recipe.ts';
import type { Recipe } from '../recipe.ts';
import { recipes } from './find-recipe.ts';

/** Where a recipe comes from. Whatever it is, it runs the same way and answers in the same form. */
export type RecipeSource =
  | { readonly kind: 'own'; readonly recipe: Recipe }
  | { readonly kind: 'package'; readonly pack: CodemodPackage };

/** What is known beside the name of a recipe. */
export type SourceOptions = {
  /** Absolute folder that paths are from. */
  readonly cwd: string;
  /** Of several workflows of a package, the one by this name. */
  readonly workflow: string | undefined;
  /** Language of a single transform, in the names of the public format. */
  readonly language: string;
  readonly params: Readonly<Record<string, string>>;
};

/**
 * Finds a recipe: by its id on the shelf; a folder with a package in the public format; a file, which may be a transform
 * of either kind, rules of ast-grep in YAML, or a migrations.json of Angular or Nx. Throws `bad-input` for anything else.
 */
export async function openRecipeSource(named: string, options: SourceOptions): Promise<RecipeSource> {
  const own = recipes.find(({ id }) => id === named);
  if (own !== undefined) return { kind: 'own', recipe: own };
  const path = resolve(options.cwd, named);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw unknown(named);
  if (found.isFile()) return { kind: 'package', pack: await packageOfFile(path, options) };
  if (await isCodemodPackage(path)) return { kind: 'package', pack: await readCodemodPackage(path, options.workflow) };
  throw fail('bad-input', {
    what: `${named} is no recipe.`,
    why: `There is no codemod.yaml in ${path}.`,
    next: 'Name a package in the public codemod format, a transform file, or an id of `godwit recipe list`.',
  });
}

/** A line for the shell as a recipe: a published command, or anything else that changes files. */
export function commandSource(line: string, folder: string): RecipeSource {
  return { kind: 'package', pack: singlePackage({ kind: 'command', line, folder }) };
}

/** Runs a recipe of any kind. Writes nothing but into the copy for programs. See `runRecipe` and `runCodemod`. */
export function runRecipeSource(source: RecipeSource, tree: SourceTree, options: CodemodOptions): Promise<RecipeRun> {
  if (source.kind === 'package') return runCodemod(source.pack, tree, options);
  const { signal, params } = options;
  return runRecipe(source.recipe, tree, { signal, params });
}

async function packageOfFile(file: string, { language, cwd, params }: SourceOptions): Promise<CodemodPackage> {
  const extension = extname(file);
  if (file.endsWith('migrations.json')) {
    const { line } = readMigrations(file, { from: params.from, to: params.to });
    return singlePackage({ kind: 'command', line, folder: cwd });
  }
  if (extension === '.yaml' || extension === '.yml') return singlePackage({ kind: 'rules', file });
  if (!/^\.([cm]?[jt]s|[jt]sx)$/.test(extension)) throw noTransform(file);
  const text = await readFile(file, 'utf8');
  return singlePackage(isJscodeshift(text) ? { kind: 'jscodeshift', file } : { kind: 'jssg', file, language });
}

/** A transform of jscodeshift takes a file and an api, and names one or the other; one on ast-grep imports it. */
function isJscodeshift(text: string): boolean {
  if (/codemod:|@ast-grep\/napi|jssg-types/.test(text)) return false;
  return /\bjscodeshift\b|\bapi\b|\bfileInfo\b|\bfile\.source\b/.test(text);
}

function noTransform(file: string): Error {
  return fail('bad-input', {
    what: `${file} is no recipe.`,
    why: 'A recipe is a transform in JavaScript or TypeScript, rules in YAML, or a migrations.json.',
    next: 'See docs/recipes.md.',
  });
}

function unknown(named: string): Error {
  const ids = recipes.map(({ id }) => id).join(', ');
  return fail('bad-input', {
    what: `There is no recipe ${named}.`,
    why: `It is neither a file or folder nor one of ${ids}.`,
    next: 'See `godwit recipe list`.',
  });
}
