import { fail } from '#core/error';
import type { Lock, LockedPackage, Member } from '../package-manager.ts';
import { packageManagers } from '../package-managers/index.ts';
import type { Dependency, TreePackage, TreeSnapshot, Unknown } from '../snapshot.ts';
import type { ReadFile } from '../typescript-settings.ts';
import { type Manifest, parseManifest } from '../workspace/manifest.ts';
import { type Entry, type RootEntries, readRootEntries } from './catalogs.ts';

/** Where a package of the tree declares another. */
export type Declaration = {
  /** Folder of the package that declares it; `.` is the root. */
  readonly home: string;
  readonly file: string;
  readonly group: Dependency['group'];
  /** The text that says which versions: in package.json, or in the catalog that it names. */
  readonly entry: Entry;
};

/** A package that the tree depends on, at one version: what can move. */
export type Slot = {
  readonly id: string;
  readonly name: string;
  /** Name under which it is published; another than `name` for an alias. */
  readonly package: string;
  readonly current: string;
  /** Where it is declared, without `peerDependencies`. */
  readonly declarations: readonly Declaration[];
  /** What lock file or node_modules say of the current version. */
  readonly known: LockedPackage | undefined;
  readonly isForDevelopment: boolean;
};

/** The tree as the planner sees it. */
export type Tree = {
  readonly slots: readonly Slot[];
  /** `peerDependencies` of the tree's own packages. */
  readonly peerDeclarations: readonly (Declaration & { readonly name: string })[];
  /** The tree's own packages by name. */
  readonly own: ReadonlyMap<string, TreePackage>;
  readonly members: readonly Member[];
  readonly lock: Lock | undefined;
  /** What pins versions over what anybody declares. */
  readonly pins: readonly Entry[];
  readonly manager: TreeSnapshot['packageManager'];
  /** Direct dependencies that no registry moves: name → why. */
  readonly fixed: ReadonlyMap<string, string>;
  readonly unknown: readonly Unknown[];
};

/**
 * Joins a snapshot with the manifests and the lock file that it was made from. Throws `drift` where a package.json no
 * longer declares what the snapshot says.
 */
export async function readTree(snapshot: TreeSnapshot, read: ReadFile): Promise<Tree> {
  const packages = snapshot.packages.filter(({ kind }) => kind !== 'nested');
  const members = await Promise.all(packages.map((entry) => memberOf(entry, read)));
  const entries = await readRootEntries(read);
  const lock = await lockOf(snapshot, members, read);
  const own = new Map(packages.flatMap((entry) => (entry.name === undefined ? [] : [[entry.name, entry] as const])));
  const stated = packages.flatMap((entry, index) => entriesOf(entry, { manifest: members[index]?.manifest, entries }));
  const fixed = new Map<string, string>();
  const unknown: Unknown[] = [];
  const slots = new Map<string, Slot>();
  for (const { dependency, declaration } of stated) {
    if (declaration.group === 'peerDependencies') continue;
    const why = fixedBy(dependency, own);
    const current = dependency.locked ?? dependency.installed ?? dependency.registry?.inRange;
    if (why !== undefined) fixed.set(dependency.name, why);
    else if (current === undefined) {
      unknown.push({
        what: `the version of ${dependency.name}`,
        why: 'Neither lock file, node_modules nor registry tells it.',
      });
      fixed.set(dependency.name, 'its version now is not known');
    } else addTo(slots, { dependency, declaration, current, lock });
  }
  return {
    slots: [...slots.values()],
    peerDeclarations: stated.flatMap(({ dependency, declaration }) =>
      declaration.group === 'peerDependencies' ? [{ ...declaration, name: dependency.name }] : [],
    ),
    own,
    members,
    lock,
    pins: entries.pins,
    manager: snapshot.packageManager,
    fixed,
    unknown,
  };
}

async function memberOf({ path, name }: TreePackage, read: ReadFile): Promise<Member> {
  const file = path === '.' ? 'package.json' : `${path}/package.json`;
  const text = await read(file);
  const parsed = text === undefined ? undefined : parseManifest(file, text);
  if (parsed?.kind === 'manifest') return { path, manifest: parsed.manifest };
  throw fail('drift', {
    what: `${file}${name === undefined ? '' : ` (${name})`} cannot be read any more.`,
    why: parsed?.finding.message ?? 'It is not there.',
    next: 'Restore it, and plan again.',
  });
}

async function lockOf(snapshot: TreeSnapshot, members: readonly Member[], read: ReadFile): Promise<Lock | undefined> {
  const { packageManager } = snapshot;
  const kind = packageManagers.find(({ id }) => id === packageManager?.name);
  const text = packageManager?.lockFile === undefined ? undefined : await read(packageManager.lockFile);
  const lock = text === undefined ? undefined : kind?.readLock(text, members);
  return typeof lock === 'string' ? undefined : lock;
}

type Stated = { readonly dependency: Dependency; readonly declaration: Declaration };

function entriesOf(
  { path, dependencies }: TreePackage,
  { manifest, entries }: { readonly manifest: Manifest | undefined; readonly entries: RootEntries },
): readonly Stated[] {
  return dependencies.flatMap((dependency) => {
    const { name, group } = dependency;
    const raw = manifest?.fields[group][name];
    if (raw === undefined || manifest === undefined) {
      throw fail('drift', {
        what: `${dependency.place.file} no longer declares ${name} under ${group}.`,
        why: 'It was changed since it was inspected.',
        next: 'Plan again.',
      });
    }
    const catalog = raw.startsWith('catalog:') ? entries.catalogEntry(name, raw) : undefined;
    const own: Entry = { file: manifest.path, path: [group, name], value: raw };
    return [{ dependency, declaration: { home: path, file: manifest.path, group, entry: catalog ?? own } }];
  });
}

function fixedBy({ name, declared }: Dependency, own: Tree['own']): string | undefined {
  if (own.has(name)) return 'it is a package of this tree';
  const protocol = /^(workspace|file|link|portal|patch|git|github|https?|ssh|jsr)[:+]/.exec(declared)?.[1];
  if (protocol !== undefined) return `it is declared as \`${protocol}:\`, which no registry answers for`;
  if (/^[\w.-]+\/[\w.-]+(#|$)/.test(declared)) return 'it comes from a git host, which no registry answers for';
  return undefined;
}

function addTo(
  slots: Map<string, Slot>,
  { dependency, declaration, current, lock }: Stated & { readonly current: string; readonly lock: Lock | undefined },
): void {
  const { name, alias = name } = dependency;
  const id = `${name}@${current}`;
  const before = slots.get(id);
  const isForDevelopment = declaration.group === 'devDependencies';
  slots.set(id, {
    id,
    name,
    package: alias,
    current,
    declarations: [...(before?.declarations ?? []), declaration],
    known: before?.known ?? lock?.direct.get(declaration.home)?.get(name),
    isForDevelopment: (before?.isForDevelopment ?? true) && isForDevelopment,
  });
}
