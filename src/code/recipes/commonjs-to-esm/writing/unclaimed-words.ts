import type { Forms } from '../deciding/forms.ts';
import { isUnclaimed } from '../deciding/stays.ts';
import type { World } from '../deciding/world.ts';

const namesMax = 5;

/** Files that are ES modules then, export something, and nothing requires, as the end of a sentence; '' for none. Pure. */
export function unclaimedWords(
  own: string,
  { world, forms }: { readonly world: World; readonly forms: Forms },
): string {
  const unclaimed = [...forms.keys()].filter((path) => path !== own && isUnclaimed(path, world));
  if (unclaimed.length === 0) return '';
  const more = unclaimed.length > namesMax ? ` and ${unclaimed.length - namesMax} more` : '';
  return `: nothing here requires ${unclaimed.slice(0, namesMax).join(', ')}${more}, which ${unclaimed.length === 1 ? 'exports' : 'export'} something`;
}
