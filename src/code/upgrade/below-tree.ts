import { fail } from '#core/error';
import { spellPlace } from '../text/place.ts';

type Named = { readonly value: string; readonly place: Parameters<typeof spellPlace>[0] };

const namedMax = 3;

/** The refusal of a wish that is below what a tree names: `what` with its version, and places that name a newer one. */
export function belowTree(what: string, version: string, places: readonly Named[]): Error {
  const named = places.slice(0, namedMax).map(({ value, place }) => `${spellPlace(place)} asks for ${what} ${value}`);
  const more = places.length > namedMax ? ` (and ${places.length - namedMax} more)` : '';
  return fail('bad-input', {
    what: `${what} ${version} is older than the one of this tree.`,
    why: `${named.join(', ')}${more}, and nothing is taken back to an older one: what the newer has written may mean something else there.`,
    next: 'Name a newer version, or take a plan that was applied back with `godwit rollback`.',
  });
}
