import { readdir } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { withoutSecrets } from '#code/process/without-secrets';
import type { TestReport } from '#code/recipe-tests/test-report';
import type { TestSurroundings } from '#code/recipe-tests/transform-tests';
import { fail } from '#core/error';

/** What is to be tested. */
export type TestRequest = {
  readonly cwd: string;
  /** A folder, or the id of one of our recipes. */
  readonly named: string;
  readonly filter: string | undefined;
  readonly surroundings: TestSurroundings;
};

/**
 * Runs a recipe's own tests: of one of our recipes its cases, of a package in the public format what its scripts name, of a
 * folder with transforms of jscodeshift their fixtures. Throws `bad-input` where there are none.
 */
export async function testRecipe({ cwd, named, filter, surroundings: given }: TestRequest): Promise<TestReport> {
  const surroundings = { ...given, env: withoutSecrets(given.env) };
  const { ownRecipeReport } = await import('#code/recipe-tests/own-tests');
  const own = await ownRecipeReport(named, filter, surroundings.signal);
  if (own !== undefined) return own;
  const { allRecipes } = await import('./all-recipes.ts');
  if (allRecipes().some(({ id }) => id === named)) throw withoutCases(named);
  const folder = resolve(cwd, named);
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) throw nothing(named, `${folder} is not a folder, and no recipe of ours has that id.`);
  const { isCodemodPackage, readCodemodPackage } = await import('#code/codemod/codemod-package');
  if (await isCodemodPackage(folder)) {
    const { runPackageTests } = await import('#code/recipe-tests/package-tests');
    return runPackageTests(await readCodemodPackage(folder), filter, surroundings);
  }
  return jscodeshiftReport(folder, filter, surroundings);
}

async function jscodeshiftReport(
  folder: string,
  filter: string | undefined,
  surroundings: TestSurroundings,
): Promise<TestReport> {
  const { fixtureHomes, runJscodeshiftTests } = await import('#code/recipe-tests/jscodeshift-tests');
  const { testReport } = await import('#code/recipe-tests/test-report');
  const homes = fixtureHomes(folder);
  if (homes.length === 0) throw nothing(folder, 'It has neither codemod.yaml nor __testfixtures__ of jscodeshift.');
  const cases = [];
  for (const home of homes) cases.push(...(await runJscodeshiftTests(home, folder, surroundings)));
  const wanted = cases.filter(({ name }) => filter === undefined || name.includes(filter));
  return testReport(basename(folder), wanted, []);
}

/** Some recipes of ours want parameters that only a plan gives them, and have no cases in files. */
function withoutCases(id: string): Error {
  return fail('bad-input', {
    what: `The recipe ${id} has no cases that can be run by themselves.`,
    why: 'It gets its parameters from a plan; the tests of godwit itself run it.',
    next: `See what it does with \`godwit explain ${id}\`, or in a tree \`godwit recipe run ${id} --dry-run\` with its parameters.`,
  });
}

function nothing(named: string, why: string): Error {
  return fail('bad-input', {
    what: `${named} has no tests that godwit can run.`,
    why,
    next: `Name the folder of a recipe package, or begin one with \`godwit recipe new ID\`.`,
  });
}

/** The report for people: one line for each case that failed, then the counts. */
export function testText({ recipe, passed, failed, cases, notRun }: TestReport): string {
  const lines = cases
    .filter(({ ok }) => !ok)
    .flatMap(({ name, detail = '' }) => [`✗ ${name}`, ...detail.split('\n').map((line) => `    ${line}`)]);
  const others = notRun.map((command) => `Not run: ${command}`);
  return `${[...lines, ...others, `${recipe}: ${passed} passed, ${failed} failed.`].join('\n')}\n`;
}
