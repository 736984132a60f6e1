import semver from 'semver';
import { deprecationOf } from '../registry/packument.ts';
import type { Assessed } from './assess-versions.ts';
import type { Blocked, Blocker, WayOut } from './blocked.ts';
import { type Facts, homesOf, peersOf, soundVersions } from './facts.ts';
import { followOf } from './following.ts';
import { type Goal, peerProblem } from './peer-problem.ts';
import type { Slot } from './slots.ts';
import { solve, type Variable } from './solve.ts';
import { lineOf } from './version-line.ts';

type Question = {
  readonly lead: Slot;
  /** Where the lead was to go. */
  readonly line: string;
  readonly goals: ReadonlyMap<string, Goal>;
  readonly signal: AbortSignal;
};

/**
 * Why goals cannot be reached: the smallest set of packages whose demands leave no way (found by leaving out one after
 * another), for each its newest version, what that wants and since when, and what can be done.
 */
export function explainBlock(facts: Facts, question: Question): Blocked {
  const { lead, line, goals } = question;
  const core = coresOf(facts, question);
  const slots = facts.tree.slots.filter(({ id }) => core.has(id));
  const others = new Map(
    facts.tree.slots.filter(({ id }) => core.has(id) || goals.has(id)).map((slot) => [slot.name, slot]),
  );
  const found = slots.flatMap((slot) => blockerOf(facts, slot, { others, goals }));
  // Who only passes on the demands of the lead itself explains nothing.
  const blockers = found.filter(({ slot }) => !goals.has(slot.id));
  const named = blockers.length > 0 ? blockers : found;
  return {
    lead: { name: lead.name, from: lead.current, line },
    blockers: named.map(({ blocker }) => blocker),
    waysOut: [
      { kind: 'hold-back', name: lead.name, at: lineOf(lead.current) },
      ...named.flatMap(({ slot, blocker }) => waysOutOf(facts, slot, { blocker, others, goals })),
    ],
  };
}

/** Demands that leave no way are looked for this often: where one is found and left out, another may still be there. */
const coresMax = 12;

/**
 * The slots whose demands leave no way, in sets that cannot be made smaller. With the demands of the blockers of one set
 * left out, the next is looked for, until there is a way.
 */
function coresOf(facts: Facts, { goals, signal }: Question): ReadonlySet<string> {
  const { variables } = peerProblem(facts, goals);
  const isOpen = (relaxed: ReadonlySet<string>): boolean =>
    solve(
      variables.map((variable) => decided(variable, relaxed)),
      { signal },
    ).kind === 'solved';
  // The goals first: where the others alone leave no way, they are who blocks.
  const order = [...goals.keys(), ...variables.map(({ id }) => id).filter((id) => !goals.has(id))];
  const found = new Set<string>();
  for (let round = 0; round < coresMax && !isOpen(found); round += 1) {
    const relaxed = new Set(found);
    for (const id of order) {
      if (relaxed.has(id)) continue;
      relaxed.add(id);
      if (isOpen(relaxed)) relaxed.delete(id);
    }
    const core = order.filter((id) => !relaxed.has(id));
    for (const id of core) found.add(id);
    if (core.length === 0) break;
  }
  return found;
}

/** Without costs, so that any way will do, and without the demands of who is relaxed. */
function decided({ id, choices }: Variable, relaxed: ReadonlySet<string>): Variable {
  return {
    id,
    choices: choices.map((choice) => ({ ...choice, cost: 0, demands: relaxed.has(id) ? [] : choice.demands })),
  };
}

type Around = { readonly others: ReadonlyMap<string, Slot>; readonly goals: ReadonlyMap<string, Goal> };

function blockerOf(
  facts: Facts,
  slot: Slot,
  around: Around,
): readonly { readonly slot: Slot; readonly blocker: Blocker }[] {
  const possible = versionsFrom(facts, slot, around).filter(({ faults }) => faults.length === 0);
  const newest = possible.at(-1)?.version ?? slot.current;
  const peer = (peersOf(facts, slot, newest) ?? []).find((one) => isRefused(facts, one, around));
  const wants = peer === undefined ? groupWant(facts, slot, around) : ({ ...want(peer), kind: 'peer' } as const);
  if (wants === undefined) return [];
  const since = peer === undefined ? undefined : sinceOf(facts, slot, { name: peer.name, around });
  const published = since === undefined ? undefined : facts.packuments.get(slot.package)?.time?.[since];
  return [
    {
      slot,
      blocker: {
        name: slot.name,
        current: slot.current,
        newest,
        wants,
        ...(since === undefined ? {} : { since }),
        ...(published === undefined ? {} : { sinceDate: published.slice(0, 10) }),
      },
    },
  ];
}

/** What follows a lead by its version, and has none in the line that the lead is to go to. */
function groupWant(facts: Facts, slot: Slot, { goals }: Around): Blocker['wants'] | undefined {
  const follow = followOf(slot, facts.tree.slots);
  const goal = goals.get(follow?.lead.id ?? '');
  if (follow?.following !== 'same-version' || goal === undefined) return undefined;
  const line = soundVersions(facts, slot).at(-1)?.line ?? lineOf(slot.current);
  return { kind: 'group', name: follow.lead.name, range: line };
}

/** All versions that a slot could take, sound or not, oldest first. */
function versionsFrom(facts: Facts, slot: Slot, { goals }: Around): readonly Assessed[] {
  const goal = goals.get(slot.id);
  return facts
    .assessed(slot.package, homesOf(slot))
    .filter(({ version }) =>
      goal === undefined ? semver.gte(version, slot.current) : goal.versions.includes(version),
    );
}

type Want = { readonly name: string; readonly range: string };

function want({ name, range }: Want): Want {
  return { name, range };
}

/** True where a range takes none of the versions that the other is to go to, or can go to with the goals. */
function isRefused(facts: Facts, { name, range }: Want, around: Around): boolean {
  const other = around.others.get(name);
  const possible = other === undefined ? [] : versionsWithGoals(facts, other, around);
  return possible.length > 0 && possible.every((version) => !facts.fits(version, range));
}

function versionsWithGoals(facts: Facts, slot: Slot, around: Around): readonly string[] {
  const goal = around.goals.get(slot.id);
  if (goal !== undefined) return goal.versions;
  return versionsFrom(facts, slot, around)
    .filter(({ version, faults }) => faults.length === 0 && !isAgainstGoals(facts, slot, { version, around }))
    .map(({ version }) => version);
}

function isAgainstGoals(
  facts: Facts,
  slot: Slot,
  { version, around }: { readonly version: string; readonly around: Around },
): boolean {
  return (peersOf(facts, slot, version) ?? []).some(({ name, range }) => {
    const goal = around.goals.get(around.others.get(name)?.id ?? '');
    return goal?.versions.every((one) => !facts.fits(one, range)) ?? false;
  });
}

/** From which version on, up to the newest, all refuse; undefined where all that were ever published do. */
function sinceOf(
  facts: Facts,
  slot: Slot,
  { name, around }: { readonly name: string; readonly around: Around },
): string | undefined {
  const releases = facts
    .assessed(slot.package, homesOf(slot))
    .filter(({ version }) => semver.prerelease(version) === null);
  let since: string | undefined;
  for (const { version } of releases.toReversed()) {
    const peer = peersOf(facts, slot, version)?.find((one) => one.name === name);
    if (peer === undefined || !isRefused(facts, peer, around)) return since;
    since = version;
  }
  return since;
}

function waysOutOf(
  facts: Facts,
  slot: Slot,
  { blocker, others, goals }: Around & { readonly blocker: Blocker },
): readonly WayOut[] {
  const { wants } = blocker;
  const fitting = versionsFrom(facts, slot, { others, goals }).filter(({ version, faults }) => {
    const peer = peersOf(facts, slot, version)?.find(({ name }) => name === wants.name);
    return faults.length > 0 && (peer === undefined || !isRefused(facts, peer, { others, goals }));
  });
  const best = fitting.at(-1);
  const wanted = others.get(wants.name);
  const goal = wanted === undefined ? undefined : goals.get(wanted.id)?.versions[0];
  const said = deprecationOf(facts.packuments.get(slot.package)?.versions[blocker.newest]);
  return [
    ...(best === undefined
      ? []
      : [
          {
            kind: 'take',
            name: slot.name,
            version: best.version,
            why: best.faults.map(({ why }) => why).join('; '),
          } as const,
        ]),
    { kind: 'replace', name: slot.name, ...(said === undefined ? {} : { said: said.slice(0, 200) }) },
    ...(goal === undefined || wants.kind === 'group'
      ? []
      : [{ kind: 'override', wanter: slot.name, name: wants.name, range: `^${goal}` } as const]),
  ];
}
