import type { Finding } from '#core/finding';
import { blockedFailure } from './blocked.ts';
import { type Choosing, type Chosen, chooseVersions } from './choose-versions.ts';
import { explainBlock } from './explain-block.ts';
import { type Facts, soundVersions } from './facts.ts';
import type { Target } from './goals.ts';
import { hopOf } from './hop.ts';
import { goalsOf } from './hop-goals.ts';
import { jumpsOf } from './jumps.ts';
import { moved } from './move-tree.ts';
import type { Slot } from './slots.ts';
import { type Step, stepsTo } from './steps.ts';
import type { Hop } from './upgrade-path.ts';
import { compareLines, lineOf } from './version-line.ts';

export type PlanHopsOptions = Choosing & {
  readonly facts: Facts;
  readonly targets: readonly Target[];
  /** Asks the registry when versions of packages were published. */
  readonly loadDates: (names: readonly string[]) => Promise<void>;
  readonly progress?: ((text: string) => void) | undefined;
};

/** Where planning stands: what is known of the tree as it will be, and the hops that lead there. */
export type Way = { readonly facts: Facts; readonly hops: readonly Hop[]; readonly findings: readonly Finding[] };

/**
 * The hops to every target, one after another, each of one line. Throws `no-solution` with the data of `blockedOf` where one
 * of them cannot be made.
 */
export async function planHops(options: PlanHopsOptions): Promise<Way> {
  let way: Way = { facts: options.facts, hops: [], findings: [] };
  for (const target of options.targets) {
    const { steps, findings } = stepsTo(way.facts, target);
    way = { ...way, findings: [...way.findings, ...findings] };
    for (const step of steps) way = await stepped(way, { ...options, step, id: target.slot.id });
  }
  return way;
}

type Stepping = PlanHopsOptions & { readonly step: Step; readonly id: string };

/** One hop further, with those before it that keep companions from passing over lines of theirs. */
async function stepped(way: Way, options: Stepping): Promise<Way> {
  const lead = way.facts.tree.slots.find(({ id }) => id === options.id);
  if (lead === undefined || isThere(lead, options.step)) return way;
  options.progress?.(`Looking for versions that fit ${lead.name} ${options.step.line}.`);
  const first = await chosenFor(way.facts, lead, options);
  const prepared = await prepare(way, { ...options, lead, chosen: first });
  const chosen = prepared === way ? first : await chosenFor(prepared.facts, lead, options);
  return withHop(prepared, { lead, chosen, why: 'It is wished for.' });
}

/** A companion of an earlier hop may be there already. */
function isThere(slot: Slot, { line, versions }: Step): boolean {
  return versions.includes(slot.current) || compareLines(lineOf(slot.current), line) > 0;
}

async function chosenFor(facts: Facts, lead: Slot, options: Stepping): Promise<Chosen> {
  const { step, signal } = options;
  const goals = goalsOf(facts, lead, step);
  const chosen = await chooseVersions(facts, goals, options);
  if (typeof chosen !== 'string') return chosen;
  const question = { lead, line: step.line, goals, signal };
  const blocked = explainBlock(facts, question);
  const packages = facts.tree.slots.filter(({ name }) => blocked.blockers.some((one) => one.name === name));
  await options.loadDates(packages.map((slot) => slot.package));
  throw blockedFailure(explainBlock(facts, question));
}

type Preparing = Stepping & { readonly lead: Slot; readonly chosen: Chosen };

/** Hops of companions that would otherwise pass over lines: each line that fits what is there is a hop before. */
async function prepare(way: Way, { lead, chosen, ...options }: Preparing): Promise<Way> {
  let now = way;
  for (const { slot, lines } of jumpsOf(way.facts, chosen)) {
    for (const line of lines) {
      const companion = now.facts.tree.slots.find(({ id }) => id === slot.id);
      if (companion === undefined || compareLines(lineOf(companion.current), line) >= 0) continue;
      const versions = soundVersions(now.facts, companion).filter((one) => one.line === line);
      const step = { line, versions: versions.map(({ version }) => version).toReversed() };
      const goals = goalsOf(now.facts, companion, step).set(lead.id, { versions: [lead.current] });
      const between = await chooseVersions(now.facts, goals, options);
      if (typeof between === 'string') continue;
      const why = `It goes through ${line} on its way to what ${lead.name} ${options.step.line} needs.`;
      now = withHop(now, { lead: companion, chosen: between, why });
    }
  }
  return now;
}

function withHop(way: Way, made: { readonly lead: Slot; readonly chosen: Chosen; readonly why: string }): Way {
  const hop = hopOf(way.facts, { ...made, number: way.hops.length + 1 });
  return {
    ...way,
    hops: [...way.hops, hop],
    facts: { ...way.facts, tree: moved(way.facts.tree, { hop, chosen: made.chosen }) },
  };
}
