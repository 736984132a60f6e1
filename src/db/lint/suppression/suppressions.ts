import type { Finding } from '#core/finding';
import type { SilencedFinding } from '#core/report';
import { commentsOf } from '../text/comments.ts';
import { lineStarts } from '../text/line-starts.ts';
import type { JudgedSuppression, PlacedSuppression, SuppressionRequest } from './placed-suppression.ts';
import { isAnalyzer, isOfAnalyzer } from './rule-names.ts';
import { mayHoldSuppression, readSuppression, type SuppressionComment } from './suppression-comment.ts';
import { placesOf } from './suppression-places.ts';
import { hygieneOf, unusedSuppression } from './unused-suppression.ts';

/**
 * Applies the suppression comments of a file to its findings: those that no comment silences, with what is wrong with the
 * comments themselves (`hy/unused-suppression`, which no comment silences), and those that one does.
 *
 * Ours is `-- godwit: ignore pg/rule, other-rule: reason`, on the lines before a statement, in it, or at the end of its
 * last line, and `-- godwit: ignore-file rule: reason` anywhere. Comments of other linters hold as they do there.
 */
export function applySuppressions(request: SuppressionRequest): {
  readonly findings: readonly Finding[];
  readonly silenced: readonly SilencedFinding[];
} {
  const { text, findings } = request;
  if (!mayHoldSuppression(text)) return { findings, silenced: [] };
  const { placed, malformed } = placesOf(request, commentsOf(text), (comment) =>
    readSuppression(text.slice(comment.start, comment.end)),
  );
  if (placed.length + malformed.length === 0) return { findings, silenced: [] };
  const offsets = offsetsOf(text);
  const judge = judgeOf(placed, request);
  const silenced: SilencedFinding[] = [];
  const kept: Finding[] = [];
  for (const finding of findings) {
    const found = finding.rule === unusedSuppression ? undefined : judge.silences(finding, offsets(finding));
    if (found === undefined) kept.push(finding);
    else silenced.push({ finding, by: 'comment', ...(found.reason === undefined ? {} : { reason: found.reason }) });
  }
  const judged = [...malformed.map(({ comment, said }) => ({ comment, said, unknown: [] })), ...judge.verdicts()];
  return { findings: [...kept, ...hygieneOf(judged, request)], silenced };
}

type Judge = {
  /** The first comment that silences a finding at this offset; every one that does counts as used. */
  readonly silences: (finding: Finding, offset: number | undefined) => SuppressionComment | undefined;
  readonly verdicts: () => readonly JudgedSuppression[];
};

function judgeOf(
  placed: readonly PlacedSuppression[],
  { names, wasRun = () => true }: Pick<SuppressionRequest, 'names' | 'wasRun'>,
): Judge {
  const usedNames = new Map<PlacedSuppression, Set<string>>(placed.map((one) => [one, new Set()]));
  const silences: Judge['silences'] = (finding, offset) => {
    let first: SuppressionComment | undefined;
    for (const one of placed) {
      if (one.said.needsReason && one.said.reason === undefined) continue;
      if (!isOver(one, offset)) continue;
      const hits = one.said.names === 'all' ? ['all'] : one.said.names.filter((name) => means(name, finding, one.said));
      for (const name of hits) usedNames.get(one)?.add(name);
      if (hits.length > 0) first ??= one.said;
    }
    return first;
  };
  const means = (name: string, finding: Finding, { tool }: SuppressionComment) =>
    names.named(name).includes(finding.rule) || (tool === 'Atlas' && isOfAnalyzer(name, finding));
  const verdicts = () =>
    placed.flatMap(({ comment, said }, index): readonly JudgedSuppression[] => {
      if (said.scope === 'end') return [];
      const used = usedNames.get(placed[index] ?? { comment, said, over: undefined }) ?? new Set();
      const list = said.names === 'all' ? [] : said.names;
      const isKnown = (name: string) => names.named(name).length > 0 || (said.tool === 'Atlas' && isAnalyzer(name));
      const unknown = list.filter((name) => !isKnown(name));
      const couldBeUsed = (name: string) => isAnalyzer(name) || names.named(name).some(wasRun);
      const idle = list.filter((name) => isKnown(name) && couldBeUsed(name) && !used.has(name));
      return [{ comment, said, unknown, idle, isUsed: used.size > 0 }];
    });
  return { silences, verdicts };
}

function isOver({ said, over }: PlacedSuppression, offset: number | undefined): boolean {
  if (said.scope === 'file') return true;
  return over !== undefined && offset !== undefined && over.start <= offset && offset <= over.end;
}

/** Where a finding begins in the text; undefined where it has no line. */
function offsetsOf(text: string): (finding: Finding) => number | undefined {
  const starts = lineStarts(text);
  return ({ line, column = 1 }) => {
    const start = line === undefined ? undefined : starts[line - 1];
    return start === undefined ? undefined : start + column - 1;
  };
}
