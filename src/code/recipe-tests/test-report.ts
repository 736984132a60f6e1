/** One case of a recipe's own tests. */
export type CaseResult = { readonly name: string; readonly ok: boolean; readonly detail?: string };

/** What a recipe's own tests came to. */
export type TestReport = {
  readonly recipe: string;
  readonly passed: number;
  readonly failed: number;
  readonly cases: readonly CaseResult[];
  /** Tests that the recipe has and that were not run, each with the reason. */
  readonly notRun: readonly string[];
};

/** A case behind one that took too long: each of them would, and nobody waits for all. */
export function afterLate(name: string): CaseResult {
  return { name, ok: false, detail: 'It was not run: a case before it took too long.' };
}

/** Counts the cases of a recipe. */
export function testReport(recipe: string, cases: readonly CaseResult[], notRun: readonly string[]): TestReport {
  const passed = cases.filter(({ ok }) => ok).length;
  return { recipe, passed, failed: cases.length - passed, cases, notRun };
}

/** The lines in which two texts differ, `-` for what was wanted and `+` for what came; at most so many. */
export function differenceOf(expected: string, actual: string, linesMax = 40): string {
  const [wanted, came] = [expected.split('\n'), actual.split('\n')];
  let start = 0;
  while (start < Math.min(wanted.length, came.length) && wanted[start] === came[start]) start += 1;
  let end = 0;
  const most = Math.min(wanted.length, came.length) - start;
  while (end < most && wanted[wanted.length - 1 - end] === came[came.length - 1 - end]) end += 1;
  const lines = [
    ...wanted.slice(start, wanted.length - end).map((line) => `- ${line}`),
    ...came.slice(start, came.length - end).map((line) => `+ ${line}`),
  ];
  const shown = lines.slice(0, linesMax);
  const more = lines.length > shown.length ? [`… ${lines.length - shown.length} lines more`] : [];
  return [`from line ${start + 1}:`, ...shown, ...more].join('\n');
}
