import type { Reading } from '../check-tool.ts';
import type { TestOutcome } from './measurement.ts';

type Level = { readonly indent: number; readonly titles: string[] };

/** True for output in the Test Anything Protocol. */
export function isTap(output: string): boolean {
  return /^TAP version \d+/m.test(output) || (/^1\.\.\d+\s*$/m.test(output) && /^(not )?ok \d+/m.test(output));
}

/**
 * Reads the Test Anything Protocol, nested or not. A test with subtests comes after them and only sums them up, so it is
 * left out. tape prints the name of a test as a comment before its assertions. https://testanything.org/tap-version-14-specification.html
 */
export function readTap(output: string): Reading {
  const tests: TestOutcome[] = [];
  const levels: Level[] = [{ indent: 0, titles: [] }];
  let isBlock = false;
  let deepest = 0;
  for (const line of output.split(/\r?\n/)) {
    isBlock = isBlock ? !/^\s*\.\.\.\s*$/.test(line) : /^\s*---\s*$/.test(line);
    if (isBlock) continue;
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    const text = line.slice(indent);
    while (levels.length > 1 && indent < (levels.at(-1)?.indent ?? 0)) levels.pop();
    const subtest = /^# Subtest: (.+)$/.exec(text)?.[1];
    if (subtest !== undefined) levels.push({ indent: indent + 4, titles: [subtest.trim()] });
    else if (indent === 0 && isTitle(text)) levels[0]?.titles.splice(0, 1, text.slice(2).trim());
    const point = /^(not )?ok\b(?:\s+\d+)?(?:\s+-)?\s*(.*)$/.exec(text);
    if (point === null) continue;
    const sums = deepest > indent;
    deepest = indent;
    if (!sums) tests.push(testOf(point[1] !== undefined, point[2] ?? '', titlesAt(levels, indent)));
  }
  if (tests.length === 0) return { kind: 'unreadable', why: 'No test stands in its output.' };
  return { kind: 'test', tests };
}

function titlesAt(levels: readonly Level[], indent: number): readonly string[] {
  return levels.filter((level) => level.indent <= indent).flatMap(({ titles }) => titles);
}

/** A comment that names a test, and none of those with counts at the end. */
function isTitle(text: string): boolean {
  return /^# (?!(Subtest:|tests?\b|suites\b|pass(ed)?\b|fail(ed|ures)?\b|skip(ped)?\b|todo\b|cancelled\b|duration|time=|ok$|\{))/i.test(
    text,
  );
}

function testOf(isNegative: boolean, said: string, titles: readonly string[]): TestOutcome {
  const [, words = '', directive] = /^(.*?)(?:\s+# (skip|todo|time=)\b.*)?$/i.exec(said) ?? [];
  const name = [...titles, ...words.split(' › ')].filter((part) => part !== '').join(' > ');
  const kind = directive?.toLowerCase();
  const outcome = kind === 'skip' ? 'skipped' : kind === 'todo' ? 'todo' : isNegative ? 'failed' : 'passed';
  return { name: name === '' ? '(unnamed)' : name, outcome };
}
