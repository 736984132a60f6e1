import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as z from 'zod';
import { fail, isFailure } from '#core/error';
import { type CodemodPackage, pathInPackage, readWorkflow } from '../codemod/codemod-package.ts';
import { jsonOf } from '../text/read-data.ts';
import { isFolder } from '../tree/walk.ts';
import { type CaseResult, type TestReport, testReport } from './test-report.ts';
import { testsInScripts } from './test-scripts.ts';
import { runTransformTests, type TestSurroundings, type TransformTests } from './transform-tests.ts';

const manifestSchema = z.object({ scripts: z.record(z.string(), z.string()).default({}) });

/**
 * Runs a package's own tests: those that its script `test` names, else those of every transform of its workflow on the
 * folder `tests`. A filter keeps cases whose name holds it. Throws `bad-input` where it has no test at all.
 */
export async function runPackageTests(
  pack: CodemodPackage,
  filter: string | undefined,
  surroundings: TestSurroundings,
): Promise<TestReport> {
  const { tests, workflows, others } = await testsOf(pack);
  if (tests.length + workflows.length === 0) throw nothing(pack, others);
  const cases: CaseResult[] = [];
  const isAlone = new Set(tests.map(({ script }) => script)).size === 1;
  for (const one of tests) {
    const found = await casesOf(one, surroundings);
    const prefix = isAlone ? '' : `${relative(pack.folder, one.script)}: `;
    cases.push(...found.map((result) => ({ ...result, name: prefix + result.name })));
  }
  for (const path of workflows) cases.push(await workflowCase(pack, path));
  const wanted = cases.filter(({ name }) => filter === undefined || name.includes(filter));
  return testReport(
    pack.manifest.name,
    wanted,
    others.map((command) => `${command} (no test of a transform)`),
  );
}

/** Tests that cannot be run at all are one case that fails. */
async function casesOf(tests: TransformTests, surroundings: TestSurroundings): Promise<readonly CaseResult[]> {
  try {
    return await runTransformTests(tests, surroundings);
  } catch (error) {
    if (!isFailure(error, 'bad-input')) throw error;
    return [{ name: relative(tests.packageFolder, tests.script), ok: false, detail: error.explanation.why }];
  }
}

/** The public runner's check of a workflow: it can be read, and nodes do not wait for each other. */
async function workflowCase({ folder }: CodemodPackage, path: string): Promise<CaseResult> {
  const name = `validate ${relative(folder, path)}`;
  try {
    await readWorkflow(path);
    return { name, ok: true };
  } catch (error) {
    if (!isFailure(error, 'bad-input')) throw error;
    return { name, ok: false, detail: error.explanation.why };
  }
}

async function testsOf(pack: CodemodPackage) {
  const text = await readFile(join(pack.folder, 'package.json'), 'utf8').catch(() => '{}');
  const parsed = manifestSchema.safeParse(jsonOf(text));
  const scripted = testsInScripts(parsed.success ? parsed.data.scripts : {}, pack.folder);
  return scripted.tests.length > 0 ? scripted : { ...scripted, tests: await testsByWorkflow(pack) };
}

async function testsByWorkflow({ folder, workflow }: CodemodPackage): Promise<readonly TransformTests[]> {
  const testFolder = join(folder, 'tests');
  if (!(await isFolder(testFolder))) return [];
  const steps = workflow.nodes.flatMap(({ steps }) => steps.flatMap((step) => step['js-ast-grep'] ?? []));
  const scripts = new Map(steps.map((step) => [step.js_file, step]));
  return [...scripts.values()].map((step) => ({
    script: pathInPackage(folder, step.js_file, 'js_file'),
    packageFolder: folder,
    testFolder,
    language: step.language,
    filter: undefined,
    strictness: 'strict',
    isSpaceIgnored: false,
    expectErrors: [],
    isWorkspace: step.semantic_analysis?.mode === 'workspace',
    timeoutMs: 30_000,
  }));
}

function nothing({ manifest, folder }: CodemodPackage, others: readonly string[]): Error {
  const said =
    others.length === 0
      ? 'It has neither a script for them nor a folder tests.'
      : `Its script runs ${others.join(' && ')}.`;
  return fail('bad-input', {
    what: `${manifest.name} has no tests that godwit can run.`,
    why: said,
    next: `Put cases into ${join(folder, 'tests')}: folders with input.<ext> and expected.<ext>.`,
  });
}
