import type { Finding } from '#core/finding';
import type { Assessed } from './assess-versions.ts';
import { type Facts, homesOf, soundVersions } from './facts.ts';
import { leapsOf } from './following.ts';
import type { Target } from './goals.ts';
import { compareLines, lineOf, linesBetween } from './version-line.ts';

/** A line to go to, and what may be taken of it, the best first. */
export type Step = { readonly line: string; readonly versions: readonly string[] };

/**
 * The lines on the way to a target, the last of which is the target's own, and what is passed over. No line is, but one that
 * has no sound version, or one of which the publisher says that it may be. Pure.
 */
export function stepsTo(
  facts: Facts,
  target: Target,
): { readonly steps: readonly Step[]; readonly findings: readonly Finding[] } {
  const { slot } = target;
  const sound = soundVersions(facts, slot);
  const span = { after: lineOf(slot.current), upTo: target.line };
  // Of types nothing runs, so there is nothing to see on the way.
  const isTypes = slot.package.startsWith('@types/');
  const lines = linesBetween(isTypes ? [] : sound.map(({ line }) => line), span).filter((line) => line !== target.line);
  const { kept, findings } = leapt(slot, { lines, target });
  const steps = kept.map((line) => ({
    line,
    versions: sound
      .filter((one) => one.line === line)
      .map(({ version }) => version)
      .toReversed(),
  }));
  return {
    steps: [...steps, { line: target.line, versions: target.versions }],
    findings: isTypes ? [] : [...passedOver(facts, target, lines), ...findings],
  };
}

function leapt(
  { name, package: published, current }: Target['slot'],
  way: { readonly lines: readonly string[]; readonly target: Target },
) {
  const all = [...way.lines, way.target.line];
  const kept: string[] = [];
  const findings: Finding[] = [];
  let at = lineOf(current);
  for (const line of all) {
    if (compareLines(line, at) <= 0) continue;
    const leap = leapsOf(published)
      .filter(({ from, to }) => from === at && all.includes(to))
      .sort((a, b) => compareLines(b.to, a.to))[0];
    if (leap !== undefined && compareLines(leap.to, line) > 0) {
      const between = all.filter((one) => compareLines(one, at) > 0 && compareLines(one, leap.to) < 0);
      findings.push({
        rule: 'package/major-passed',
        severity: 'advice',
        message: `${name} goes from ${at} to ${leap.to} without ${between.join(', ')}: its publisher says that it may.`,
        evidence: leap.source,
        package: name,
        from: at,
        to: leap.to,
      });
    }
    at = leap?.to ?? line;
    if (at !== way.target.line) kept.push(at);
  }
  return { kept, findings };
}

/** Lines between that cannot be gone through, each with the reason. */
function passedOver(facts: Facts, { slot, line: upTo }: Target, lines: readonly string[]): readonly Finding[] {
  const all = facts.assessed(slot.package, homesOf(slot));
  const published = linesBetween(
    all.map(({ line }) => line),
    { after: lineOf(slot.current), upTo },
  );
  const between = new Set([...published, ...unreleased(lineOf(slot.current), upTo)]);
  return [...between]
    .filter((line) => line !== upTo && !lines.includes(line))
    .sort(compareLines)
    .map((line) => ({
      rule: 'package/major-passed',
      severity: 'advice',
      message: `${slot.name} has no ${line} to go through: ${reasonOf(all.filter((one) => one.line === line))}.`,
      package: slot.name,
      from: lineOf(slot.current),
      to: upTo,
    }));
}

/** The majors by number between two. */
function unreleased(from: string, to: string): readonly string[] {
  const [first, last] = [Number(from), Number(to)];
  if (!Number.isInteger(first) || !Number.isInteger(last) || first === 0) return [];
  return Array.from({ length: Math.max(0, last - first - 1) }, (_, index) => String(first + 1 + index));
}

function reasonOf(versions: readonly Assessed[]): string {
  const newest = versions.at(-1);
  if (newest === undefined) return 'it was never released';
  if (versions.every(({ faults }) => faults.some(({ kind }) => kind === 'prerelease')))
    return 'it never got beyond prereleases';
  const release = versions.findLast(({ faults }) => faults.every(({ kind }) => kind !== 'prerelease')) ?? newest;
  return `of ${release.version}, ${release.faults.map(({ why }) => why).join('; ')}`;
}
