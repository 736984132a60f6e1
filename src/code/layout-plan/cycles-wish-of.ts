import type { Fact } from '#core/plan';
import { costInWords } from '../cycle/cost-in-words.ts';
import type { CycleStudy, CyclesStudy } from '../cycle/study-cycles.ts';
import type { LayoutWish } from './draft-layout.ts';

/** What breaking cycles is, in the words of a plan; `text` is what was asked for. Pure. */
export function cyclesWishOf({ studied }: CyclesStudy, text: string): LayoutWish {
  const cut = studied.filter((one) => one.cut !== undefined);
  const [first] = cut;
  const ofOne = first === undefined ? '' : ` of ${shownModules(first.cycle.modules)}`;
  return {
    intent: { kind: 'break-cycles', text, options: {} },
    title: cut.length === 1 ? `Break the cycle of imports${ofOne}` : `Break ${cut.length} cycles of imports`,
    why: `Modules that import each other are run in an order that depends on which is asked for first. ${cut.length} of ${studied.length} cycles that are there when the program runs are cut, each where the fewest declarations move. The tree as it will be was compiled: every name means what it meant, and nothing is said that is not said now.`,
    what: cut.length === 1 ? 'the cut' : 'the cuts',
    target: studied.map(factOf),
  };
}

function shownModules(modules: readonly string[]): string {
  return modules.length > 3
    ? `${modules.slice(0, 3).join(', ')} and ${modules.length - 3} more`
    : modules.join(' and ');
}

function factOf({ cycle, cut }: CycleStudy): Fact {
  const subject = shownModules(cycle.modules);
  if (cut === undefined) return { subject, detail: 'stays in a cycle' };
  const rest = cut.left.length === 0 ? 'in no cycle any more' : 'still in a cycle by other imports';
  return { subject, detail: `${rest}: ${costInWords(cut)}` };
}
