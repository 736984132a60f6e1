import { testNumbers } from './compared.ts';
import { type CheckKind, type CheckResult, checkKinds, escapeKinds, type GateMeasurement } from './measurement.ts';

/** What was measured, as one sentence with numbers; what is red already is named. Pure. */
export function describeMeasurement({ checks, escapes }: GateMeasurement): string {
  const parts = checkKinds.flatMap((kind) => {
    const own = checks.filter((check) => check.kind === kind);
    if (own.length === 0) return [];
    const red = own.filter(({ state }) => state !== 'passed').map(redOf);
    const verdict = red.length === 0 ? 'ok' : `red already (${red.slice(0, 3).join(', ')})`;
    return [`${kind} ${verdict}${numbersOf(kind, own)}`];
  });
  const found = escapeKinds.flatMap((kind) => {
    const count = escapes.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  const measured = parts.length === 0 ? 'there are no checks to run' : parts.join(', ');
  return `${measured}; ${found.length === 0 ? 'no escapes' : found.join(', ')}`;
}

function numbersOf(kind: CheckKind, own: readonly CheckResult[]): string {
  const tests = own.flatMap((check) => check.tests ?? []);
  if (kind === 'test' && tests.length > 0) return ` (${testNumbers(tests)})`;
  if (kind === 'types') return ` (${own.flatMap(({ types }) => types ?? []).length} errors)`;
  return kind === 'lint' ? ` (${own.flatMap(({ lint }) => lint ?? []).length} problems)` : '';
}

/** `failed`, with its folder where that is not the root, and why where only the exit code is known. */
function redOf({ in: folder, state, unreadable }: CheckResult): string {
  return `${folder === '.' ? '' : `${folder}: `}${state}${unreadable === undefined ? '' : `: ${unreadable.replace(/\.$/, '')}`}`;
}
