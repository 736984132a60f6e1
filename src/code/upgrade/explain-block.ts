import semver from 'semver';
import { deprecationOf } from '../registry/packument.ts';
import type { Assessed } from './assess-versions.ts';
import type { Blocked, Blocker, WayOut } from './blocked.ts';
import { coresOf } from './cores.ts';
import { type Facts, homesOf, peersOf, soundVersions } from './facts.ts';
import { followOf } from './following.ts';
import { peerProblem } from './peer-problem.ts';
import { type Dead, proofOf } from './proof.ts';
import type { Goal } from './slot-variable.ts';
import type { Slot } from './slots.ts';
import { lineOf } from './version-line.ts';

type Question = {
  readonly lead: Slot;
  /** Where the lead was to go. */
  readonly line: string;
  readonly goals: ReadonlyMap<string, Goal>;
  readonly signal: AbortSignal;
};

/**
 * Why goals cannot be reached: the smallest sets of packages whose demands leave no way, and of each the one at which it ends:
 * its newest version, what that wants and since when, how it comes to that, and what can be done.
 */
export function explainBlock(facts: Facts, { lead, line, goals, signal }: Question): Blocked {
  const { variables } = peerProblem(facts, goals);
  const cores = coresOf(variables, { first: [...goals.keys()], signal });
  const ends = cores.flatMap((core) => endsOf(facts, proofOf(variables, { core, from: [...goals.keys()] }), goals));
  const named = [...new Map(ends.map((end) => [end.slot.id, end])).values()];
  return {
    lead: { name: lead.name, from: lead.current, line },
    blockers: named.map(({ blocker }) => blocker),
    waysOut: [
      { kind: 'hold-back', name: lead.name, at: lineOf(lead.current) },
      ...named.flatMap((end) => waysOutOf(facts, end)),
    ],
  };
}

type End = {
  readonly slot: Slot;
  readonly other: Slot;
  readonly possible: readonly string[];
  readonly blocker: Blocker;
};

/** The slot of which nothing is left, and the one whose possible versions leave nothing of it. */
function endsOf(facts: Facts, dead: readonly Dead[], goals: ReadonlyMap<string, Goal>): readonly End[] {
  const slotOf = (id: string) => facts.tree.slots.find((slot) => slot.id === id);
  return dead.flatMap(({ variable, by, possible, steps }) => {
    const [one, two] = [slotOf(variable), slotOf(by)];
    if (one === undefined || two === undefined) return [];
    // Of a goal nothing is left because of the other's demands: then the other is who blocks.
    const [slot, other] = goals.has(one.id) && !goals.has(two.id) ? [two, one] : [one, two];
    const left = slot === one ? possible : (goals.get(one.id)?.versions ?? []);
    const via = steps.flatMap((step) => {
      const [moved, cause] = [slotOf(step.variable), slotOf(step.by)];
      if (moved === undefined || cause === undefined || goals.has(moved.id)) return [];
      const lowest = [...step.left].sort(semver.compare)[0] ?? moved.current;
      return [`${moved.name} fits ${cause.name} ${lineOf(step.causes[0] ?? cause.current)} from ${lowest} on.`];
    });
    return [{ slot, other, possible: left, blocker: blockerOf(facts, slot, { other, possible: left, via }) }];
  });
}

type Against = { readonly other: Slot; readonly possible: readonly string[] };

function blockerOf(facts: Facts, slot: Slot, against: Against & { readonly via: readonly string[] }): Blocker {
  const { other, via } = against;
  const newest = soundVersions(facts, slot).at(-1)?.version ?? slot.current;
  const top = semver.gt(newest, slot.current) ? newest : slot.current;
  const wants = wantsOf(facts, slot, { ...against, newest: top });
  const since = wants.kind === 'peer' ? sinceOf(facts, slot, against) : undefined;
  const published = since === undefined ? undefined : facts.packuments.get(slot.package)?.time?.[since];
  return {
    name: slot.name,
    current: slot.current,
    newest: top,
    wants: { ...wants, name: other.name },
    via,
    ...(since === undefined ? {} : { since }),
    ...(published === undefined ? {} : { sinceDate: published.slice(0, 10) }),
  };
}

function wantsOf(
  facts: Facts,
  slot: Slot,
  { other, possible, newest }: Against & { readonly newest: string },
): Pick<Blocker['wants'], 'kind' | 'range'> {
  const own = (peersOf(facts, slot, newest) ?? []).find(({ name }) => name === other.name);
  if (own !== undefined && isRefused(facts, own.range, possible)) return { kind: 'peer', range: own.range };
  const follow = followOf(slot, facts.tree.slots);
  if (follow?.lead.id === other.id) return { kind: 'group', range: lineOf(newest) };
  const theirs = possible.flatMap((version) =>
    (peersOf(facts, other, version) ?? []).filter(({ name }) => name === slot.name),
  );
  if (theirs[0] !== undefined) return { kind: 'wanted', range: theirs[0].range };
  return { kind: 'peer', range: own?.range ?? '*' };
}

function isRefused(facts: Facts, range: string, possible: readonly string[]): boolean {
  return possible.every((version) => !facts.fits(version, range));
}

/** From which version on, up to the newest, all refuse; undefined where all that were ever published do. */
function sinceOf(facts: Facts, slot: Slot, { other, possible }: Against): string | undefined {
  const all = facts.assessed(slot.package, homesOf(slot));
  let since: string | undefined;
  for (const { version } of all.filter(({ version: one }) => semver.prerelease(one) === null).toReversed()) {
    if (isFitting(facts, slot, { version, other, possible })) return since;
    since = version;
  }
  return undefined;
}

function isFitting(
  facts: Facts,
  slot: Slot,
  { version, other, possible }: Against & { readonly version: string },
): boolean {
  const peer = peersOf(facts, slot, version)?.find(({ name }) => name === other.name);
  return peer === undefined || !isRefused(facts, peer.range, possible);
}

function waysOutOf(facts: Facts, { slot, other, possible, blocker }: End): readonly WayOut[] {
  const fitting = facts
    .assessed(slot.package, homesOf(slot))
    .filter(({ version, faults }) => semver.gt(version, slot.current) && faults.length > 0)
    .filter(({ version }) => blocker.wants.kind === 'peer' && isFitting(facts, slot, { version, other, possible }));
  const said = deprecationOf(facts.packuments.get(slot.package)?.versions[blocker.newest]);
  const best = possible[0];
  return [
    ...fitting.slice(-1).map((one) => takeOf(slot, one)),
    { kind: 'replace', name: slot.name, ...(said === undefined ? {} : { said: said.slice(0, 200) }) },
    ...(best === undefined || blocker.wants.kind !== 'peer'
      ? []
      : [{ kind: 'override', wanter: slot.name, name: other.name, range: `^${best}` } as const]),
  ];
}

function takeOf(slot: Slot, { version, faults }: Assessed): WayOut {
  return { kind: 'take', name: slot.name, version, why: faults.map(({ why }) => why).join('; ') };
}
