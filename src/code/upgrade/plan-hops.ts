import type { Finding } from '#core/finding';
import { chooseVersions } from './choose-versions.ts';
import { type Facts, homesOf } from './facts.ts';
import { followOf, lineFor } from './following.ts';
import type { Target } from './goals.ts';
import { hopOf } from './hop.ts';
import { moved } from './move-tree.ts';
import type { Goal } from './peer-problem.ts';
import type { Slot } from './slots.ts';
import type { Hop } from './upgrade-path.ts';
import { lineOf, linesBetween } from './version-line.ts';

type Options = {
  readonly facts: Facts;
  readonly targets: readonly Target[];
  readonly load: (names: readonly string[]) => Promise<void>;
  readonly signal: AbortSignal;
  readonly progress?: ((text: string) => void) | undefined;
};

/** The hops to every target, one after another, each of one line. */
export async function planHops(
  options: Options,
): Promise<{ readonly hops: readonly Hop[]; readonly findings: readonly Finding[] }> {
  let { facts } = options;
  const hops: Hop[] = [];
  for (const target of options.targets) {
    for (const step of stepsTo(facts, target)) {
      const slot = facts.tree.slots.find(({ id }) => id === target.slot.id);
      if (slot === undefined || !step.versions.some((version) => version !== slot.current)) continue;
      options.progress?.(`Looking for versions that fit ${slot.name} ${step.line}.`);
      const goals = goalsOf(facts, slot, step);
      const chosen = await chooseVersions(facts, goals, options);
      const hop = hopOf(facts, { lead: slot, chosen, number: hops.length + 1 });
      hops.push(hop);
      facts = { ...facts, tree: moved(facts.tree, { hop, chosen }) };
    }
  }
  return { hops, findings: [] };
}

type Step = { readonly line: string; readonly versions: readonly string[] };

/** The lines on the way, the last of which is the target's own. */
function stepsTo(facts: Facts, target: Target): readonly Step[] {
  const sound = facts.assessed(target.slot.package, homesOf(target.slot)).filter(({ faults }) => faults.length === 0);
  const lines = linesBetween(
    sound.map(({ line }) => line),
    { after: lineOf(target.slot.current), upTo: target.line },
  );
  const between = lines
    .filter((line) => line !== target.line)
    .map((line) => ({
      line,
      versions: sound
        .filter((one) => one.line === line)
        .map(({ version }) => version)
        .toReversed(),
    }));
  return [...between, { line: target.line, versions: target.versions }];
}

/** The lead's goal, and those of what follows it by its version. */
function goalsOf(facts: Facts, lead: Slot, step: Step): ReadonlyMap<string, Goal> {
  const goals = new Map<string, Goal>([[lead.id, { versions: step.versions }]]);
  for (const slot of facts.tree.slots) {
    const follow = followOf(slot, facts.tree.slots);
    if (follow?.lead.id !== lead.id || follow.following === 'own-version') continue;
    const sound = facts.assessed(slot.package, homesOf(slot)).filter(({ faults }) => faults.length === 0);
    const line = lineFor(step.line, [...new Set(sound.map((one) => one.line))]);
    const versions = sound.filter((one) => one.line === line).map(({ version }) => version);
    const newest = versions.at(-1);
    if (newest !== undefined && newest !== slot.current && line !== lineOf(slot.current)) {
      goals.set(slot.id, { versions: versions.toReversed() });
    }
  }
  return goals;
}
