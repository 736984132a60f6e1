import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { Registry } from '../registry/registry.ts';
import type { TreeSnapshot } from '../snapshot.ts';
import type { ReadFile } from '../typescript-settings.ts';
import { type Facts, factsOf } from './facts.ts';
import { resolveWish, type Target } from './goals.ts';
import { packumentStore } from './packument-store.ts';
import { planAll } from './plan-all.ts';
import { planHops } from './plan-hops.ts';
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
  const names = [...new Set(tree.slots.map((slot) => slot.package))];
  progress?.(`Asking the registry for ${names.length} packages.`);
  await store.load(names);
  const facts = factsOf({
    tree,
    packuments: store.known,
    overrides,
    conditions: {
      nodeInUse: options.nodeInUse,
      nodeVersions: placesOf(snapshot, overrides),
      publishedUntilMs,
    },
  });
  const planning = { facts, load: store.load, loadDates: store.loadDates, signal, progress };
  const isAll = options.wishes.some(({ kind }) => kind === 'all');
  const { targets, findings } = isAll ? noTargets : targetsOf(facts, options.wishes, store.refused);
  const way = isAll ? await planAll(planning) : await planHops({ ...planning, targets });
  if (way.hops.length === 0) throw nothing(way.findings.map(({ message }) => message));
  return {
    hops: way.hops,
    findings: [...findings, ...way.findings],
    overrides,
    unknown: [...tree.unknown, ...refusals(store.refused)],
  };
}

/** Where the user says which Node will run, what the tree names is not held against a version any more. */
function placesOf({ nodeVersions }: TreeSnapshot, overrides: readonly Override[]): TreeSnapshot['nodeVersions'] {
  const node = overrides.find(({ name, wanter }) => name === 'node' && wanter === undefined);
  return node === undefined ? nodeVersions : nodeVersions.map((place) => ({ ...place, value: node.range }));
}

const noTargets = { targets: [], findings: [] };

function untilOf({ minAgeDays, nowMs }: PlanUpgradeOptions): number | undefined {
  return minAgeDays === undefined || nowMs === undefined ? undefined : nowMs - minAgeDays * dayMs;
}

type Targets = { readonly targets: readonly Target[]; readonly findings: readonly Finding[] };

function targetsOf(facts: Facts, wishes: readonly Wish[], refused: ReadonlyMap<string, string>): Targets {
  const findings: Finding[] = [];
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
  if (targets.length === 0) throw nothing(findings.map(({ message }) => message));
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
