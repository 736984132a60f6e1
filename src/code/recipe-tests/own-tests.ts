import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '#core/error';
import { checkCase, readCases } from '../engine/recipe-cases.ts';
import type { Recipe } from '../recipe.ts';
import { recipes } from '../recipes/index.ts';
import { ownFolder } from '../tree/own-folder.ts';
import { type CaseResult, type TestReport, testReport } from './test-report.ts';

/**
 * Runs the cases of one of our recipes; undefined where no recipe has that id. They stand beside its source and are not
 * shipped: throws `bad-input` outside of a checkout.
 */
export async function ownRecipeReport(
  id: string,
  filter: string | undefined,
  signal: AbortSignal,
): Promise<TestReport | undefined> {
  const recipe = recipes.find((one) => one.id === id);
  if (recipe === undefined) return undefined;
  const results: CaseResult[] = [];
  for (const one of readCases(casesFolder(recipe))) {
    if (filter !== undefined && !one.name.includes(filter)) continue;
    const detail = await checkCase(recipe, one, signal);
    results.push(detail === undefined ? { name: one.name, ok: true } : { name: one.name, ok: false, detail });
  }
  return testReport(id, results, []);
}

function casesFolder({ id }: Recipe): string {
  const folder = join(ownFolder(), 'src/code/recipes', id, 'cases');
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
  throw fail('bad-input', {
    what: `The cases of ${id} are not here.`,
    why: 'They stand in the source of godwit and are not part of what is installed.',
    next: 'Run this in a checkout of godwit.',
  });
}
