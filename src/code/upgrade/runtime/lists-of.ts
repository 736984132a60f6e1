import type { NodeVersion } from '../../snapshot.ts';

const flow = /^["']?[ \t]*,\s*["']?$/;
const block = /^["']?[ \t]*(?:#[^\r\n]*)?\r?\n[ \t]*-[ \t]+["']?$/;

/**
 * Values of one file, in the order of their places, put together where they stand in one list: with nothing between but a
 * comma, or the dash of the next line. A value that stands alone is a list of one. Pure.
 */
export function listsOf(text: string, places: readonly NodeVersion[]): readonly (readonly NodeVersion[])[] {
  const lists: NodeVersion[][] = [];
  for (const one of places) {
    const list = lists.at(-1);
    const before = list?.at(-1)?.place;
    const between = before === undefined ? '' : text.slice(before.offset + before.length, one.place.offset);
    if (list !== undefined && (flow.test(between) || block.test(between))) list.push(one);
    else lists.push([one]);
  }
  return lists;
}
