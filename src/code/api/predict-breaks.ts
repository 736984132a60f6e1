import { join } from 'node:path';
import type { Finding } from '#core/finding';
import type { Unknown } from '../snapshot.ts';
import type { FileChange } from '../text/file-change.ts';
import { folderPath } from '../text/search-text.ts';
import { buildFinding } from './build-finding.ts';
import { type ChangesToRead, changesToRead } from './changes-to-read.ts';
import { checkEdits } from './check-edits.ts';
import { diffSurfaces } from './diff.ts';
import { explain } from './explain.ts';
import { gatherSides, type Sides } from './gather-sides.ts';
import { inReach } from './in-reach.ts';
import { joinUses } from './join.ts';
import { moduleForms } from './module-forms.ts';
import { type FactSides, packageFacts } from './package-facts.ts';
import { companionOf, packageNameOf, subpathOf } from './package-name.ts';
import { readSurface } from './read-surface.ts';
import type { RepositoryReader } from './repository-documents.ts';
import { runtimeMembers } from './runtime-members.ts';
import { type Scan, scanTree } from './scan-tree.ts';
import { settledBy } from './settled-by.ts';
import type { Surface } from './surface.ts';
import { type NamedSymbol, symbolIndex } from './symbol-index.ts';
import { type TreeProject, treeProjects } from './tree-projects.ts';
import { type Upgrade, type UpgradeGroup, upgradeGroups } from './upgrade-groups.ts';
import { usedSpecifiers } from './used-specifiers.ts';

export type PredictOptions = {
  /** Absolute. */
  readonly root: string;
  /** Files of the tree's own packages, by path from the root. */
  readonly files: readonly string[];
  /** tsconfig files to begin with, by path from the root. */
  readonly configs: readonly string[];
  /** Packages at the versions that are there and the ones that are wanted; companions in `@types` among them or apart. */
  readonly upgrades: readonly Upgrade[];
  readonly typesUpgrades?: readonly Upgrade[];
  /** What `registryOptions` reads from npm's configuration. It holds tokens and is never shown. */
  readonly registryOptions: Readonly<Record<string, unknown>>;
  /** Where changelogs are read that packages do not ship; undefined to read none. */
  readonly repositories?: RepositoryReader | undefined;
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
  readonly budgetMs: number;
  /**
   * `both-versions` (the default) compiles the tree's code in memory against both, which settles what depends on the values;
   * `none` leaves it at the comparison of the packages, which is faster and says more than will break.
   */
  readonly compile?: 'both-versions' | 'none';
};

export type Prediction = {
  /** `api/…`: each points at a use. */
  readonly findings: readonly Finding[];
  /** `package/…`: what is true of the package itself. */
  readonly facts: readonly Finding[];
  readonly reading: ChangesToRead;
  readonly unknown: readonly Unknown[];
  /** Findings whose error is gone once files are changed so; compiles. */
  settledBy(changes: readonly FileChange[]): ReadonlySet<Finding>;
};

/**
 * What will break when packages are upgraded, before anything is installed: both versions are fetched, their types (or code)
 * compared, the differences joined with the tree's own uses by symbol, and the tree's code compiled in memory against both.
 * Nothing is written and nothing of the tree or of a package is run. What was not looked at is named. Throws the signal's
 * reason on abort.
 */
export async function predictBreaks(options: PredictOptions): Promise<Prediction> {
  const { root, configs, signal, nowMs } = options;
  const endMs = nowMs() + options.budgetMs;
  const wanted = upgradeGroups([...options.upgrades, ...(options.typesUpgrades ?? [])]);
  const projects = treeProjects(options);
  const used = usedSpecifiers(projects);
  const subpaths = new Map(
    [...used].map(([name, list]) => [name, list.map((specifier) => subpathOf(specifier, name))]),
  );
  const folders = [...new Set(['.', ...configs.map(folderPath)])];
  const sides = await gatherSides(
    { root, folders, groups: wanted, subpaths },
    { options: options.registryOptions, signal },
  );
  // A version that could not be had is among what is not known; nothing is said of its uses.
  const groups = wanted.filter((group) => sides.has('old', group) && sides.has('new', group));
  const names = new Set(groups.map(({ name }) => name));
  const near = await nearOf(groups, { folders: folders.map((path) => join(root, path)), used, projects });
  const compared = near.map((group) => compare(group, { sides, used: used.get(group.name) ?? [], names, signal }));
  const index = new Map(compared.flatMap(({ old, now }) => [...symbolIndex(old, now)]));
  const isWanted = (specifier: string): boolean => names.has(packageNameOf(specifier) ?? '');
  const known = new Set(index.keys());
  const scan = await scanTree({
    root,
    projects: near.length === 0 ? [] : projects,
    sides,
    known,
    isWanted,
    compile: options.compile ?? 'both-versions',
    signal,
    nowMs,
    endMs,
  });
  const touched = compared.flatMap((one) => touchedBy(one, { sides, scan, index }));
  const predicted = explain({ groups, touched, uses: scan.uses, errors: scan.errors, checked: scan.checked, index });
  const { evidence, reading } = await changesToRead(groups, { sides, repositories: options.repositories });
  const moved = touched.filter(({ change }) => change.rule === 'api/moved' && change.replacement?.isCertain === true);
  const textOf = (file: string): string | undefined => scan.texts.get(file);
  const proposals = predicted.map((one) => ({
    finding: buildFinding(one, { evidence: evidence.get(one.group.name), textOf, moved }),
    error: one.error,
  }));
  const findings = await checkEdits(proposals, { root, projects, sides, scan, touched, signal, nowMs, endMs });
  const judged = findings.map((finding, place) => ({ finding, error: proposals[place]?.error }));
  return {
    findings,
    settledBy: (changes) => settledBy(changes, { root, projects, sides, scan, judged }),
    facts: allFacts(groups, { sides, compared }),
    reading,
    unknown: [
      ...missed(
        sides,
        groups.filter((group) => !near.includes(group)),
      ),
      ...compared.flatMap(({ old, now }) => [...silences(old), ...silences(now)]),
      ...scan.unknown,
    ],
  };
}

/** The packages that the tree's files can reach. */
async function nearOf(
  groups: readonly UpgradeGroup[],
  {
    folders,
    used,
    projects,
  }: {
    readonly folders: readonly string[];
    readonly used: ReadonlyMap<string, readonly string[]>;
    readonly projects: readonly TreeProject[];
  },
): Promise<readonly UpgradeGroup[]> {
  const reached = await inReach({ folders, imported: used.keys(), projects });
  return groups.filter(
    ({ name, members }) => reached.has(name) || members.some((member) => member.name.startsWith('@types/')),
  );
}

type Compared = ReturnType<typeof compare>;
type Found = {
  readonly sides: Sides;
  readonly scan: Scan;
  readonly index: ReadonlyMap<string, NamedSymbol>;
};

/** All changes of a package with the uses that they touch. */
function touchedBy({ group, now, changes }: Compared, { sides, scan, index }: Found) {
  const { name } = group;
  const versions = { old: sides.store.get('old', name), now: sides.store.get('new', name) };
  const form = { name, before: sides.manifestOf('old', name), after: versions.now, now };
  const mine = scan.uses.filter(({ untypedOf }) => untypedOf?.some((key) => index.get(key)?.package === name));
  const found = [...moduleForms(form, scan.uses), ...joinUses(changes, scan.uses), ...runtimeMembers(versions, mine)];
  return found.map((one) => ({ ...one, package: name }));
}

/** What a surface does not say. */
function silences({ package: name, version, source, isWhole }: Surface): readonly Unknown[] {
  const what = `API of ${name}@${version}`;
  if (source === 'none')
    return [{ what, why: 'It has no types, no companion in @types, and no code of which exports can be read.' }];
  return isWhole
    ? []
    : [{ what, why: 'It has more named types than are compared; the compiler still judges every use.' }];
}

function allFacts(
  groups: readonly UpgradeGroup[],
  { sides, compared }: { readonly sides: Sides; readonly compared: readonly Compared[] },
): readonly Finding[] {
  const beside = new Map(groups.flatMap(({ members }) => members.map(({ name, to }) => [name, to])));
  return groups.flatMap((group) => {
    const { old, now } = compared.find((one) => one.group === group) ?? { old: unread(group), now: unread(group) };
    return factsOf(sides, group, { old, now, beside });
  });
}

function factsOf(
  sides: Sides,
  { name, lead }: UpgradeGroup,
  more: Pick<FactSides, 'old' | 'now' | 'beside'>,
): readonly Finding[] {
  const [before, after] = [sides.manifestOf('old', name), sides.store.get('new', name)];
  if (before === undefined || after === undefined) return [];
  const filesBefore = sides.store.get('old', name)?.files ?? new Map<string, Uint8Array>();
  return packageFacts({
    upgrade: lead,
    before,
    after: after.manifest,
    filesBefore,
    filesAfter: after.files,
    ...more,
  });
}

/** What could not be fetched; types of what is not compared are not missed. */
function missed({ unknown }: Sides, far: readonly UpgradeGroup[]): readonly Unknown[] {
  const companions = far.map(({ name }) => `${companionOf(name)}@`);
  return unknown.filter(({ what }) => !companions.some((companion) => what.startsWith(companion)));
}

/** Of a package that nothing in the tree reaches, the API is not read. */
function unread({ name, lead }: UpgradeGroup): Surface {
  return { package: name, version: lead.to, source: 'none', entries: [], items: new Map(), isWhole: true };
}

type Comparing = {
  readonly sides: Sides;
  readonly used: readonly string[];
  readonly names: ReadonlySet<string>;
  readonly signal: AbortSignal;
};

function compare(group: UpgradeGroup, { sides, used, names, signal }: Comparing) {
  const specifiers = [...new Set([group.name, ...used])];
  const read = (side: 'old' | 'new', version: string): Surface =>
    readSurface(sides.store, {
      from: sides.folderOf(side, group.name),
      package: group.name,
      version,
      specifiers,
      modes: ['import', 'require'],
      apart: new Set([...names].filter((name) => name !== group.name)),
      signal,
    });
  const [old, now] = [read('old', group.lead.from), read('new', group.lead.to)];
  return { group, old, now, changes: diffSurfaces(old, now) };
}
