import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectTree } from '#code/inspect';
import { openRegistry } from '#code/registry/registry';
import { manifestChanges } from '#code/upgrade/manifest-edits';
import { planUpgrade } from '#code/upgrade/plan-upgrade';
import type { Hop, UpgradePath } from '#code/upgrade/upgrade-path';
import { parseOverride, parseWishes } from '#code/upgrade/wishes';
import { isFailure } from '#core/error';
import { makeTree } from './tree.ts';

export type PlanChoice = {
  /** Address of a registry. */
  readonly registry: string;
  readonly from?: Parameters<typeof makeTree>[1];
  readonly nodeInUse?: string;
  readonly minAgeDays?: number;
  readonly nowMs?: number;
  readonly overrides?: readonly string[];
  readonly signal?: AbortSignal;
  readonly progress?: (text: string) => void;
};

/** A plan for a tree, and its files as they are after each hop. */
export type Planned = { readonly path: UpgradePath; readonly after: readonly Readonly<Record<string, string>>[] };

/** Makes a tree, plans an upgrade of it and removes it. The registry's client reads no npmrc but the tree's own. */
export async function plannedUpgrade(
  files: Readonly<Record<string, string>>,
  wish: string,
  choice: PlanChoice,
): Promise<Planned> {
  const { registry: address, nodeInUse = '20.19.0', signal = new AbortController().signal } = choice;
  const tree = await makeTree({ '.npmrc': `registry=${address}\n`, ...files }, choice.from);
  try {
    const { root } = tree;
    const env = { HOME: root, NPM_CONFIG_USERCONFIG: join(root, 'no-user'), NPM_CONFIG_GLOBALCONFIG: join(root, 'no') };
    const registry = await openRegistry({ root, env, signal });
    const read = (path: string) => readFile(join(root, path), 'utf8').catch(() => undefined);
    const snapshot = await inspectTree({
      root,
      nodeInUse,
      signal,
      tests: undefined,
      uses: undefined,
      openRegistry: async () => registry,
    });
    const path = await planUpgrade({
      wishes: parseWishes(wish),
      snapshot,
      read,
      registry,
      nodeInUse,
      minAgeDays: choice.minAgeDays,
      nowMs: choice.nowMs,
      overrides: choice.overrides?.map(parseOverride),
      signal,
      progress: choice.progress,
    });
    return { path, after: await filesAfter(path.hops, read) };
  } finally {
    await tree.remove();
  }
}

/** What changed files hold after each hop. */
async function filesAfter(hops: readonly Hop[], read: (path: string) => Promise<string | undefined>) {
  const now = new Map<string, string | undefined>();
  const after: Record<string, string>[] = [];
  for (const hop of hops) {
    const changes = await manifestChanges(hop, async (path) => now.get(path) ?? (await read(path)));
    for (const change of changes) now.set(change.path, change.after);
    after.push(Object.fromEntries([...now].flatMap(([path, text]) => (text === undefined ? [] : [[path, text]]))));
  }
  return after;
}

/** A hop in one line for each package: `react 16.14.0 → 17.0.2`. */
export function movesOf({ path }: Planned): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    path.hops.map(({ id, changes }) => [id, changes.map(({ name, from, to }) => `${name} ${from ?? 'new'} → ${to}`)]),
  );
}

/** The error of a plan that cannot be made. */
export async function refusedUpgrade(
  files: Readonly<Record<string, string>>,
  wish: string,
  choice: PlanChoice,
): Promise<{ readonly code: string; readonly what: string; readonly why: string; readonly next: string }> {
  try {
    await plannedUpgrade(files, wish, choice);
  } catch (error) {
    if (isFailure(error)) return { code: error.code, ...error.explanation };
    throw error;
  }
  throw new Error(`A plan was made for ${wish}.`);
}

/** A package.json with these dependencies, those for development behind. */
export function manifestOf(
  dependencies: Readonly<Record<string, string>>,
  devDependencies: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return {
    'package.json': `${JSON.stringify({ name: 'shop', private: true, dependencies, devDependencies }, undefined, 2)}\n`,
  };
}
