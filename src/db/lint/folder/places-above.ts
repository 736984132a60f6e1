import type { Listing } from '../../history.ts';
import { below, dirname } from './paths.ts';

const foldersMax = 32;

/** A folder and the folders above it, the nearest first. */
export function placesAbove(folder: string): readonly string[] {
  const places = [folder];
  for (let place = folder; place !== dirname(place) && places.length < foldersMax; ) {
    place = dirname(place);
    places.push(place);
  }
  return places;
}

/** Does a Cargo.toml at or above a folder name a crate among its dependencies? */
export function usesCrate(listing: Listing, folder: string, name: string): boolean {
  const named = new RegExp(`^[^\\S\\n]*(?:\\[.*dependencies\\.)?"?${name}"?[^\\S\\n]*(?:[.=\\]])`, 'm');
  return placesAbove(folder).some((place) => named.test(listing.read(below(place, 'Cargo.toml')) ?? ''));
}
