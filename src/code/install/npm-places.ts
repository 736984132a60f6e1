import { moduleFolders, modulePlace } from '../workspace/module-places.ts';
import type { PnpmGraph, PnpmPackage } from './pnpm-graph.ts';

/** Place in node_modules → key of the package there, or `link:FOLDER`. */
export type NpmPlaces = ReadonlyMap<string, string>;

type Want = { readonly from: string; readonly name: string; readonly key: string };

/** How often a package may lie within itself. */
const repeatsMax = 2;

/**
 * Where npm would have to lay every package so that each finds what pnpm gave it: as high as nothing else stands in the
 * way, a peer beside or above whoever asks for it. `members` are the names of packages of the workspace by folder. A
 * string says what finds no place. Pure.
 */
export function npmPlaces(
  { importers, packages }: PnpmGraph,
  members: ReadonlyMap<string, string>,
): NpmPlaces | string {
  const places = new Map<string, string>();
  /** Folder → names that somebody below it finds above it, and what they mean there. */
  const passing = new Map<string, Map<string, string>>();
  const queue: Want[] = [];
  for (const [folder, name] of members)
    if (folder !== '' && importers.has(folder)) places.set(modulePlace('', name), `link:${folder}`);
  const folders = new Set(importers.keys());
  const isFolder = (at: string): boolean => folders.has(at) || places.has(at);
  const passes = (from: string, to: string, { name, key }: Want): void => {
    for (const folder of moduleFolders(from)) {
      if (folder === to) return;
      passing.set(folder, (passing.get(folder) ?? new Map()).set(name, key));
    }
  };

  const isFree = (at: string, { name, key }: Want, one: PnpmPackage | undefined): boolean => {
    const meant = passing.get(at)?.get(name);
    if (places.has(modulePlace(at, name)) || (meant !== undefined && meant !== key)) return false;
    return [...(one?.peers ?? [])].every((peer) => {
      const [wanted, there] = [one?.dependencies.get(peer), found(at, peer, places)];
      return wanted === undefined || there === undefined || there.key === wanted;
    });
  };

  for (const [folder, wants] of [...importers].toSorted(([one], [other]) => (one < other ? -1 : 1)))
    queue.push(...wantsOf(folder, wants, packages));
  // It grows by what is laid, and a key is laid at most once in a folder; peers come next, before others take their place.
  for (const [at, want] of queue.entries()) {
    const { from, name, key } = want;
    const there = found(from, name, places);
    if (there?.key === key) {
      passes(from, there.at, want);
      continue;
    }
    const one = packages.get(key);
    if (one === undefined)
      return `${name}, which ${from === '' ? 'the root' : from} wants, is ${key}, which is not taken over`;
    const free = moduleFolders(from).filter(isFolder);
    const limit = there === undefined ? free.length : free.indexOf(there.at);
    const home = free.slice(0, limit).findLast((folder) => isFree(folder, want, one)) ?? from;
    const place = modulePlace(home, name);
    if (isWithin(place, key, places)) return `${key} would have to lie within itself without end, for ${from}`;
    if (places.has(place))
      return `${name} has no place in ${from === '' ? 'the root' : from}: ${places.get(place)} lies there`;
    places.set(place, key);
    passes(from, home, want);
    const own = wantsOf(place, one.dependencies, packages);
    const peers = own.filter((next) => one.peers.has(next.name)).map((next) => ({ ...next, from: home }));
    queue.splice(at + 1, 0, ...peers);
    queue.push(...own.filter((next) => !one.peers.has(next.name)));
  }
  return places;
}

/** Packages that lead back to each other at other versions have no finite form in folders. */
function isWithin(place: string, key: string, places: ReadonlyMap<string, string>): boolean {
  return moduleFolders(place).filter((folder) => places.get(folder) === key).length >= repeatsMax;
}

/** Those without peers first: peers are beside them when the others come. */
function wantsOf(
  from: string,
  wants: ReadonlyMap<string, string>,
  packages: ReadonlyMap<string, PnpmPackage>,
): readonly Want[] {
  const peersOf = ({ key }: Want): number => packages.get(key)?.peers.size ?? 0;
  return [...wants]
    .map(([name, key]) => ({ from, name, key }))
    .toSorted((one, other) => peersOf(one) - peersOf(other) || (one.name < other.name ? -1 : 1));
}

function found(from: string, name: string, places: NpmPlaces) {
  for (const at of moduleFolders(from)) {
    const key = places.get(modulePlace(at, name));
    if (key !== undefined) return { at, key };
  }
  return undefined;
}
