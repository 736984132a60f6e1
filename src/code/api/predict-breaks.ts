import type { Finding } from '#core/finding';
import { folderPath } from '../search-text.ts';
import type { Unknown } from '../snapshot.ts';
import { diffSurfaces } from './diff.ts';
import { explain, type Predicted } from './explain.ts';
import { gatherSides, type Sides } from './gather-sides.ts';
import { joinUses } from './join.ts';
import { packageNameOf, subpathOf } from './package-name.ts';
import { readSurface } from './read-surface.ts';
import { scanTree } from './scan-tree.ts';
import type { Surface } from './surface.ts';
import { symbolIndex } from './symbol-index.ts';
import { treeProjects } from './tree-projects.ts';
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
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
  readonly budgetMs: number;
};

export type Prediction = {
  /** `api/…`: each points at a use. */
  readonly findings: readonly Finding[];
  /** `package/…`: what is true of the package itself. */
  readonly facts: readonly Finding[];
  readonly unknown: readonly Unknown[];
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
  const groups = upgradeGroups([...options.upgrades, ...(options.typesUpgrades ?? [])]);
  const names = new Set(groups.map(({ name }) => name));
  const projects = treeProjects(options);
  const used = usedSpecifiers(projects, names);
  const subpaths = new Map(
    [...used].map(([name, list]) => [name, list.map((specifier) => subpathOf(specifier, name))]),
  );
  const folders = [...new Set(['.', ...configs.map(folderPath)])];
  const sides = await gatherSides({ root, folders, groups, subpaths }, { options: options.registryOptions, signal });
  const compared = groups.map((group) => compare(group, { sides, used: used.get(group.name) ?? [], names, signal }));
  const index = new Map(compared.flatMap(({ old, now }) => [...symbolIndex(old, now)]));
  const isWanted = (specifier: string): boolean => names.has(packageNameOf(specifier) ?? '');
  const known = new Set(index.keys());
  const scan = await scanTree({ root, projects, sides, known, isWanted, signal, nowMs, endMs });
  const touched = compared.flatMap(({ group, changes }) =>
    joinUses(changes, scan.uses).map((one) => ({ ...one, package: group.name })),
  );
  const predicted = explain({ groups, touched, uses: scan.uses, errors: scan.errors, checked: scan.checked, index });
  return { findings: predicted.map(findingOf), facts: [], unknown: [...sides.unknown, ...scan.unknown] };
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

function findingOf({ group, change, use, error }: Predicted): Finding {
  const { name, from, to } = group.lead;
  const { place } = error ?? use;
  const { endLine, endColumn } = error ?? use;
  return {
    rule: change.rule,
    severity: error === undefined ? 'warning' : 'error',
    message: `${change.symbol} of ${name} ${change.after === '' ? `is gone in ${to}` : `changed in ${to}`}.`,
    file: place.file,
    line: place.line,
    column: place.column,
    endLine,
    endColumn,
    package: name,
    from,
    to,
    symbol: change.symbol,
    ...(change.before === '' ? {} : { before: change.before }),
    ...(change.after === '' ? {} : { after: change.after }),
    ...(error === undefined ? {} : { evidence: error.message }),
  };
}
