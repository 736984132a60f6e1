import type { NodeVersion } from '../../snapshot.ts';

/** Places of files that git does not track are named and not raised: no commit would hold them, and no rollback bring them back. Pure. */
export function trackedPlaces(places: readonly NodeVersion[], files: readonly string[]): readonly NodeVersion[] {
  const tracked = new Set(files);
  return places.map((one) =>
    tracked.has(one.place.file) ? one : { ...one, stays: one.stays ?? 'git does not track this file' },
  );
}
