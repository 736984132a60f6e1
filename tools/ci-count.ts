import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';

/** What one stage left behind: its exit code, and the file of vitest's own JSON reporter, if it got that far. */
export type Stage = { readonly name: string; readonly exitCode: number; readonly results: string | undefined };

/** What all stages came to, and whether that is a pass. */
export type Count = {
  readonly passed: number;
  readonly failed: number;
  readonly isGood: boolean;
  /** Each thing that stands in the way of a pass, as a line. */
  readonly complaints: readonly string[];
};

const resultsSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/**
 * Counts tests over all stages. A stage or a file that failed without a failing test of its own counts as one failure.
 * A skipped test, or a stage without tests, is a complaint.
 */
export function countStages(stages: readonly Stage[]): Count {
  const counts = stages.map(countStage);
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  const complaints = counts.flatMap((count) => count.complaints);
  const nothingRan = stages.length === 0 ? ['NO STAGE RAN'] : [];
  const all = [...complaints, ...nothingRan];
  return { passed, failed, isGood: failed === 0 && passed > 0 && all.length === 0, complaints: all };
}

function countStage({ name, exitCode, results }: Stage): Omit<Count, 'isGood'> {
  const files = results === undefined ? [] : resultsSchema.parse(JSON.parse(results)).testResults;
  const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })));
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const testsFailed = tests.filter(({ status }) => status === 'failed');
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
  const filesBroken = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  );
  const failedSeen = testsFailed.length + filesBroken.length;
  const stageBroke = exitCode !== 0 && failedSeen === 0;
  return {
    passed,
    failed: failedSeen + (stageBroke ? 1 : 0),
    complaints: [
      ...testsFailed.map((test) => `FAILED ${test.file} > ${test.fullName}`),
      ...filesBroken.map((file) => `FAILED ${file.name} (the file itself)`),
      ...skipped.map((test) => `SKIPPED ${test.file} > ${test.fullName}`),
      ...(stageBroke ? [`FAILED ${name}: exit code ${exitCode}`] : []),
      ...(exitCode === 0 && results !== undefined && tests.length === 0 ? [`NO TEST RAN in ${name}`] : []),
      ...(exitCode === 0 && results === undefined ? [`NO RESULTS of ${name}`] : []),
    ],
  };
}

/** Arguments: for each stage its name, exit code and results file. Prints complaints, then `N passed, N failed`. */
function main(args: readonly string[]): number {
  const stages: Stage[] = [];
  for (let at = 0; at + 2 < args.length; at += 3) {
    const [name = '', exitCode = '', file = ''] = args.slice(at, at + 3);
    stages.push({
      name,
      exitCode: Number(exitCode),
      results: existsSync(file) ? readFileSync(file, 'utf8') : undefined,
    });
  }
  const count = countStages(stages);
  for (const complaint of count.complaints) console.log(complaint);
  console.log(`${count.passed} passed, ${count.failed} failed`);
  return count.isGood ? 0 : 1;
}

if (import.meta.filename === process.argv[1]) process.exitCode = main(process.argv.slice(2));
