import type { Finding } from '#core/finding';
import { costInWords } from './cost-in-words.ts';
import type { CycleStudy, CyclesStudy } from './study-cycles.ts';

/** So many reasons are named of one cycle. */
const reasonsMax = 20;

/** What a person has to know of the cycles of a tree besides the edits. Pure. */
export function cycleFindings({ cycles, studied }: CyclesStudy): readonly Finding[] {
  const others = cycles.filter(({ kind }) => kind !== 'load');
  return [
    ...studied.flatMap((one) => [...alternatives(one), ...leftOf(one)]),
    ...others.map(({ kind, modules }): Finding => {
      const why =
        kind === 'type'
          ? 'by types alone, of which nothing is there when the program runs'
          : 'by an import that runs later, when it is asked for';
      return {
        rule: 'cycle/harmless',
        severity: 'advice',
        message: `${modules.join(', ')} import each other ${why}: that is left as it is.`,
        object: modules[0] ?? '',
      };
    }),
  ];
}

function alternatives({ cycle, cut, others }: CycleStudy): readonly Finding[] {
  if (cut === undefined) return [];
  const words = [...new Set(others.map(costInWords))].filter((one) => one !== costInWords(cut));
  return words.map((other, at) => ({
    rule: 'cycle/other-cut',
    severity: 'advice',
    message: `The cycle of ${cycle.modules.join(', ')} could be cut otherwise (${at + 1}): ${other}. Proposed is: ${costInWords(cut)}.`,
    cure: 'Where the other one is better, make it by hand, or with `godwit plan --split`.',
    object: cycle.modules[0] ?? '',
  }));
}

/** Why what is left of a cycle is left, at its places. */
function leftOf({ cycle, cut, held, refused, isBounded }: CycleStudy): readonly Finding[] {
  if (cut !== undefined && cut.left.length === 0) return [];
  const object = cycle.modules[0] ?? '';
  const places = reasonsByPlace([...held, ...refused]);
  const reasons = places.slice(0, reasonsMax).map(
    ({ file, line, why }): Finding => ({
      rule: 'cycle/left',
      severity: 'warning',
      message: `This link of a cycle is not cut: ${why}.`,
      cure: 'Change the code so that one of both sides does not need the other, or let it be.',
      object,
      file,
      line,
    }),
  );
  const more = places.length - reasons.length;
  const bound = isBounded ? ' Not every way was looked at: there are too many.' : '';
  const rest = more <= 0 ? '' : ` ${more} more reasons are not named.`;
  return [
    {
      rule: 'cycle/left',
      severity: 'warning',
      message: `${cut === undefined ? 'No cut was found for' : 'A cycle is left within'} ${cycle.modules.join(', ')}.${rest}${bound}`,
      object,
    },
    ...reasons,
  ];
}

type Reason = Pick<CycleStudy['held'][number], 'file' | 'line' | 'why'>;

/** One line for each place, with all that is said of it. */
function reasonsByPlace(all: readonly Reason[]): readonly Reason[] {
  const byPlace = new Map<string, Reason>();
  for (const { file, line, why } of all) {
    const sentence = why.replace(/\.$/, '');
    const known = byPlace.get(`${file}:${line}`);
    if (known?.why.split('; ').includes(sentence) === true) continue;
    byPlace.set(`${file}:${line}`, { file, line, why: known === undefined ? sentence : `${known.why}; ${sentence}` });
  }
  return [...byPlace.values()];
}
