import semver from 'semver';
import type { Peer } from '../package-manager.ts';
import type { Assessed, Fault } from './assess-versions.ts';
import { type Facts, homesOf, peersOf, soundVersions } from './facts.ts';
import { followOf, lineFor } from './following.ts';
import type { Slot } from './slots.ts';
import type { Choice, Demand, Variable } from './solve.ts';
import { compareLines, lineOf } from './version-line.ts';

/** Where a slot is to go: what it may take, the best first. Nothing else will do. */
export type Goal = { readonly versions: readonly string[] };

/** A package that comes new into the tree, because a candidate wants it beside it. */
export type Addition = {
  readonly id: string;
  readonly name: string;
  readonly home: string;
  /** Declared where this one is. */
  readonly beside: Slot;
};

export type Problem = {
  readonly variables: readonly Variable[];
  readonly additions: readonly Addition[];
};

/** Stands for some version of a package whose packument has not been asked for yet. */
export const someVersion = 'some version';

/** Weights: a goal's newer version counts more than any other move, crossing a line more than moving within one. */
const olderWeight = 1_000_000;
const deprecatedWeight = 100_000;
const lineWeight = 1_000;

/** Whether companions may go to versions against which their publisher speaks. */
export type Allow = 'sound' | 'deprecated';

/**
 * The choice of versions as a problem for `solve`: one variable for each slot, one for each package that a candidate wants
 * beside it and that is not there. Staying costs nothing; every other choice costs the more the further it goes. Pure.
 */
export function peerProblem(facts: Facts, goals: ReadonlyMap<string, Goal>, allow: Allow = 'sound'): Problem {
  const additions = new Map<string, Addition>();
  const slots = facts.tree.slots.map((slot) =>
    slotVariable(facts, slot, { goal: goals.get(slot.id), additions, allow }),
  );
  // An addition may want additions of its own; each round finds those of the round before.
  const added: Variable[] = [];
  for (const addition of additions.values()) added.push(additionVariable(facts, addition, additions));
  return { variables: compressed([...slots, ...added]), additions: [...additions.values()] };
}

type Additions = Map<string, Addition>;

function slotVariable(
  facts: Facts,
  slot: Slot,
  { goal, additions, allow }: { readonly goal: Goal | undefined; readonly additions: Additions; readonly allow: Allow },
): Variable {
  const demands = demandsOf(facts, slot, additions);
  const choiceOf = (version: string, cost: number): Choice => ({
    value: version,
    cost,
    isStay: version === slot.current,
    demands: demands(version),
  });
  if (goal !== undefined) {
    return { id: slot.id, choices: goal.versions.map((version, rank) => choiceOf(version, rank * olderWeight)) };
  }
  const above = candidatesOf(facts, slot, allow);
  const lines = [...new Set(above.map(({ line }) => line))].filter((line) => line !== lineOf(slot.current));
  const moves = above
    .filter(({ version }) => !isBesideOwnPackage(facts, slot, version))
    .map(({ version, line, faults }) =>
      choiceOf(version, (lines.indexOf(line) + 1) * lineWeight + (faults.length > 0 ? deprecatedWeight : 1)),
    );
  return { id: slot.id, choices: [choiceOf(slot.current, 0), ...moves] };
}

/** Versions above the current one that may be taken, the nearest line first and in each the newest first. */
export function candidatesOf(facts: Facts, slot: Slot, allow: Allow): readonly Assessed[] {
  const isAllowed = (fault: Fault): boolean =>
    allow === 'deprecated' && (fault.kind === 'deprecated' || fault.kind === 'untagged');
  return facts
    .assessed(slot.package, homesOf(slot))
    .filter(({ version, faults }) => faults.every(isAllowed) && semver.gt(version, slot.current))
    .sort((a, b) => compareLines(a.line, b.line) || semver.rcompare(a.version, b.version));
}

/** True where a version wants one of the tree's own packages beside it in a version that it does not have. */
function isBesideOwnPackage(facts: Facts, slot: Slot, version: string): boolean {
  return (peersOf(facts, slot, version) ?? []).some(({ name, range }) => {
    const own = facts.tree.own.get(name)?.version;
    return own !== undefined && semver.valid(own) !== null && !facts.fits(own, range);
  });
}

/** What each version of a slot demands of others. */
function demandsOf(facts: Facts, slot: Slot, additions: Additions): (version: string) => readonly Demand[] {
  const follow = followDemands(facts, slot);
  return (version) => {
    const peers = peersOf(facts, slot, version) ?? [];
    return [...peers.flatMap((peer) => peerDemands(facts, slot, { peer, additions })), ...follow(version)];
  };
}

function peerDemands(
  facts: Facts,
  slot: Slot,
  { peer, additions }: { readonly peer: Peer; readonly additions: Additions },
): readonly Demand[] {
  const demands = new Map<string, Demand>();
  for (const { home } of slot.declarations) {
    const provider = providerOf(facts, home, peer.name);
    const on =
      provider?.id ?? (peer.isOptional ? undefined : missing(facts, slot, { name: peer.name, home, additions }));
    if (on !== undefined) demands.set(on, demandFor(facts, on, { slot, peer }));
  }
  return [...demands.values()];
}

function demandFor(facts: Facts, on: string, { slot, peer }: { readonly slot: Slot; readonly peer: Peer }): Demand {
  const ranges = [peer.range, ...waivers(facts, slot.package, peer.name)];
  return {
    on,
    key: ranges.join(' or '),
    accepts: (value) =>
      value !== undefined && (value === someVersion || ranges.some((range) => facts.fits(value, range))),
  };
}

/** Ranges that the user says fit all the same. */
function waivers({ overrides }: Facts, wanter: string, name: string): readonly string[] {
  return overrides
    .filter((override) => override.name === name && (override.wanter === undefined || override.wanter === wanter))
    .map(({ range }) => range);
}

/** The slot that a package in a folder gets for a name: the folder's own, else the root's. */
export function providerOf({ tree }: Facts, home: string, name: string): Slot | undefined {
  const named = tree.slots.filter((slot) => slot.name === name);
  const at = (folder: string) => named.find(({ declarations }) => declarations.some((one) => one.home === folder));
  return at(home) ?? at('.');
}

/** A wanted package that is not there; undefined where it was wanted before and nobody minded, or comes from the tree. */
function missing(
  facts: Facts,
  slot: Slot,
  { name, home, additions }: { readonly name: string; readonly home: string; readonly additions: Additions },
): string | undefined {
  if (facts.tree.own.has(name) || facts.tree.fixed.has(name)) return undefined;
  const before = peersOf(facts, slot, slot.current) ?? [];
  if (before.some((peer) => peer.name === name && !peer.isOptional)) return undefined;
  const id = `${home}>${name}`;
  if (!additions.has(id)) additions.set(id, { id, name, home, beside: slot });
  return id;
}

function additionVariable(facts: Facts, { id, name, home, beside }: Addition, additions: Additions): Variable {
  const absent: Choice = { value: undefined, cost: 0, isStay: true, demands: [] };
  if (!facts.packuments.has(name)) {
    return { id, choices: [absent, { value: someVersion, cost: 2, isStay: false, demands: [] }] };
  }
  const slot: Slot = { ...beside, id, name, package: name, current: '', known: undefined };
  const near = { ...slot, declarations: beside.declarations.filter((one) => one.home === home) };
  const demands = demandsOf(facts, near, additions);
  const choices = soundVersions(facts, near)
    .toReversed()
    .map(({ version }): Choice => ({ value: version, cost: 2, isStay: false, demands: demands(version) }));
  return { id, choices: [absent, ...choices] };
}

/** What follows a lead is in the line that belongs to the lead's, or has the lead's own version. */
function followDemands(facts: Facts, slot: Slot): (version: string) => readonly Demand[] {
  const follow = followOf(slot, facts.tree.slots);
  if (follow === undefined || follow.following === 'own-version') return () => [];
  const sound = soundVersions(facts, slot);
  const lines = [...new Set([...sound.map(({ line }) => line), lineOf(slot.current)])];
  const versions = new Set(sound.map((one) => one.version));
  const isExact = follow.following === 'same-version';
  return (version) => [
    {
      on: follow.lead.id,
      key: `${slot.package} follows in ${isExact ? version : lineOf(version)}`,
      accepts: (value) => {
        if (value === undefined) return true;
        if (isExact && versions.has(value)) return version === value;
        const line = isExact ? lineOf(value) : lineFor(lineOf(value), lines);
        return line === undefined || line === lineOf(version);
      },
    },
  ];
}

/** Of choices that demand the same and that nobody tells apart, the cheapest alone is kept: the search is the smaller. */
function compressed(variables: readonly Variable[]): readonly Variable[] {
  const onto = new Map<string, Map<string, Demand>>();
  for (const { choices } of variables) {
    for (const { demands } of choices) {
      for (const demand of demands) {
        const known = onto.get(demand.on) ?? new Map<string, Demand>();
        onto.set(demand.on, known.set(demand.key, demand));
      }
    }
  }
  return variables.map(({ id, choices }) => {
    const tests = [...(onto.get(id)?.values() ?? [])];
    const seen = new Set<string>();
    const kept = choices.filter(({ value, isStay, demands }) => {
      const passed = tests.map(({ accepts }) => (accepts(value) ? '1' : '0')).join('');
      const own = demands.map(({ on, key }) => `${on} ${key}`).sort();
      const signature = `${isStay} ${passed} ${own.join(' & ')}`;
      if (seen.has(signature)) return false;
      seen.add(signature);
      return true;
    });
    return { id, choices: kept };
  });
}
