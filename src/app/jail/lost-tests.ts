const testFile =
  /(^|\/)(__tests__|tests?|specs?|e2e|cypress)\/|[._-](test|spec|cy|e2e)\.\w+$|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.\w+$/i;
const test =
  /^\s*(?:it|test|describe|suite|context|specify)\b(?:\.\w+)*\s*[(`]|^\s*(?:async\s+)?def\s+test_|^\s*class\s+Test/gm;
const claim = /\b(?:expect|assert\w*)\b(?:\.\w+)*\s*\(|^\s*assert\s/gm;
const held =
  /\b(?:it|test|describe|suite|context)\.(?:skip|only|todo|failing|fixme|fails)\b|\b(?:xit|xtest|xdescribe|fit|fdescribe)\s*\(|@(?:pytest\.mark\.(?:skip|xfail)|unittest\.(?:skip|expectedFailure))|\b(?:skip|todo|only):\s*true\b/g;

/** What an edit of a file of tests takes away: a sentence, or undefined. It counts by form; the gate measures what really ran. Pure. */
export function lostTests(path: string, before: string, after: string): string | undefined {
  if (!testFile.test(path)) return undefined;
  const count = (shape: RegExp, text: string): number => text.match(shape)?.length ?? 0;
  const [tests, left] = [count(test, before), count(test, after)];
  if (left < tests) return `${path} would have ${left} tests and groups of tests instead of ${tests}.`;
  if (count(held, after) > count(held, before)) return `More tests of ${path} would be skipped, or run alone.`;
  const [claims, kept] = [count(claim, before), count(claim, after)];
  return kept < claims ? `${path} would have ${kept} assertions instead of ${claims}.` : undefined;
}
