import type { OpenModules } from '../split/open-modules.ts';
import { placeAt } from '../text/place.ts';

/** A type that a doc comment of JavaScript takes from another module. */
export type CommentLink = { readonly from: string; readonly to: string; readonly line: number; readonly when: 'type' };

/** Imports in the doc comments of JavaScript, where the compiler reads them. Pure. */
export function commentLinks({ edges, texts }: Pick<OpenModules, 'edges' | 'texts'>): readonly CommentLink[] {
  return edges.flatMap(({ kind, from, reach, offset, length }): readonly CommentLink[] => {
    if (kind !== 'jsdoc' || reach === undefined || !/\.[cm]?jsx?$/.test(from)) return [];
    const { line } = placeAt(from, texts.get(from) ?? '', { offset, length });
    return [{ from, to: reach.target, line, when: 'type' }];
  });
}
