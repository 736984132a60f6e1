import type { NameSpelling } from '../spelling.ts';
import { blockWalk } from './block-walk.ts';
import { keyWalk } from './key-walk.ts';
import type { Over, Walk } from './walk.ts';

/** How a table is walked on a server of this version: by its key, or by blocks where it has none. */
export function walkOver(over: Over, spelling: NameSpelling, version: number): Walk {
  return over.key.length === 0 ? blockWalk(over, version) : keyWalk(over, spelling);
}
