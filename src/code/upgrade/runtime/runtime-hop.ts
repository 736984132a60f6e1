import semver from 'semver';
import type { Finding } from '#core/finding';
import { publishedPackage } from '../../registry/packument.ts';
import { engineConflicts, type Present } from '../../workspace/conflicts.ts';
import { chooseVersions } from '../choose-versions.ts';
import { type Facts, soundVersions } from '../facts.ts';
import { hopOf } from '../hop.ts';
import { moved } from '../move-tree.ts';
import type { PlanHopsOptions } from '../plan-hops.ts';
import type { Slot } from '../slots.ts';
import type { Hop, RuntimeChange } from '../upgrade-path.ts';
import { compareLines } from '../version-line.ts';
import type { RaisedPlaces } from './raise-places.ts';
import type { RuntimeGoal } from './raised-value.ts';
import { runtimePackage } from './runtime-goal.ts';

/** What goes to the same major as Node itself: its types, and the package that brings its program. */
const companions: ReadonlySet<string> = new Set(['@types/node', runtimePackage]);

/**
 * The hop that raises Node, undefined where there is nothing to raise: every place that names it, its types to the same major, and what is to be known of packages that
 * do not take it. Node needs no hop for each major: https://github.com/nodejs/Release has one long-term line follow the other,
 * and what each removes is in one list.
 */
export async function runtimeHop(
  options: PlanHopsOptions & { readonly goal: RuntimeGoal; readonly places: RaisedPlaces; readonly now: string },
): Promise<{ readonly hop: Hop; readonly facts: Facts } | undefined> {
  const { facts, goal, places } = options;
  const isNamed = facts.conditions.nodeVersions.length > 0;
  const from = places.from ?? (isNamed ? goal.floor : options.now);
  const runtime: RuntimeChange = { from, to: goal.version, range: goal.range, files: places.files };
  const title = `node ${semver.major(from)} → ${semver.major(goal.version)}`;
  const id = `hop-1-node-${semver.major(goal.version)}`;
  const bare: Hop = {
    id,
    title,
    lead: { name: runtimePackage, from, to: goal.version },
    changes: [],
    overrides: [],
    runtime,
    findings: [],
  };
  const { hop, findings } = await withCompanions(bare, options);
  if (places.from === undefined && hop.changes.length === 0 && semver.gte(from, goal.floor)) return undefined;
  const after = { ...facts, tree: moved(facts.tree, hop), variables: new Map() };
  const known = [...places.findings, ...findings, ...passed(runtime), ...enginesOf(after, goal)];
  return { hop: { ...hop, findings: [...hop.findings, ...known] }, facts: after };
}

async function withCompanions(
  bare: Hop,
  options: PlanHopsOptions & { readonly goal: RuntimeGoal },
): Promise<{ readonly hop: Hop; readonly findings: readonly Finding[] }> {
  const { facts, goal } = options;
  const line = String(semver.major(goal.version));
  const goals = new Map<string, { readonly versions: readonly string[] }>();
  const behind = facts.tree.slots.filter(
    (slot) => companions.has(slot.package) && compareLines(String(semver.major(slot.current)), line) < 0,
  );
  for (const slot of behind) {
    const versions = soundVersions(facts, slot)
      .filter((one) => one.line === line)
      .map(({ version }) => version);
    if (versions.length > 0) goals.set(slot.id, { versions: versions.toReversed() });
  }
  const [lead] = behind.filter(({ id }) => goals.has(id));
  const missing = behind
    .filter(({ id }) => !goals.has(id))
    .map((slot) => held(slot, line, 'no version of it can be taken'));
  if (lead === undefined) return { hop: bare, findings: missing };
  const chosen = await chooseVersions(facts, goals, options);
  if (typeof chosen === 'string') {
    const why = 'no versions of all that is there fit beside it';
    return { hop: bare, findings: behind.map((slot) => held(slot, line, why)) };
  }
  const made = hopOf(facts, {
    lead,
    chosen,
    number: 1,
    why: `It describes what Node ${line} brings.`,
    wished: new Set(behind.map(({ id }) => id)),
  });
  const names = [...new Set(made.changes.map(({ name }) => name))];
  const { id, title, lead: node, runtime } = bare;
  const whole = { ...made, id, title: `${title}, with ${names.join(', ')}`, lead: node, runtime };
  return { hop: whole, findings: missing };
}

function held({ name, current }: Slot, line: string, why: string): Finding {
  return {
    rule: 'package/held-back',
    severity: 'warning',
    message: `${name} stays at ${current} while Node goes to ${line}: ${why}.`,
    package: name,
    from: current,
  };
}

/** Lines of Node between are not stopped at. */
function passed({ from, to }: RuntimeChange): readonly Finding[] {
  const [first, last] = [semver.major(from), semver.major(to)];
  const between = Array.from({ length: Math.max(0, last - first - 1) }, (_, at) => first + 1 + at);
  if (between.length === 0) return [];
  return [
    {
      rule: 'package/major-passed',
      severity: 'advice',
      message: `Node goes from ${first} to ${last} without a stop at ${between.join(', ')}: a line may be skipped, and the recipes for Node take in what each of them removed.`,
      evidence: 'https://nodejs.org/api/deprecations.html lists what every line deprecates and removes.',
      package: runtimePackage,
      from: String(first),
      to: String(last),
    },
  ];
}

/** Direct dependencies that do not run on the new Node, each with the first version that does. */
function enginesOf(facts: Facts, { version }: RuntimeGoal): readonly Finding[] {
  const present = facts.tree.slots.flatMap((slot): readonly Present[] => {
    const packument = facts.packuments.get(slot.package);
    const published = packument === undefined ? undefined : publishedPackage(packument, slot.current);
    const found = published ?? slot.known;
    if (found === undefined) return [];
    const home = slot.declarations[0]?.home ?? '.';
    return [{ ...found, name: slot.name, in: home, isForDevelopment: slot.isForDevelopment }];
  });
  return engineConflicts(present, { inUse: version, declared: [] }).map((finding) => {
    const slot = facts.tree.slots.find(({ name }) => name === finding.object);
    const taken = slot === undefined ? undefined : firstThatRuns(facts, slot, version);
    const { message } = finding;
    return {
      ...finding,
      severity: 'warning',
      message: message.replace('but this Node is', 'and Node goes to'),
      cure:
        taken === undefined
          ? `No newer version of ${finding.object} takes Node ${version} either: replace it, or try it out.`
          : `Wish for it too: \`${finding.object}@${taken}\` is the first version that takes Node ${version}.`,
      ...(finding.object === undefined ? {} : { package: finding.object }),
    };
  });
}

function firstThatRuns(facts: Facts, slot: Slot, node: string): string | undefined {
  const packument = facts.packuments.get(slot.package);
  if (packument === undefined) return undefined;
  return soundVersions(facts, slot).find(({ version }) => {
    const engines = publishedPackage(packument, version)?.engines;
    const runs = engines === undefined || semver.satisfies(node, engines, { includePrerelease: true });
    return semver.gt(version, slot.current) && runs;
  })?.version;
}
