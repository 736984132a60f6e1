import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Finding } from '#core/finding';
import type { Unknown } from '../snapshot.ts';
import type { Change } from './change.ts';
import { diffSurfaces } from './diff.ts';
import type { PackageAccess } from './fetch-package.ts';
import { fetchSide } from './fetch-side.ts';
import { findUses } from './find-uses.ts';
import { joinUses, type Touched } from './join.ts';
import { companionOf, describedBy, homeOf, packageNameOf } from './package-name.ts';
import { type PackageStore, packageStore } from './package-store.ts';
import { readSurface } from './read-surface.ts';
import { treeProgram } from './tree-program.ts';
import { treeProjects } from './tree-projects.ts';
import type { Use } from './use.ts';

/** A package and the two versions that are compared. */
export type Upgrade = { readonly name: string; readonly from: string; readonly to: string };

export type PredictOptions = {
  /** Absolute. */
  readonly root: string;
  /** Files of the tree's own packages, by path from the root. */
  readonly files: readonly string[];
  /** tsconfig files to begin with, by path from the root. */
  readonly configs: readonly string[];
  readonly upgrades: readonly Upgrade[];
  /** Companions in `@types` whose versions are settled; others are taken by the major of the package they describe. */
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
 * compared, and the differences joined with the tree's own uses by symbol. Nothing is written and nothing of the tree or of
 * a package is run. What was not looked at is named. Throws the signal's reason on abort.
 */
export async function predictBreaks(options: PredictOptions): Promise<Prediction> {
  const { root, upgrades, signal } = options;
  const access: PackageAccess = { options: options.registryOptions, signal };
  const store = packageStore(root);
  const unknown: Unknown[] = [];
  for (const side of ['old', 'new'] as const) {
    const preferred = new Map(
      (options.typesUpgrades ?? []).map(({ name, from, to }) => [name, side === 'old' ? from : to]),
    );
    const packages = upgrades.map(({ name, from, to }) => ({ name, range: side === 'old' ? from : to, subpaths: [] }));
    unknown.push(...(await fetchSide({ side, packages, preferred }, { store, access })));
  }
  const uses = await usesIn(options, store);
  const findings: Finding[] = [];
  for (const upgrade of upgrades) {
    const changes = changesOf(store, upgrade, { uses, signal });
    findings.push(...joinUses(changes, uses).map((touched) => findingOf(touched, upgrade)));
  }
  return { findings, facts: [], unknown };
}

async function usesIn(options: PredictOptions, store: PackageStore): Promise<readonly Use[]> {
  const { root, upgrades, signal } = options;
  const names = new Set(upgrades.map(({ name }) => name));
  const mapped = new Set([...names, ...[...names].map(companionOf)]);
  const watched = new Set(
    store
      .packages('old')
      .map(({ name }) => name)
      .filter((name) => name !== '@types/node'),
  );
  const isWanted = (specifier: string): boolean => names.has(packageNameOf(specifier) ?? '');
  const uses: Use[] = [];
  for (const project of treeProjects(options)) {
    const program = treeProgram(project, { root, store, side: 'old', mapped, parsed: new Map() });
    const checker = program.getTypeChecker();
    for (const path of project.files) {
      await setImmediate();
      signal.throwIfAborted();
      const file = program.getSourceFile(path);
      if (file === undefined) continue;
      const text = readFileSync(path, 'utf8');
      const sight = {
        checker,
        file,
        path: relative(root, path).replaceAll('\\', '/'),
        text,
        markLength: text.startsWith('\uFEFF') ? 1 : 0,
        isWatched: ({ fileName }: { readonly fileName: string }) => watched.has(homeOf(fileName)?.name ?? ''),
      };
      uses.push(...findUses(sight, isWanted));
    }
  }
  return uses;
}

function changesOf(
  store: PackageStore,
  { name, from, to }: Upgrade,
  { uses, signal }: { readonly uses: readonly Use[]; readonly signal: AbortSignal },
): readonly Change[] {
  const used = uses.flatMap(({ exported }) =>
    packageNameOf(exported?.specifier ?? '') === name && exported !== undefined ? [exported.specifier] : [],
  );
  const specifiers = [...new Set([describedBy(name), ...used])];
  const request = { package: name, specifiers, modes: ['import', 'require'], signal } as const;
  const old = readSurface(store, { ...request, side: 'old', version: from });
  const now = readSurface(store, { ...request, side: 'new', version: to });
  return diffSurfaces(old, now);
}

function findingOf({ change, use }: Touched, { name, from, to }: Upgrade): Finding {
  const { place } = use;
  return {
    rule: change.rule,
    severity: 'error',
    message: `${change.symbol} of ${name} ${change.after === '' ? `is gone in ${to}` : `changed in ${to}`}.`,
    file: place.file,
    line: place.line,
    column: place.column,
    endLine: use.endLine,
    endColumn: use.endColumn,
    package: name,
    from,
    to,
    symbol: change.symbol,
    ...(change.before === '' ? {} : { before: change.before }),
    ...(change.after === '' ? {} : { after: change.after }),
  };
}
