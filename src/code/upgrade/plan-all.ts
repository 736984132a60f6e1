import semver from 'semver';
import { isFailure } from '#core/error';
import type { Finding } from '#core/finding';
import { nodeRange } from '../workspace/node-range.ts';
import { nextOf, whatOf, whyOf } from './blocked.ts';
import { chooseVersions } from './choose-versions.ts';
import { type Facts, soundVersions } from './facts.ts';
import { followOf, lineFor } from './following.ts';
import { resolveWish, type Target } from './goals.ts';
import { goalsOf } from './hop-goals.ts';
import { isThere, type PlanHopsOptions, stepped, type Way, withHop } from './plan-hops.ts';
import { sideBySideHop } from './side-by-side.ts';
import type { Goal } from './slot-variable.ts';
import type { Slot } from './slots.ts';
import { type Step, stepsTo } from './steps.ts';
import { lineOf } from './version-line.ts';

/** More hops than any tree of direct dependencies has majors to go. */
const hopsMax = 1_000;
/** The newest of everything is looked for at once: that is cut short, and then not proven to be the best. */
const withinNodesMax = 3_000;

/**
 * The hops that take every direct dependency to its newest version: first all within their majors, then major by major, in
 * each turn the first that moves nothing else over a major, else the one that moves the least. Compilers come before what
 * they compile, tools before what runs. What cannot move is held back, with a finding that says who blocks.
 */
export async function planAll(options: PlanHopsOptions): Promise<Way> {
  const { targets, findings } = allTargets(options.facts);
  const start: Way = { facts: options.facts, hops: [], findings };
  let way = await withinLines(start, options);
  const told = new Set<string>();
  for (let count = 0; count < hopsMax; count += 1) {
    const { next, passed } = await nextOfAll(way, targets, { options, told });
    way = { ...way, findings: [...way.findings, ...passed] };
    if (next === undefined) break;
    const answer = await stepped(way, { ...options, ...next });
    if (answer.kind === 'blocked') break;
    way = answer.way;
  }
  return { ...way, findings: [...way.findings, ...(await heldBack(way, targets, options))] };
}

type Next = { readonly step: Step; readonly id: string; readonly why: string };

/** The first step that crosses no line but its own and its followers', else the one that changes the least. */
async function nextOfAll(
  way: Way,
  targets: readonly Target[],
  { options, told }: { readonly options: PlanHopsOptions; readonly told: Set<string> },
): Promise<{ readonly next: Next | undefined; readonly passed: readonly Finding[] }> {
  const passed: Finding[] = [];
  let best: { readonly next: Next; readonly crossed: number } | undefined;
  for (const { lead, target, step, findings } of pendingOf(way, targets)) {
    if (!told.has(lead.id)) passed.push(...findings);
    told.add(lead.id);
    const goals = goalsOf(way.facts, lead, step);
    const chosen = await chooseVersions(way.facts, goals, options);
    if (typeof chosen === 'string') {
      const beside = await sideBySideHop(way.facts, lead, { ...options, step, number: 0, why: target.why });
      if (beside === undefined) continue;
      best = { next: { step, id: lead.id, why: target.why }, crossed: 0 };
      break;
    }
    const crossed = way.facts.tree.slots.filter((slot) => {
      const to = chosen.values.get(slot.id)?.value ?? slot.current;
      return !goals.has(slot.id) && lineOf(to) !== lineOf(slot.current);
    }).length;
    if (best === undefined || crossed < best.crossed) best = { next: { step, id: lead.id, why: target.why }, crossed };
    if (crossed === 0) break;
  }
  return { next: best?.next, passed };
}

type Pending = {
  readonly lead: Slot;
  readonly target: Target;
  readonly step: Step;
  readonly findings: readonly Finding[];
};

function pendingOf({ facts }: Way, targets: readonly Target[]): readonly Pending[] {
  return targets.flatMap((target) => {
    const lead = facts.tree.slots.find(({ id }) => id === target.slot.id);
    // What a side-by-side hop left under the old name is another package.
    if (lead === undefined || lead.package !== target.slot.package) return [];
    const { steps, findings } = stepsTo(facts, { ...target, slot: lead });
    const step = steps.find((one) => !isThere(lead, one));
    return step === undefined ? [] : [{ lead, target, step, findings }];
  });
}

/** A finding for each target that was not reached: who blocks its next step. */
async function heldBack(way: Way, targets: readonly Target[], options: PlanHopsOptions): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { lead, target, step } of pendingOf(way, targets)) {
    const answer = await stepped(way, { ...options, step, id: lead.id, why: target.why });
    if (answer.kind === 'way') continue;
    findings.push({
      rule: 'package/held-back',
      severity: 'warning',
      message: `${whatOf(answer.blocked)} ${whyOf(answer.blocked)}`.trim(),
      cure: nextOf(answer.blocked),
      package: lead.name,
      from: lead.current,
      to: step.line,
    });
  }
  return findings;
}

/** Where every dependency is to go that follows no other, in the order in which they are tried. */
function allTargets(facts: Facts): { readonly targets: readonly Target[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const leads = facts.tree.slots.filter((slot) => {
    const follow = followOf(slot, facts.tree.slots);
    return facts.packuments.has(slot.package) && (follow === undefined || follow.following === 'own-version');
  });
  const names = [...new Set(leads.sort(byTurn).map(({ name }) => name))];
  const targets = names.flatMap((name) => {
    const slot = leads.find((one) => one.name === name);
    if (slot?.package === '@types/node') {
      const types = nodeTypes(facts, slot);
      findings.push(...types.findings);
      return types.targets;
    }
    try {
      const resolved = resolveWish(facts, { kind: 'package', name, spec: undefined });
      return resolved.kind === 'target' ? [{ ...resolved.target, why: 'Everything is wished for.' }] : [];
    } catch (error) {
      if (!isFailure(error, 'no-solution') && !isFailure(error, 'bad-input')) throw error;
      const { what, why, next } = error.explanation;
      findings.push({
        rule: 'package/held-back',
        severity: 'warning',
        message: `${what} ${why}`,
        cure: next,
        package: name,
      });
      return [];
    }
  });
  return { targets, findings };
}

/** The compiler first, since newer types want a newer one; then tools, then what runs; by name. */
function byTurn(a: Slot, b: Slot): number {
  return turnOf(a) - turnOf(b) || (a.name < b.name ? -1 : 1);
}

function turnOf({ package: name, isForDevelopment }: Slot): number {
  if (name === 'typescript') return 0;
  if (name === '@types/node') return 1;
  return isForDevelopment ? 2 : 3;
}

/** Types of Node describe the oldest Node that the tree names, or the one in use, and not the newest there is. */
function nodeTypes(
  facts: Facts,
  slot: Slot,
): { readonly targets: readonly Target[]; readonly findings: readonly Finding[] } {
  const { nodeInUse, nodeVersions } = facts.conditions;
  const named = nodeVersions.flatMap(({ value }) => {
    const range = nodeRange(value);
    return range === undefined ? [] : (semver.minVersion(range)?.version ?? []);
  });
  const oldest = semver.sort([...named, nodeInUse])[0] ?? nodeInUse;
  const sound = soundVersions(facts, slot);
  const line = lineFor(lineOf(oldest), [...new Set(sound.map((one) => one.line))]);
  const versions = sound
    .filter((one) => one.line === line && semver.gt(one.version, slot.current))
    .map(({ version }) => version);
  const why = `Node ${lineOf(oldest)} is the oldest that this tree names.`;
  const newest = sound.at(-1);
  const isHeld = newest !== undefined && newest.line !== line && newest.line !== lineOf(slot.current);
  const findings = isHeld ? [heldWithNode(slot, { to: newest.version, why, line: line ?? lineOf(slot.current) })] : [];
  if (line === undefined || versions.length === 0) return { targets: [], findings };
  return { targets: [{ slot, line, versions: versions.toReversed(), why }], findings };
}

function heldWithNode(
  slot: Slot,
  { to, why, line }: { readonly to: string; readonly why: string; readonly line: string },
): Finding {
  return {
    rule: 'package/held-back',
    severity: 'advice',
    message: `${slot.name} is held to ${line}, though ${to} is there: ${why}`,
    cure: 'Raise Node itself with `--upgrade node@MAJOR`; its types go with it.',
    package: slot.name,
    from: slot.current,
    to,
  };
}

/** One hop that takes everything to its newest version within its line. */
async function withinLines(way: Way, options: PlanHopsOptions): Promise<Way> {
  const { facts } = way;
  const goals = new Map<string, Goal>();
  for (const slot of facts.tree.slots) {
    const newer = soundVersions(facts, slot).filter(
      ({ version, line }) => line === lineOf(slot.current) && semver.gt(version, slot.current),
    );
    const versions = [...newer.map(({ version }) => version).toReversed(), slot.current];
    if (newer.length > 0) goals.set(slot.id, { versions });
  }
  if (goals.size === 0) return way;
  options.progress?.(`Looking for the newest versions of ${goals.size} packages within their majors.`);
  const chosen = await chooseVersions(facts, goals, { ...options, nodesMax: withinNodesMax });
  if (typeof chosen === 'string') return way;
  const moved = facts.tree.slots.filter((slot) => (chosen.values.get(slot.id)?.value ?? slot.current) !== slot.current);
  const lead = moved[0];
  if (lead === undefined) return way;
  const title = `${moved.length} ${moved.length === 1 ? 'package' : 'packages'} to the newest of their majors`;
  const why = 'Everything is wished for.';
  return withHop(way, { lead, chosen, why, wished: new Set(goals.keys()), named: { slug: 'within-majors', title } });
}
