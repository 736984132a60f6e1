import semver from 'semver';
import type { Peer } from '../package-manager.ts';
import type { Assessed, Fault } from './assess-versions.ts';
import { type Facts, homesOf, peersOf, soundVersions } from './facts.ts';
import { followOf, lineFor } from './following.ts';
import { providerOf, waivers } from './providers.ts';
import type { Slot } from './slots.ts';
import { splitDemands } from './split-demands.ts';
import type { Choice, Demand, Variable } from './variable.ts';
import { compareLines, lineOf } from './version-line.ts';

/** Where a slot is to go: what it may take, the best first. Nothing else will do. */
export type Goal = { readonly versions: readonly string[] };

/** Whether companions may go to versions against which their publisher speaks. */
export type Allow = 'sound' | 'deprecated';

/** A package that comes new into the tree, because a candidate wants it beside it. */
export type Addition = {
  readonly id: string;
  readonly name: string;
  readonly home: string;
  /** Declared where this one is. */
  readonly beside: Slot;
};

/** A demand on a package that is not there carries what is to be added. */
export type SlotDemand = Demand & { readonly addition?: Addition };

/** Stands for some version of a package whose packument has not been asked for yet. */
export const someVersion = 'some version';

/** Weights: a goal's newer version counts more than any other move, crossing a line more than moving within one. */
const olderWeight = 1_000_000;
const deprecatedWeight = 100_000;
const lineWeight = 1_000;
const additionWeight = 2;

/** What a slot may be at, with what that costs and demands: staying costs nothing, any other choice the more the further. */
export function slotVariable(
  facts: Facts,
  slot: Slot,
  { goal, allow }: { readonly goal: Goal | undefined; readonly allow: Allow },
): Variable {
  const demands = demandsOf(facts, slot);
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

/** What a package that is not there may be at; before its packument is known, some version that fits everybody. */
export function additionVariable(facts: Facts, { id, name, home, beside }: Addition): Variable {
  const absent: Choice = { value: undefined, cost: 0, isStay: true, demands: [] };
  if (!facts.packuments.has(name)) {
    return { id, choices: [absent, { value: someVersion, cost: additionWeight, isStay: false, demands: [] }] };
  }
  const declarations = beside.declarations.filter((one) => one.home === home);
  const slot: Slot = { ...beside, id, name, package: name, current: '', known: undefined, declarations };
  const demands = demandsOf(facts, slot);
  const choices = soundVersions(facts, slot)
    .toReversed()
    .map(({ version }): Choice => ({ value: version, cost: additionWeight, isStay: false, demands: demands(version) }));
  return { id, choices: [absent, ...choices] };
}

/** Versions above the current one that may be taken, the nearest line first and in each the newest first. */
function candidatesOf(facts: Facts, slot: Slot, allow: Allow): readonly Assessed[] {
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
function demandsOf(facts: Facts, slot: Slot): (version: string) => readonly SlotDemand[] {
  const follow = followDemands(facts, slot);
  return (version) => {
    const peers = peersOf(facts, slot, version) ?? [];
    const wanted = [...peers.flatMap((peer) => peerDemands(facts, slot, peer)), ...follow(version)];
    return [...wanted, ...splitDemands(facts, slot, peers)];
  };
}

function peerDemands(facts: Facts, slot: Slot, peer: Peer): readonly SlotDemand[] {
  const demands = new Map<string, SlotDemand>();
  for (const { home } of slot.declarations) {
    const provider = providerOf(facts, home, peer.name);
    const addition = provider === undefined && !peer.isOptional ? additionFor(facts, slot, { peer, home }) : undefined;
    const on = provider?.id ?? addition?.id;
    if (on === undefined) continue;
    demands.set(on, { ...demandFor(facts, on, { slot, peer }), ...(addition === undefined ? {} : { addition }) });
  }
  return [...demands.values()];
}

function demandFor(facts: Facts, on: string, { slot, peer }: { readonly slot: Slot; readonly peer: Peer }): Demand {
  const ranges = [peer.range, ...waivers(facts, slot, peer.name)];
  return {
    on,
    key: ranges.join(' or '),
    accepts: (value) =>
      value !== undefined && (value === someVersion || ranges.some((range) => facts.fits(value, range))),
  };
}

/** A wanted package that is not there; undefined where it was wanted before and nobody minded, or comes from the tree. */
function additionFor(
  facts: Facts,
  slot: Slot,
  { peer: { name }, home }: { readonly peer: Peer; readonly home: string },
): Addition | undefined {
  if (facts.tree.own.has(name) || facts.tree.fixed.has(name)) return undefined;
  const before = slot.current === '' ? [] : (peersOf(facts, slot, slot.current) ?? []);
  if (before.some((peer) => peer.name === name && !peer.isOptional)) return undefined;
  return { id: `${home}>${name}`, name, home, beside: slot };
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
