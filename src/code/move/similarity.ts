/**
 * How much of a file git finds again in another, from 0 to 1: the share of its lines (of 64 characters at most), by length,
 * in the larger of both. From a half on git calls it a rename (git-diff(1), --find-renames). Pure.
 */
export function similarity(before: string, after: string): number {
  const larger = Math.max(before.length, after.length);
  if (larger === 0) return 1;
  const left = new Map<string, number>();
  for (const chunk of chunksOf(before)) left.set(chunk, (left.get(chunk) ?? 0) + 1);
  let kept = 0;
  for (const chunk of chunksOf(after)) {
    const count = left.get(chunk) ?? 0;
    if (count === 0) continue;
    left.set(chunk, count - 1);
    kept += chunk.length;
  }
  return kept / larger;
}

function chunksOf(text: string): readonly string[] {
  return text.match(/[^\n]{0,63}\n|[^\n]{1,64}/g) ?? [];
}
