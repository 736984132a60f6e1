import type { Finding } from '#core/finding';
import type { Compiled } from './compile-tree.ts';
import { type CompilerError, confirmPredictions, type Verdict } from './confirm.ts';
import { describedBy } from './package-name.ts';

/** What a hop predicted, and the compiler's word before and after its versions were installed. */
export type HopConfirmation = {
  /** e.g. `express 4 → 5` */
  readonly hop: string;
  /** `api/…` findings of the plan that are about the packages of the hop, at the lines where they stand now. */
  readonly predictions: readonly Finding[];
  readonly before: Compiled;
  readonly after: Compiled;
};

const placesMax = 12;
/** More new errors than these are told by their number: something else is wrong there. */
const errorsMax = 50;

/**
 * Holds what a plan predicts against the compiler once the new versions are really installed: how much of it holds, what the
 * compiler does not object to, what it objects to and nothing predicted, and what it cannot judge. None of it is a failure
 * of the plan by itself. Pure.
 */
export function confirmationFindings(confirmation: HopConfirmation): readonly Finding[] {
  const { hop, predictions, before, after } = confirmation;
  const { verdicts, unpredicted } = confirmPredictions(predictions, { before: before.errors, after: after.errors });
  const open = verdicts.filter((verdict) => verdict.kind === 'unconfirmed');
  const silent = open.filter((verdict) => verdict.isVisible && isJudged(verdict.finding, after));
  const unseen = open.filter((verdict) => !silent.includes(verdict));
  return [
    summary(hop, verdicts, { silent: silent.length, unpredicted: unpredicted.length }),
    ...silent.map((verdict) => notConfirmed(hop, verdict)),
    ...unpredicted.slice(0, errorsMax).map((error) => notPredicted(hop, error)),
    ...(unpredicted.length > errorsMax ? [more(hop, unpredicted.length - errorsMax)] : []),
    ...(unseen.length === 0 ? [] : [notCheckable(hop, unseen, after)]),
    ...after.unknown.map(({ what, why }): Finding => {
      const message = `With ${hop} installed, the compiler did not look at all of ${what}. ${why}`;
      return { rule: 'api/not-checkable', severity: 'advice', message };
    }),
  ];
}

/**
 * True where the compiler can say something of a place: it looked at the file, and knows the types of the package. Predictions
 * are made with types that are fetched; a tree that has not installed them leaves its compiler without.
 */
function isJudged({ file, package: name }: Finding, { checked, typed }: Compiled): boolean {
  return checked.has(file ?? '') && name !== undefined && typed.has(describedBy(name));
}

function summary(
  hop: string,
  verdicts: readonly Verdict[],
  { silent, unpredicted }: { readonly silent: number; readonly unpredicted: number },
): Finding {
  const confirmed = verdicts.filter(({ kind }) => kind === 'confirmed').length;
  const held =
    confirmed + silent === 0
      ? 'the compiler has no prediction to judge'
      : `the compiler confirms ${confirmed} of ${confirmed + silent} predictions`;
  const rest =
    unpredicted === 0
      ? 'and finds nothing else'
      : `and finds ${unpredicted} new ${unpredicted === 1 ? 'error' : 'errors'} that nothing predicted`;
  return { rule: 'api/confirmed', severity: 'advice', message: `With ${hop} installed, ${held} ${rest}.` };
}

type Open = Extract<Verdict, { readonly kind: 'unconfirmed' }>;

function notConfirmed(hop: string, { finding, because }: Open): Finding {
  const { cure: _, edit: __, evidence, ...at } = finding;
  return {
    ...at,
    rule: 'api/not-confirmed',
    severity: 'advice',
    message: `Predicted as ${finding.rule}, but the compiler does not object with ${hop} installed: ${finding.message}`,
    cure: 'Look at the place before you change it: it may work as it is.',
    evidence: [because, ...(evidence === undefined ? [] : [evidence])].join('\n'),
  };
}

function notPredicted(hop: string, { file, line, column, code, message }: CompilerError): Finding {
  return {
    rule: 'api/not-predicted',
    severity: 'warning',
    message: `With ${hop} installed, the compiler objects to what nothing predicted: ${message.split('\n')[0] ?? ''}`,
    cure: 'Mend it with the other edits of this hop; the gate shows it too, if the tree checks its types.',
    file,
    line,
    ...(column === undefined ? {} : { column }),
    evidence: `${code}: ${message.slice(0, 600)}`,
  };
}

function more(hop: string, count: number): Finding {
  const message = `With ${hop} installed, the compiler objects to ${count} more places that nothing predicted.`;
  return { rule: 'api/not-predicted', severity: 'warning', message };
}

function notCheckable(hop: string, verdicts: readonly Open[], after: Compiled): Finding {
  const places = verdicts.slice(0, placesMax).map(({ finding: { file, line, rule } }) => `${file}:${line} ${rule}`);
  const rest = verdicts.length > places.length ? ` and ${verdicts.length - places.length} more` : '';
  const [first] = verdicts;
  const untyped = verdicts.flatMap(({ finding: { package: name }, isVisible }) =>
    isVisible && name !== undefined && !after.typed.has(describedBy(name)) ? [name] : [],
  );
  const because =
    untyped.length === 0
      ? (first?.because ?? '')
      : `The tree has no types of ${[...new Set(untyped)].join(', ')} installed, so that its compiler does not know what is there.`;
  return {
    rule: 'api/not-checkable',
    severity: 'advice',
    message: `No compiler can confirm ${verdicts.length} of the predictions for ${hop}: ${places.join(', ')}${rest}. ${because}`,
    cure: 'The tests of the gate are what runs these places.',
  };
}
