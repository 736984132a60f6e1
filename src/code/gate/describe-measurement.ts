import { checkKinds, escapeKinds, type GateMeasurement } from './measurement.ts';

/** What was measured, as one sentence with numbers; what is red already is named. Pure. */
export function describeMeasurement({ checks, escapes }: GateMeasurement): string {
  const parts = checkKinds.flatMap((kind) => {
    const own = checks.filter((check) => check.kind === kind);
    if (own.length === 0) return [];
    const red = own.filter(({ state }) => state !== 'passed').map((check) => `${check.in}: ${check.state}`);
    const numbers =
      kind === 'test'
        ? countOf(
            own.flatMap(({ tests }) => tests ?? []).filter(({ outcome }) => outcome === 'passed').length,
            'passed',
          )
        : kind === 'types'
          ? countOf(own.flatMap(({ types }) => types ?? []).length, 'errors')
          : kind === 'lint'
            ? countOf(own.flatMap(({ lint }) => lint ?? []).length, 'problems')
            : '';
    const verdict = red.length === 0 ? 'ok' : `red already (${red.slice(0, 3).join(', ')})`;
    return [`${kind} ${verdict}${numbers}`];
  });
  const found = escapeKinds.flatMap((kind) => {
    const count = escapes.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  const measured = parts.length === 0 ? 'there are no checks to run' : parts.join(', ');
  return `${measured}; ${found.length === 0 ? 'no escapes' : found.join(', ')}`;
}

function countOf(count: number, word: string): string {
  return count === 0 && word === 'passed' ? '' : ` (${count} ${word})`;
}
