import semver from 'semver';

/**
 * The line of versions within which a package keeps its promises: its major, below 1.0.0 its minor (`18`, `0.5`). This is
 * how `^` reads versions (https://github.com/npm/node-semver#caret-ranges-123-025-004), but that 0.0.x is one line.
 */
export function lineOf(version: string): string {
  const parsed = semver.parse(version);
  if (parsed === null) return version;
  return parsed.major === 0 ? `0.${parsed.minor}` : String(parsed.major);
}

/** Below zero where the first line comes before the second. */
export function compareLines(first: string, second: string): number {
  const [a = [], b = []] = [first, second].map((line) => line.split('.').map(Number));
  return (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0);
}

/** The lines after one up to another, both as `lineOf` gives them, in order. */
export function linesBetween(
  all: readonly string[],
  { after, upTo }: { readonly after: string; readonly upTo: string },
): readonly string[] {
  return [...new Set(all)]
    .filter((line) => compareLines(line, after) > 0 && compareLines(line, upTo) <= 0)
    .sort(compareLines);
}
