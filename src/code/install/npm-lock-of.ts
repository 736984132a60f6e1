import { join } from 'node:path';
import pacote from 'pacote';
import * as z from 'zod';
import { mapBounded } from '../process/bounded.ts';
import type { RunProcess } from '../process/run-process.ts';
import { registryOptions } from '../registry/registry-options.ts';
import { isRecord, jsonOf } from '../text/read-data.ts';
import { keepText, readIfThere } from '../tree/tree.ts';
import { moduleFolders, modulePlace } from '../workspace/module-places.ts';
import { findManager } from './find-manager.ts';
import { installEnvironment } from './install-environment.ts';
import { type NpmPlaces, npmPlaces } from './npm-places.ts';
import { type PnpmGraph, pnpmGraph } from './pnpm-graph.ts';
import { redact, secretsIn } from './redact.ts';

/** What making a lock file of npm from one of pnpm takes; the files that installing reads lie in `scratch`. */
export type NpmLockOf = {
  readonly text: string;
  /** Name of each package of the workspace by its folder; the root is ``. */
  readonly members: ReadonlyMap<string, string>;
  readonly scratch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunProcess;
};

/** A lock file of npm, and who gets another version in it than pnpm gave: `name`, at a place, `wanted` and `got`. */
export type NpmLockMade = {
  readonly text: string;
  readonly moved: readonly MovedUse[];
  /** Packages that have install scripts. */
  readonly scripted: readonly string[];
};
export type MovedUse = {
  /** Folder of a package of the workspace, or place in node_modules. */
  readonly at: string;
  readonly isDirect: boolean;
  readonly name: string;
  readonly wanted: string;
  readonly got: string;
};

const installTimeoutMs = 10 * 60_000;
const width = 8;
const placesSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      name: z.string().optional(),
      version: z.string().optional(),
      resolved: z.string().optional(),
      link: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});

/**
 * A lock file of npm with every package of a pnpm-lock.yaml at a place where each finds what pnpm gave it. npm itself reads
 * that, asks the registry for what pnpm does not note, and writes it; then both are walked together. A string says why it
 * cannot be made.
 */
export async function npmLockOf(options: NpmLockOf, signal: AbortSignal): Promise<NpmLockMade | string> {
  const { scratch: root, members } = options;
  const graph = pnpmGraph(options.text);
  if (typeof graph === 'string') return graph;
  const strange = [...graph.importers.keys()].find((folder) => !members.has(folder));
  if (strange !== undefined)
    return `pnpm-lock.yaml has the package ${strange}, and no package.json with a name lies there.`;
  const places = npmPlaces(graph, members);
  if (typeof places === 'string') return `${places}.`;
  const packages = await seedOf({ places, graph }, options, signal);
  // npm asks for what a lock of version 1 leaves out, and counts anew what is only for development where the root says nothing.
  const seed = { lockfileVersion: 1, requires: true, packages };
  await keepText(join(root, 'package-lock.json'), `${JSON.stringify(seed, null, 2)}\n`);
  // The second time it reads its own lock file, as an install does, and refuses peers that do not fit.
  const failed = (await written(options, signal)) ?? (await written(options, signal));
  if (failed !== undefined) return failed;
  const text = (await readIfThere(join(root, 'package-lock.json'))) ?? '';
  const parsed = placesSchema.safeParse(jsonOf(text));
  if (!parsed.success) return 'npm wrote no package-lock.json that can be read.';
  const folders = Object.keys(parsed.data.packages).filter((at) => !at.includes('node_modules/'));
  const lost = [...graph.importers.keys()].find((folder) => !folders.includes(folder));
  const extra = folders.find((folder) => !graph.importers.has(folder));
  if (lost !== undefined || extra !== undefined)
    return `\`workspaces\` and pnpm-lock.yaml do not agree on ${lost ?? extra}.`;
  const scripted = Object.entries(parsed.data.packages).flatMap(([at, { name, hasInstallScript }]) =>
    hasInstallScript === true && at.includes('node_modules/') ? [name ?? nameIn(at)] : [],
  );
  return { text, moved: movedUses(graph, parsed.data.packages), scripted: [...new Set(scripted)] };
}

type Laid = { readonly places: NpmPlaces; readonly graph: PnpmGraph };

/** npm asks for no package that lies below a package of the workspace: those are asked for here. */
async function seedOf({ places, graph }: Laid, { scratch, env }: NpmLockOf, signal: AbortSignal) {
  const options = {
    ...(await registryOptions({ root: scratch, env, yarnrc: undefined })),
    packumentCache: new Map(),
    signal,
  };
  const own: Record<string, unknown> = {};
  for (const folder of graph.importers.keys()) {
    const text = (await readIfThere(join(scratch, folder, 'package.json'))) ?? '{}';
    const manifest = jsonOf(text);
    const { name, version, workspaces, ...rest } = isRecord(manifest) ? manifest : {};
    own[folder] = folder === '' ? { name, version, workspaces } : { name, version, ...rest };
  }
  const laid = await mapBounded([...places], { width, signal }, async ([at, key]) => {
    const one = graph.packages.get(key);
    if (one === undefined) return [at, { resolved: key.slice('link:'.length), link: true }] as const;
    const { name, version, integrity, tarball: resolved } = one;
    const asked = at.startsWith('node_modules/') ? {} : await pacote.manifest(`${name}@${version}`, options);
    return [at, { ...asked, name, version, integrity, resolved }] as const;
  });
  return { ...own, ...Object.fromEntries(laid) };
}

async function written({ scratch: root, env, run }: NpmLockOf, signal: AbortSignal): Promise<string | undefined> {
  const { program } = await findManager({ name: 'npm' }, { root, env, run }, signal);
  const [file, ...words] = program.words;
  const args = [
    'install',
    '--package-lock-only',
    '--ignore-scripts',
    // Over the one that an .npmrc of the tree may name.
    '--git=git',
    '--no-audit',
    '--no-fund',
    '--lockfile-version=3',
  ];
  const { exitCode, output, errors } = await run(
    { command: [file, ...words, ...args], cwd: root, env: installEnvironment(env), timeoutMs: installTimeoutMs },
    signal,
  );
  if (exitCode === 0) return undefined;
  const said = redact(`${errors}\n${output}`, secretsIn(env))
    .split('\n')
    .filter((line) => /^npm error /.test(line) && !/complete log|ERESOLVE report|full report/i.test(line))
    .map((line) => line.slice('npm error '.length).trim())
    .slice(0, 12);
  const cure = said.some((line) => line.includes('ERESOLVE'))
    ? ' pnpm passes over peers that do not fit; `legacy-peer-deps=true` in .npmrc has npm do so.'
    : '';
  return `\`npm ${args.slice(0, 2).join(' ')}\` ended with ${exitCode}: ${said.join(' ')}${cure}`;
}

type Places = z.infer<typeof placesSchema>['packages'];

/** Walks both together from the packages of the workspace; each place is looked into once for each package that pnpm put there. */
function movedUses({ importers, packages }: PnpmGraph, places: Places): readonly MovedUse[] {
  const found: MovedUse[] = [];
  const seen = new Set<string>();
  const queue = [...importers].map(([at, wants]) => ({ at, wants, peers: new Set<string>(), isDirect: true }));
  for (const { at, wants, peers, isDirect } of queue) {
    for (const [name, key] of wants) {
      const from = peers.has(name) ? at.slice(0, at.lastIndexOf('node_modules/')).replace(/\/$/, '') : at;
      const place = placeOf(from, name, places);
      const entry = place === undefined ? undefined : places[place];
      const one = packages.get(key);
      const wanted = one === undefined ? key : `${one.name} ${one.version}`;
      const got =
        entry?.link === true
          ? `link:${entry.resolved ?? ''}`
          : entry && `${entry.name ?? nameIn(place)} ${entry.version ?? ''}`;
      if (got !== wanted) found.push({ at, isDirect, name, wanted, got: got ?? 'nothing' });
      if (got !== wanted || one === undefined || place === undefined || seen.has(`${place} ${key}`)) continue;
      seen.add(`${place} ${key}`);
      queue.push({ at: place, wants: one.dependencies, peers: new Set(one.peers), isDirect: false });
    }
  }
  return found;
}

function placeOf(from: string, name: string, places: Places): string | undefined {
  return moduleFolders(from)
    .map((folder) => modulePlace(folder, name))
    .find((place) => place in places);
}

function nameIn(place = ''): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
