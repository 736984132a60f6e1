import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { Registry } from '../registry/registry.ts';
import type { TreeSnapshot } from '../snapshot.ts';
import type { ReadFile } from '../typescript-settings.ts';
import { nodesThatRun } from '../version-places/index.ts';
import { belowTree } from './below-tree.ts';
import { factsOf } from './facts.ts';
import { resolveWish, type Target } from './goals.ts';
import { type PackumentStore, packumentStore } from './packument-store.ts';
import { planAll } from './plan-all.ts';
import { type PlanHopsOptions, planHops, type Way } from './plan-hops.ts';
import { newerThan, type RaisedPlaces, raisePlaces } from './runtime/raise-places.ts';
import { type RuntimeGoal, raisedValue } from './runtime/raised-value.ts';
import { type RuntimeWish, runtimeGoal, runtimePackage } from './runtime/runtime-goal.ts';
import { runtimeHop } from './runtime/runtime-hop.ts';
import { readTree } from './slots.ts';
import type { Override, UpgradePath } from './upgrade-path.ts';
import type { Wish } from './wishes.ts';

export type PlanUpgradeOptions = {
  readonly wishes: readonly Wish[];
  readonly snapshot: TreeSnapshot;
  /** Reads a file of the tree that the snapshot was made from. */
  readonly read: ReadFile;
  readonly registry: Registry;
  /** e.g. `20.19.0` */
  readonly nodeInUse: string;
  /** The Node with which a gate would measure that wants one of a range; undefined where this machine has none. */
  readonly nodeFor?: ((range: string) => Promise<string | undefined>) | undefined;
  /** Versions younger than this are not taken. Needs `nowMs`. */
  readonly minAgeDays?: number | undefined;
  readonly overrides?: readonly Override[] | undefined;
  /** Milliseconds since 1970. */
  readonly nowMs?: number | undefined;
  readonly signal: AbortSignal;
  /** Told what is being done, as a sentence. */
  readonly progress?: ((text: string) => void) | undefined;
};

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * The way from a tree as it is to what is wished for: hops of versions that fit together, one major at a time. Asks the
 * registry, and changes nothing. Throws `bad-input` for a wish that means nothing here, `nothing-to-do` where all is there,
 * `no-solution` where versions that fit together do not exist, `registry-failed` where a package that is wished for cannot be
 * had, and the signal's reason on abort.
 */
export async function planUpgrade(options: PlanUpgradeOptions): Promise<UpgradePath> {
  const { snapshot, read, registry, signal, overrides = [], progress } = options;
  const tree = await readTree(snapshot, read);
  const publishedUntilMs = untilOf(options);
  const store = packumentStore(registry, { signal, dates: publishedUntilMs !== undefined });
  const node = options.wishes.find(isRuntime);
  const wishes = options.wishes.filter((wish) => wish !== node);
  const names = [
    ...new Set([...tree.slots.map((slot) => slot.package), ...(node === undefined ? [] : [runtimePackage])]),
  ];
  progress?.(`Asking the registry for ${names.length} packages.`);
  await store.load(names);
  const goal = node === undefined ? undefined : goalOf(node, store);
  const places = goal === undefined ? undefined : await raisePlaces(snapshot.nodeVersions, goal, read);
  const facts = factsOf({
    tree,
    packuments: store.known,
    overrides,
    refused: store.refused,
    conditions: {
      nodeInUse: (goal === undefined ? undefined : await options.nodeFor?.(goal.range)) ?? options.nodeInUse,
      nodeVersions: placesOf(snapshot, overrides, goal),
      publishedUntilMs,
    },
  });
  const planning = { facts, load: store.load, loadDates: store.loadDates, signal, progress };
  const named = nodesThatRun(snapshot.nodeVersions);
  const first = await firstWay(planning, { goal, places, named, now: options.nodeInUse });
  const isAll = wishes.some(({ kind }) => kind === 'all');
  const { targets, findings } = isAll ? noTargets : targetsOf(first, wishes, store.refused);
  const way = isAll ? await planAll(planning) : await planHops({ ...planning, targets, first });
  if (way.hops.length === 0) throw nothing(way.findings.map(({ message }) => message));
  return {
    hops: way.hops,
    findings: [...findings, ...way.findings],
    overrides,
    unknown: [...tree.unknown, ...refusals(store.refused)],
  };
}

/** Versions that will run. Where the user says which Node will run, or wishes for one, what the tree names now is not held against a version. */
function placesOf(
  { nodeVersions }: TreeSnapshot,
  overrides: readonly Override[],
  goal: RuntimeGoal | undefined,
): TreeSnapshot['nodeVersions'] {
  const node = overrides.find(({ name, wanter }) => name === 'node' && wanter === undefined);
  const run = nodesThatRun(nodeVersions);
  if (node !== undefined) return run.map((place) => ({ ...place, value: node.range }));
  if (goal === undefined) return run;
  return run.map((place) => {
    const raised = raisedValue(place.value, goal);
    return raised.kind === 'raised' ? { ...place, value: raised.value } : place;
  });
}

/** A wish for `node` means the runtime, also where a package of that name brings its program. */
function isRuntime(wish: Wish): wish is RuntimeWish {
  return wish.kind === 'package' && wish.name === runtimePackage;
}

function goalOf(wish: RuntimeWish, { known, refused }: PackumentStore): RuntimeGoal {
  return runtimeGoal(wish, { packument: known.get(runtimePackage), refused: refused.get(runtimePackage) });
}

/** Node comes before the packages, which may want the new one. */
async function firstWay(
  planning: PlanHopsOptions,
  node: {
    readonly goal: RuntimeGoal | undefined;
    readonly places: RaisedPlaces | undefined;
    readonly named: TreeSnapshot['nodeVersions'];
    readonly now: string;
  },
): Promise<Way> {
  const { facts } = planning;
  const { goal, places, named, now } = node;
  if (goal === undefined || places === undefined) return { facts, hops: [], findings: [] };
  const newer = newerThan(named, goal);
  if (newer.length > 0) throw belowTree('Node', goal.version, newer);
  const made = await runtimeHop({ ...planning, goal, places, now });
  if (made !== undefined) return { facts: made.facts, hops: [made.hop], findings: [] };
  const values = [...new Set(named.map(({ value }) => value))].join(', ');
  const message =
    values === ''
      ? `No place of the tree names a Node version, and the one in use is ${now}.`
      : `Every place of the tree that names a Node version (${values}) takes ${goal.version} or names a newer one.`;
  return {
    facts,
    hops: [],
    findings: [{ rule: 'package/there', severity: 'advice', message, package: runtimePackage }],
  };
}

const noTargets = { targets: [], findings: [] };

function untilOf({ minAgeDays, nowMs }: PlanUpgradeOptions): number | undefined {
  return minAgeDays === undefined || nowMs === undefined ? undefined : nowMs - minAgeDays * dayMs;
}

type Targets = { readonly targets: readonly Target[]; readonly findings: readonly Finding[] };

function targetsOf(
  { facts, hops, findings: known }: Way,
  wishes: readonly Wish[],
  refused: ReadonlyMap<string, string>,
): Targets {
  const findings: Finding[] = [...known];
  const targets = wishes.flatMap((wish) => {
    if (wish.kind === 'all') return [];
    const published = facts.tree.slots.find(({ name }) => name === wish.name)?.package;
    const why = published === undefined ? undefined : refused.get(published);
    if (why !== undefined) {
      throw fail('registry-failed', {
        what: `${wish.name} cannot be upgraded without the registry.`,
        why,
        next: 'Make it reachable and plan again. Nothing was changed.',
      });
    }
    const resolved = resolveWish(facts, wish);
    if (resolved.kind === 'target') return [resolved.target];
    findings.push({ rule: 'package/there', severity: 'advice', message: resolved.why, package: wish.name });
    return [];
  });
  if (targets.length === 0 && hops.length === 0) throw nothing(findings.map(({ message }) => message));
  return { targets, findings };
}

function nothing(reasons: readonly string[]) {
  return fail('nothing-to-do', {
    what: 'There is nothing to upgrade.',
    why: reasons.length === 0 ? 'Every direct dependency is at its newest version already.' : reasons.join(' '),
    next: 'Wish for a newer version, or look with `godwit inspect`.',
  });
}

function refusals(refused: ReadonlyMap<string, string>) {
  const byReason = new Map<string, string[]>();
  for (const [name, why] of refused) byReason.set(why, [...(byReason.get(why) ?? []), name]);
  return [...byReason].map(([why, names]) => ({
    what: `versions of ${names.sort().join(', ')}; ${names.length === 1 ? 'it stays' : 'they stay'} at what is there`,
    why,
  }));
}
