import type { Finding } from '#core/finding';
import type { PackageManagerKind } from '../package-manager.ts';
import { packageManagers } from '../package-managers/index.ts';
import type { PackageManager } from '../snapshot.ts';
import type { Manifest } from './manifest.ts';

/** The package manager of a tree, and what contradicts it. */
export type Detected = {
  readonly manager: PackageManager | undefined;
  readonly kind: PackageManagerKind | undefined;
  readonly findings: readonly Finding[];
};

/** Something that names a package manager: where, and which version. */
type Witness = { readonly says: string; readonly name: string; readonly version?: string | undefined };

/**
 * What package.json states outweighs what lies there: `packageManager` (as Corepack reads it), then `devEngines`, then
 * the lock files. `files` are those of the root folder.
 */
export function detectPackageManager(manifest: Manifest, files: ReadonlySet<string>): Detected {
  const stated = statedBy(manifest);
  const locks = packageManagers.flatMap((kind) =>
    kind.lockFiles.filter((file) => files.has(file)).map((file): Witness => ({ says: file, name: kind.id })),
  );
  const witnesses = [...stated, ...locks, ...hintsIn(files)];
  const kind = packageManagers.find(({ id }) => id === witnesses[0]?.name);
  if (kind === undefined)
    return { manager: undefined, kind, findings: [...strangers(stated), ...lockMissing(manifest, undefined)] };
  const lockFile = kind.lockFiles.find((file) => files.has(file));
  const version = stated.find(({ name, version }) => name === kind.id && version !== undefined)?.version;
  const manager = {
    name: kind.id,
    ...(version === undefined ? {} : { version }),
    evidence: witnesses.filter(({ name }) => name === kind.id).map(({ says }) => says),
    ...(lockFile === undefined ? {} : { lockFile }),
  };
  const missing = lockFile === undefined ? lockMissing(manifest, kind) : [];
  return { manager, kind, findings: [...contradictions(witnesses, kind, files), ...missing] };
}

function statedBy({ fields }: Manifest): readonly Witness[] {
  const corepack = /^([a-z]+)@([^+]+)/.exec(fields.packageManager ?? '');
  const asked = fields.devEngines?.packageManager;
  const engines = asked === undefined ? [] : Array.isArray(asked) ? asked : [asked];
  return [
    ...(corepack === null
      ? []
      : [{ says: 'packageManager in package.json', name: corepack[1] ?? '', version: corepack[2] }]),
    ...engines.map(({ name, version }) => ({ says: 'devEngines in package.json', name, version })),
  ];
}

function hintsIn(files: ReadonlySet<string>): readonly Witness[] {
  const hints = { 'pnpm-workspace.yaml': 'pnpm', '.yarnrc.yml': 'yarn', '.yarnrc': 'yarn', 'bunfig.toml': 'bun' };
  return Object.entries(hints).flatMap(([says, name]) => (files.has(says) ? [{ says, name }] : []));
}

function contradictions(
  witnesses: readonly Witness[],
  kind: PackageManagerKind,
  files: ReadonlySet<string>,
): readonly Finding[] {
  const others = witnesses.filter(({ name }) => name !== kind.id);
  const doubled = kind.lockFiles.filter((file) => files.has(file)).slice(1);
  const found: Finding[] = others.map((other) => ({
    rule: 'tree/manager-contradiction',
    severity: 'warning',
    message: `${other.says} says ${other.name}, but ${witnesses[0]?.says ?? ''} says ${kind.id}; ${kind.id} is taken.`,
    cure: `Remove the one that is not true: whoever installs with ${other.name} gets other versions.`,
    object: other.says,
  }));
  return [
    ...found,
    ...doubled.map(
      (file): Finding => ({
        rule: 'tree/manager-contradiction',
        severity: 'warning',
        message: `There are ${kind.lockFiles.filter((name) => files.has(name)).join(' and ')}; ${kind.id} reads only ${kind.lockFiles.find((name) => files.has(name)) ?? ''}.`,
        cure: `Remove ${file}.`,
        object: file,
      }),
    ),
  ];
}

function strangers(stated: readonly Witness[]): readonly Finding[] {
  return stated.map(({ says, name }) => ({
    rule: 'tree/manager-contradiction',
    severity: 'warning',
    message: `${says} says ${name}, which is no package manager that godwit knows (${packageManagers.map(({ id }) => id).join(', ')}).`,
  }));
}

function lockMissing({ dependencies }: Manifest, kind: PackageManagerKind | undefined): readonly Finding[] {
  if (dependencies.every(({ group }) => group === 'peerDependencies')) return [];
  return [
    {
      rule: 'tree/lock-missing',
      severity: 'warning',
      message: `There is no lock file${kind === undefined ? '' : ` of ${kind.id}`}: every install may give other versions, and only node_modules says which are used.`,
      cure: `Install once with ${kind?.id ?? 'the package manager of the project'} and commit the lock file that it writes.`,
    },
  ];
}
