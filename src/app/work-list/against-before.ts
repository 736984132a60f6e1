import type { Finding } from '#core/finding';

/**
 * Why an edit is not kept: the gate objects to something new, or to as much as before. Undefined where it objects to less,
 * and to nothing new. Lines may move. Pure.
 */
export function againstBefore(before: readonly Finding[], after: readonly Finding[]): string | undefined {
  const known = counted(before);
  const fresh = after.filter((finding) => {
    const left = known.get(keyOf(finding)) ?? 0;
    known.set(keyOf(finding), left - 1);
    return left <= 0;
  });
  if (fresh.length > 0) return `The gate objects to something new:\n${fresh.slice(0, 10).map(findingLine).join('\n')}`;
  if (after.length < before.length) return undefined;
  return 'The gate objects to as much as before.';
}

/** A finding as a line for people and models. Pure. */
export function findingLine({ rule, file, line, message, evidence }: Finding): string {
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`} `;
  const more = evidence === undefined ? '' : `\n  ${evidence.split('\n').slice(-20).join('\n  ')}`;
  return `- ${place}${message} (${rule})${more}`;
}

function counted(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  return counts;
}

function keyOf({ rule, file, message, object }: Finding): string {
  return [rule, file, object, message].join('\0');
}
