import type { Finding } from '#core/finding';
import { type Blocked, blockedFailure } from './blocked.ts';
import { type Choosing, type Chosen, chooseVersions } from './choose-versions.ts';
import { explainBlock } from './explain-block.ts';
import { type Facts, soundVersions } from './facts.ts';
import type { Target } from './goals.ts';
import { hopOf } from './hop.ts';
import { goalsOf } from './hop-goals.ts';
import { jumpsOf } from './jumps.ts';
import type { Made } from './made.ts';
import { moved } from './move-tree.ts';
import { sideBySideHop } from './side-by-side.ts';
import type { Slot } from './slots.ts';
import { type Step, stepsTo } from './steps.ts';
import type { Hop } from './upgrade-path.ts';
import { compareLines, lineOf } from './version-line.ts';

export type PlanHopsOptions = Choosing & {
  readonly facts: Facts;
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
export async function planHops(options: PlanHopsOptions & { readonly targets: readonly Target[] }): Promise<Way> {
  let way: Way = { facts: options.facts, hops: [], findings: [] };
  for (const target of options.targets) {
    const { steps, findings } = stepsTo(way.facts, target);
    way = { ...way, findings: [...way.findings, ...findings] };
    for (const step of steps) {
      const next = await stepped(way, { ...options, step, id: target.slot.id, why: target.why });
      if (next.kind === 'blocked') throw blockedFailure(next.blocked);
      way = next.way;
    }
  }
  return way;
}

export type Stepping = PlanHopsOptions & { readonly step: Step; readonly id: string; readonly why: string };

/** A hop further, or why there is none. */
export type Stepped =
  | { readonly kind: 'way'; readonly way: Way }
  | { readonly kind: 'blocked'; readonly blocked: Blocked };

/** One hop further, with those before it that keep companions from passing over lines of theirs. */
export async function stepped(way: Way, options: Stepping): Promise<Stepped> {
  const lead = way.facts.tree.slots.find(({ id }) => id === options.id);
  if (lead === undefined || isThere(lead, options.step)) return { kind: 'way', way };
  options.progress?.(`Looking for versions that fit ${lead.name} ${options.step.line}.`);
  const first = await chooseVersions(way.facts, goalsOf(way.facts, lead, options.step), options);
  if (typeof first === 'string') {
    const beside = await sideBySideHop(way.facts, lead, { ...options, number: way.hops.length + 1 });
    if (beside !== undefined) return { kind: 'way', way: after(way, beside) };
    return { kind: 'blocked', blocked: await blockedBy(way.facts, lead, options) };
  }
  const prepared = await prepare(way, { ...options, lead, chosen: first });
  const { facts } = prepared;
  const chosen = prepared === way ? first : await chooseVersions(facts, goalsOf(facts, lead, options.step), options);
  if (typeof chosen === 'string') return { kind: 'blocked', blocked: await blockedBy(facts, lead, options) };
  return { kind: 'way', way: withHop(prepared, { lead, chosen, why: options.why }) };
}

/** A companion of an earlier hop may be there already. */
export function isThere(slot: Slot, { line, versions }: Step): boolean {
  return versions.includes(slot.current) || compareLines(lineOf(slot.current), line) > 0;
}

async function blockedBy(facts: Facts, lead: Slot, options: Stepping): Promise<Blocked> {
  const { step, signal } = options;
  const question = { lead, line: step.line, goals: goalsOf(facts, lead, step), signal };
  const { blockers } = explainBlock(facts, question);
  const packages = facts.tree.slots.filter(({ name }) => blockers.some((blocker) => blocker.name === name));
  await options.loadDates(packages.map((slot) => slot.package));
  return explainBlock(facts, question);
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

export function withHop(way: Way, made: Omit<Made, 'number'>): Way {
  return after(way, hopOf(way.facts, { ...made, number: way.hops.length + 1 }));
}

function after(way: Way, hop: Hop): Way {
  return { ...way, hops: [...way.hops, hop], facts: { ...way.facts, tree: moved(way.facts.tree, hop) } };
}
