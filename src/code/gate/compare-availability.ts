import type { Finding } from '#core/finding';
import { type CheckPair, type Compared, hasRun, isReadable, nameOf } from './compared.ts';
import type { CheckResult } from './measurement.ts';

/** Names every check that can be run, or read, at one time only: of it nothing can be compared. */
export function compareAvailability(pairs: readonly CheckPair[]): Compared {
  const findings = pairs.flatMap(changed);
  const lost = findings.filter(({ severity }) => severity === 'error').map(({ object }) => object ?? '');
  return { findings, words: lost.length === 0 ? '' : `cannot be measured any more: ${lost.join(', ')}` };
}

function changed({ before, after }: CheckPair): readonly Finding[] {
  const check = after ?? before;
  if (check === undefined) return [];
  const object = nameOf(check);
  if (hasRun(before) && hasRun(after)) return readability(before, after);
  if (hasRun(before)) {
    const message = `${object} could be run before and cannot be run now: ${whyNot(after)}.`;
    return [{ rule: 'gate/check-lost', severity: 'error', message, object, ...evidenceOf(after) }];
  }
  if (!hasRun(after)) {
    const message = `${object} could be run neither before nor now: ${whyNot(after ?? before)}.`;
    return [{ rule: 'gate/check-unreadable', severity: 'warning', message, object, ...evidenceOf(after) }];
  }
  const why = before === undefined ? 'it was not there' : whyNot(before);
  const state = after.state === 'failed' ? ', and it fails' : '';
  const message = `${object} can be run now and could not be before (${why})${state}: there is nothing to compare it with.`;
  return [
    {
      rule: 'gate/check-new',
      severity: after.state === 'failed' ? 'warning' : 'advice',
      message,
      object,
      ...(after.state === 'failed' ? evidenceOf(after) : {}),
    },
  ];
}

/** Details that were there before and are not there now could hide anything; of tests, that they are lost. */
function readability(before: CheckResult, after: CheckResult): readonly Finding[] {
  const object = nameOf(after);
  if (isReadable(before) && !isReadable(after)) {
    const isLoss = after.state === 'failed' || (before.tests?.length ?? 0) > 0;
    const message = `${object} was read before, and only its exit code ${after.exitCode} is known now: ${after.unreadable ?? 'no tool that godwit knows is called'}`;
    return [
      { rule: 'gate/check-unreadable', severity: isLoss ? 'error' : 'warning', message, object, ...evidenceOf(after) },
    ];
  }
  if (isReadable(before) || !isReadable(after)) return [];
  const message = `${object} can be read now and could not be before: ${before.unreadable ?? 'no tool that godwit knows was called'}`;
  return [{ rule: 'gate/check-new', severity: 'advice', message, object }];
}

function evidenceOf(check: CheckResult | undefined): { readonly evidence?: string } {
  return check === undefined || check.lastLines.length === 0 ? {} : { evidence: check.lastLines.join('\n') };
}

function whyNot(check: CheckResult | undefined): string {
  if (check === undefined) return 'it is not there any more';
  const command = check.commands.join(' && ');
  if (check.state === 'timeout') return `\`${command}\` took longer than its limit`;
  const missing = missingIn(check.lastLines);
  return missing === undefined || command.split(' ')[0] === missing
    ? `\`${command}\` finds no program of that name`
    : `\`${command}\` finds no program \`${missing}\``;
}

/** Which program a shell did not find, in its own words. */
function missingIn(lines: readonly string[]): string | undefined {
  const said = lines.map((line) => /^\S*sh: (?:line )?(?:\d+: )?([\w./@-]+): (?:command )?not found$/.exec(line)?.[1]);
  return said.findLast((name) => name !== undefined);
}
