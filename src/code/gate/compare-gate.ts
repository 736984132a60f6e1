import type { Finding } from '#core/finding';
import { compareEscapes } from './compare-escapes.ts';
import { compareLint, compareTypes } from './compare-problems.ts';
import { compareTests } from './compare-tests.ts';
import { type CheckPair, type Compared, hasRun, nameOf } from './compared.ts';
import type { CheckResult, GateMeasurement } from './measurement.ts';

/** What the gate says. `ok` is false where a finding is an error. */
export type GateAnswer = { readonly ok: boolean; readonly findings: readonly Finding[]; readonly detail: string };

/**
 * Compares two measurements of a tree. What failed before may fail after; nothing may be new: no type error, no lint
 * error, no build that breaks, no test that fails, is lost or skipped, no escape. Lines and files may move. Pure.
 */
export function compareGate(before: GateMeasurement, after: GateMeasurement): GateAnswer {
  const pairs = pairsOf(before, after);
  const of = (kind: CheckResult['kind']): readonly CheckPair[] =>
    pairs.filter((pair) => (pair.after ?? pair.before)?.kind === kind);
  const parts = [
    compareTypes(of('types')),
    compareBuilds(of('build')),
    compareLint(of('lint')),
    compareTests(of('test')),
    compareEscapes(before.escapes, after.escapes),
  ];
  const findings = [...pairs.flatMap(changedAvailability), ...parts.flatMap((part) => part.findings)];
  const detail = parts
    .map(({ words }) => words)
    .filter((words) => words !== '')
    .join(', ');
  return { ok: findings.every(({ severity }) => severity !== 'error'), findings, detail };
}

function pairsOf(before: GateMeasurement, after: GateMeasurement): readonly CheckPair[] {
  const same = (one: CheckResult) => (other: CheckResult) => one.kind === other.kind && one.in === other.in;
  return [
    ...after.checks.map((check) => ({ before: before.checks.find(same(check)), after: check })),
    ...before.checks
      .filter((check) => !after.checks.some(same(check)))
      .map((check) => ({ before: check, after: undefined })),
  ];
}

/** A check that could be run at one time only says nothing about the other. */
function changedAvailability({ before, after }: CheckPair): readonly Finding[] {
  const check = after ?? before;
  if (check === undefined) return [];
  const name = nameOf(check);
  const wasRun = hasRun(before);
  const isRun = hasRun(after);
  if (wasRun && !isRun)
    return [
      {
        rule: 'gate/check-lost',
        severity: 'error',
        message: `${name} could be run before and cannot be run now: ${whyNot(after)}.`,
        object: name,
      },
    ];
  if (!wasRun && isRun)
    return [
      {
        rule: 'gate/check-new',
        severity: 'advice',
        message: `${name} can be run now and could not be before (${whyNot(before)}): there is nothing to compare it with.`,
        object: name,
      },
    ];
  if (!wasRun && !isRun)
    return [
      {
        rule: 'gate/check-unreadable',
        severity: 'warning',
        message: `${name} could be run neither before nor now: ${whyNot(after)}.`,
        object: name,
      },
    ];
  if (after?.unreadable !== undefined && before?.unreadable === undefined)
    return [
      {
        rule: 'gate/check-unreadable',
        severity: 'warning',
        message: `${name} ran, but only its exit code is known: ${after.unreadable}`,
        object: name,
      },
    ];
  return [];
}

function whyNot(check: CheckResult | undefined): string {
  if (check === undefined) return 'it is not there any more';
  const command = check.commands.join(' && ');
  if (check.state === 'timeout') return `\`${command}\` took longer than its limit`;
  return `\`${command}\` finds no program of that name`;
}

function compareBuilds(pairs: readonly CheckPair[]): Compared {
  const builds = pairs.filter(({ after }) => after !== undefined);
  const broken = builds.filter(({ before, after }) => before?.state !== 'failed' && after?.state === 'failed');
  const findings = broken.flatMap(({ after }): readonly Finding[] => {
    if (after === undefined) return [];
    const command = after.commands.join(' && ');
    return [
      {
        rule: 'gate/build-broken',
        severity: 'error',
        message: `${nameOf(after)}: \`${command}\` ends with ${after.exitCode} and did not before.`,
        object: nameOf(after),
        evidence: after.lastLines.join('\n'),
      },
    ];
  });
  const red = builds.filter(({ before, after }) => before?.state === 'failed' && after?.state === 'failed');
  const words =
    builds.length === 0 ? '' : broken.length > 0 ? 'build broken' : red.length > 0 ? 'build red as before' : 'build ok';
  return { findings, words };
}
