import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describedBy } from './package-name.ts';
import { type PublishedManifest, parsePublishedManifest } from './published-manifest.ts';
import type { TreeProject } from './tree-projects.ts';

/** More packages than a tree's own files reach. */
const packagesMax = 5_000;

/**
 * Packages whose API the tree's own files can reach: what they import, what a tsconfig names under `types`, and what those
 * depend on. A tool that is only called by its name is not among them; nothing of its API can break the tree's code.
 * Companions in `@types` count as what they describe, and are always in reach, since a compiler takes them in by itself.
 */
export async function inReach({
  folders,
  imported,
  projects,
}: {
  /** Absolute folders whose node_modules are looked into. */
  readonly folders: readonly string[];
  /** Packages that are imported by name. */
  readonly imported: Iterable<string>;
  readonly projects: readonly TreeProject[];
}): Promise<ReadonlySet<string>> {
  const named = projects.flatMap(({ options }) => (options.types ?? []).map(packageOf));
  const reached = new Set<string>([...imported, ...named].map(describedBy));
  const queue: { readonly name: string; readonly from: readonly string[] }[] = [...reached].map((name) => ({
    name,
    from: folders,
  }));
  for (const { name, from } of queue) {
    if (reached.size > packagesMax) break;
    const found = await installed(name, from);
    if (found === undefined) continue;
    for (const next of dependenciesOf(found.manifest)) {
      if (reached.has(describedBy(next))) continue;
      reached.add(describedBy(next));
      queue.push({ name: next, from: [found.folder, ...folders] });
    }
  }
  return reached;
}

/** `vitest/globals` is of `vitest`. */
function packageOf(type: string): string {
  return type.split('/', type.startsWith('@') ? 2 : 1).join('/');
}

function dependenciesOf({
  dependencies,
  peerDependencies,
  peerDependenciesMeta,
}: PublishedManifest): readonly string[] {
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  return [...Object.keys(dependencies), ...peers];
}

/** The package as it is found from the first of some folders that has it, upwards as Node looks. */
async function installed(
  name: string,
  folders: readonly string[],
): Promise<{ readonly folder: string; readonly manifest: PublishedManifest } | undefined> {
  for (const start of folders) {
    for (let at = start; ; at = dirname(at)) {
      const folder = join(at, 'node_modules', name);
      const manifest = parsePublishedManifest(await readFile(join(folder, 'package.json'), 'utf8').catch(() => ''));
      // Links of pnpm lead to where its dependencies are.
      if (manifest !== undefined) return { folder: await realpath(folder), manifest };
      if (dirname(at) === at) break;
    }
  }
  return undefined;
}
