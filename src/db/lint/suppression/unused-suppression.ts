import type { Finding } from '#core/finding';
import { positionOf } from '../text/position-of.ts';
import type { JudgedSuppression } from './placed-suppression.ts';
import type { RuleNames } from './rule-names.ts';

/** The rule of what is wrong with the comments that silence others. */
export const unusedSuppression = 'hy/unused-suppression';

type Place = { readonly text: string; readonly file: string; readonly names: RuleNames };
type Fault = {
  readonly severity: Finding['severity'];
  readonly alias: string;
  readonly message: string;
  readonly instead: string;
  /** What the comment becomes; empty to take it away. */
  readonly becomes?: string;
};

const ownSyntax = '-- godwit: ignore pg/some-rule, ds/other-rule: why this may be done';

/** Findings about suppression comments themselves, each at its comment. */
export function hygieneOf(judged: readonly JudgedSuppression[], place: Place): readonly Finding[] {
  return judged
    .flatMap((one) => faultsOf(one, place).map((fault) => findingOf(one, fault, place)))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function faultsOf(one: JudgedSuppression, { names }: Place): readonly Fault[] {
  const { said } = one;
  const isOurs = said.tool === 'godwit';
  const severity = isOurs ? ('warning' as const) : ('advice' as const);
  const whose = isOurs ? 'This comment' : `This comment of ${said.tool}`;
  if ('malformed' in said || !('idle' in one)) {
    const why = 'malformed' in said ? said.malformed : '';
    const instead = isOurs ? `Write for example ${ownSyntax}` : `Write it as ${said.tool} reads it, or ${ownSyntax}`;
    return [{ severity, alias: 'ps:suppression-malformed', message: `${whose} silences nothing. ${why}`, instead }];
  }
  if (said.needsReason && said.reason === undefined) return [reasonless(one, { severity, whose, isOurs })];
  const unknown = one.unknown.map((name): Fault => {
    const near = names.nearest(name);
    const instead =
      near.length === 0
        ? '`godwit explain` lists the rules; a reason stands after a colon.'
        : `Did you mean ${near.join(' or ')}?`;
    const message = `${whose} names no rule of godwit: ${name}.`;
    return { severity, alias: 'ps:suppression-unknown-rule', message, instead };
  });
  if (one.unknown.length > 0 && one.unknown.length === one.said.names.length) return unknown;
  const isIdle = one.said.names === 'all' ? !one.isUsed : one.idle.length > 0;
  return isIdle ? [...unknown, idleFault(one, { whose, isOurs })] : unknown;
}

type Judged = Extract<JudgedSuppression, { readonly isUsed: boolean }>;

function reasonless(
  { said, unknown }: Judged,
  { severity, whose, isOurs }: Pick<Fault, 'severity'> & { readonly whose: string; readonly isOurs: boolean },
): Fault {
  const known = [said.names].flat().filter((name) => !unknown.includes(name));
  const example = `-- godwit: ignore ${(known.length === 0 ? [said.names].flat() : known).join(', ')}: why this may be done`;
  const message = `${whose} silences nothing, as it gives no reason.`;
  const instead = isOurs ? `Say why after a colon: ${example}` : `Say why after the name of the rule, or: ${example}`;
  return { severity, alias: 'ps:suppression-missing-reason', message, instead };
}

function idleFault(
  { comment, said, idle, unknown }: Judged,
  { whose, isOurs }: { readonly whose: string; readonly isOurs: boolean },
): Fault {
  const names = said.names === 'all' ? [] : said.names;
  const left = names.filter((name) => !idle.includes(name) && !unknown.includes(name));
  const what = left.length > 0 ? `silences nothing of ${idle.join(', ')}` : 'silences nothing';
  const message = `${whose} ${what}: there is no such finding ${said.scope === 'file' ? 'in this file' : 'at its statement'}.`;
  // The other tool may still need its own comment, so that only ours is taken away.
  if (!isOurs)
    return {
      severity: 'advice',
      alias: 'unused-ignore',
      message,
      instead: `Take it away if ${said.tool} does not need it either.`,
    };
  const body = `godwit: ignore${said.scope === 'file' ? '-file' : ''} ${left.join(', ')}: ${said.reason ?? ''}`;
  const smaller = comment.kind === 'line' ? `-- ${body}` : `/* ${body} */`;
  const becomes = left.length === 0 ? '' : smaller;
  return { severity: 'advice', alias: 'unused-ignore', message, instead: 'Take away what silences nothing.', becomes };
}

function findingOf({ comment }: JudgedSuppression, fault: Fault, { text, file }: Place): Finding {
  const from = positionOf(text, comment.start);
  const to = positionOf(text, comment.end);
  const edit = fault.becomes === undefined ? undefined : editOf(text, comment, fault.becomes);
  return {
    rule: unusedSuppression,
    aliases: [fault.alias],
    severity: fault.severity,
    message: fault.message,
    instead: fault.instead,
    file,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    ...(edit === undefined ? {} : { edit }),
  };
}

/** A comment that goes takes its line with it, if there is nothing else in it. */
function editOf(text: string, { start, end }: { readonly start: number; readonly end: number }, becomes: string) {
  if (becomes !== '') return cut(text, { start, end }, becomes);
  let from = start;
  while (from > 0 && /[ \t]/.test(text.charAt(from - 1))) from -= 1;
  const startsLine = from === 0 || text.charAt(from - 1) === '\n';
  restOfLine.lastIndex = end;
  const rest = restOfLine.exec(text)?.[0];
  if (startsLine && rest !== undefined) return cut(text, { start: from, end: end + rest.length });
  // What stands before and after it on the line stays apart.
  if (startsLine || !(rest !== undefined || /\s/.test(text.charAt(end))))
    return cut(text, { start, end }, from < start || startsLine ? '' : ' ');
  return cut(text, { start: from, end });
}

/** Nothing more on the line, and its end. */
const restOfLine = /[ \t]*(?:\r?\n|$)/y;

function cut(text: string, { start, end }: { readonly start: number; readonly end: number }, becomes = '') {
  return { offset: start, length: end - start, before: text.slice(start, end), text: becomes };
}
