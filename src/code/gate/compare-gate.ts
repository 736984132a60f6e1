import type { Finding } from '#core/finding';
import { compareImports } from '../structure/compare-imports.ts';
import { compareAvailability } from './compare-availability.ts';
import { compareEscapes } from './compare-escapes.ts';
import { compareLintConfigs } from './compare-lint-configs.ts';
import { compareLint, compareTypes } from './compare-problems.ts';
import { compareTests } from './compare-tests.ts';
import { compareWarnings } from './compare-warnings.ts';
import { type CheckPair, type Compared, hasRun, nameOf } from './compared.ts';
import type { CheckResult, GateMeasurement } from './measurement.ts';
import { compareStrictness } from './strictness.ts';

/** What the gate says. `ok` is false where a finding is an error; `detail` is one sentence with numbers. */
export type GateAnswer = { readonly ok: boolean; readonly findings: readonly Finding[]; readonly detail: string };

/**
 * Compares two measurements of a tree. What failed before may fail after; nothing may be new: no type error, no lint
 * error, no build that breaks, no test that fails, is lost or skipped, no escape, no import against the rules. Lines and files may move. Pure.
 */
export function compareGate(before: GateMeasurement, after: GateMeasurement): GateAnswer {
  const pairs = pairsOf(before, after);
  const of = (kind: CheckResult['kind']): readonly CheckPair[] =>
    pairs.filter((pair) => (pair.after ?? pair.before)?.kind === kind);
  const sources = { before: before.sources, after: after.sources };
  const parts: readonly Compared[] = [
    compareAvailability(pairs),
    compareTypes([...of('types'), ...of('build')], sources),
    compareBuilds(of('build')),
    compareLint(of('lint'), sources),
    compareLintConfigs(before.lintConfigs, after.lintConfigs),
    compareTests(of('test')),
    compareEscapes(before.escapes, after.escapes, after.sources),
    compareStrictness(before.strictness, after.strictness),
    compareImports(before.imports, after.imports, sources),
    compareWarnings(before.warnings, after.warnings),
  ];
  const findings = parts.flatMap((part) => part.findings);
  const words = parts.map((part) => part.words).filter((part) => part !== '');
  return { ok: findings.every(({ severity }) => severity !== 'error'), findings, detail: words.join(', ') };
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

function compareBuilds(pairs: readonly CheckPair[]): Compared {
  const builds = pairs.flatMap(({ before, after }) => (hasRun(before) && hasRun(after) ? [{ before, after }] : []));
  if (builds.length === 0) return { findings: [], words: '' };
  const broken = builds.filter(({ before, after }) => before.state !== 'failed' && after.state === 'failed');
  const findings = broken.map(
    ({ after }): Finding => ({
      rule: 'gate/build-broken',
      severity: 'error',
      message: `${nameOf(after)}: \`${after.commands.join(' && ')}\` ends with ${after.exitCode} and ended with 0 before.`,
      object: nameOf(after),
      evidence: after.lastLines.join('\n'),
    }),
  );
  const isRed = builds.some(({ after }) => after.state === 'failed');
  return { findings, words: broken.length > 0 ? 'build broken' : isRed ? 'build red as before' : 'build ok' };
}
