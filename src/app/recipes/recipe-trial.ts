import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withoutSecrets } from '#code/process/without-secrets';
import type { CaseResult, TestReport } from '#code/recipe-tests/test-report';
import { makeFolder } from '#run/make-folder';
import type { Surroundings } from '../verb.ts';
import { newRecipe } from './new-recipe.ts';
import type { WantedCase } from './recipe-cases.ts';

type Place = Pick<Surroundings, 'env' | 'signal' | 'temporaryDirectory'>;
/** What the cases are written in, and the extension of their files, with its dot. */
export type Language = { readonly language: string; readonly extension: string };

/** All cases together take no longer than this: whoever sent the transform waits. */
const trialMaxMs = 30_000;

/** What gives a transform more than the tree that it is handed. */
const reaching = /\b(?:process|globalThis|global|require|eval|Function|constructor|__proto__)\b|\bimport\s*\(/;

/** Why a transform is not even run: it may use `codemod:ast-grep` and the language itself. Undefined where it may be. Pure. */
export function whyNotRun(source: string): string | undefined {
  const others = [...source.matchAll(/\bfrom\s*['"]([^'"]+)['"]/g)].map(([, name = '']) => name);
  const foreign = others.find((name) => name !== 'codemod:ast-grep');
  if (foreign !== undefined) return `it imports ${foreign}; only codemod:ast-grep is there`;
  const word = reaching.exec(source)?.[0];
  if (word !== undefined)
    return `it uses \`${word}\`; a transform works on the tree that it is given, and on nothing else`;
  return source.length > 60_000 ? 'it is longer than 60,000 characters' : undefined;
}

/**
 * Runs a transform in a fenced process on cases, each once, and once more on what should come of it, which may change nothing
 * more. Nothing stays on disk. One that takes longer than `timeoutMs` in all is ended, which is a case that failed. Throws the
 * signal's reason.
 */
export async function tryTransform(
  source: string,
  cases: readonly WantedCase[],
  given: Place & Language & { readonly timeoutMs?: number },
): Promise<TestReport> {
  const { language, extension, env, signal, temporaryDirectory, timeoutMs = trialMaxMs } = given;
  const deadline = AbortSignal.timeout(timeoutMs);
  const { runTransformTests } = await import('#code/recipe-tests/transform-tests');
  const { testReport } = await import('#code/recipe-tests/test-report');
  const packageFolder = await mkdtemp(join(temporaryDirectory, 'godwit-recipe-'));
  try {
    const script = join(packageFolder, 'scripts', 'codemod.ts');
    const testFolder = join(packageFolder, 'tests');
    await written(script, source);
    for (const { name, before, after } of cases) {
      await writeCase(join(testFolder, name), extension, [before, after]);
      await writeCase(join(testFolder, `${name}-applied-again`), extension, [after, after]);
    }
    const grants = { files: false, run: false, network: false };
    const options = {
      filter: undefined,
      strictness: 'strict',
      isSpaceIgnored: false,
      expectErrors: [],
      isWorkspace: false,
    } as const;
    const tests = { script, packageFolder, testFolder, language, timeoutMs, ...options };
    const results = await runTransformTests(tests, {
      grants,
      env: withoutSecrets(env),
      memoryMb: 2_048,
      signal: AbortSignal.any([signal, deadline]),
    });
    return testReport('transform', results, []);
  } catch (error) {
    if (signal.aborted || error !== deadline.reason) throw error;
    return testReport('transform', [lateTrial(timeoutMs)], []);
  } finally {
    await rm(packageFolder, { recursive: true, force: true });
  }
}

function lateTrial(timeoutMs: number): CaseResult {
  const detail = `It took longer than ${timeoutMs / 1_000} s on all cases together and was ended. Look for a loop that does not end, also at the top of the module.`;
  return { name: 'all cases', ok: false, detail };
}

/** Writes the recipe as a package, with all cases as its tests. Throws `bad-input` where the folder holds something already. */
export async function writeRecipe(
  id: string,
  folder: string,
  made: Language & { readonly source: string; readonly cases: readonly WantedCase[] },
): Promise<readonly string[]> {
  const { source, cases, language, extension } = made;
  const tests = cases.flatMap(({ name, before, after }) => [
    [`${name}/input${extension}`, before],
    [`${name}/expected${extension}`, after],
  ]);
  return newRecipe(id, folder, {
    language,
    extensions: extension.slice(1),
    title: id,
    applies: '',
    transform: source,
    tests: Object.fromEntries(tests),
  });
}

async function writeCase(folder: string, extension: string, [before, after]: readonly [string, string]): Promise<void> {
  await written(join(folder, `input${extension}`), before);
  await written(join(folder, `expected${extension}`), after);
}

async function written(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path));
  await writeFile(path, text);
}
