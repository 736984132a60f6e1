import type { Fact } from '#core/plan';
import type { SplitPart, SplitStudy } from '../split/study-split.ts';
import type { LayoutWish } from './draft-layout.ts';

/** What splits of modules are, in the words of a plan. Pure. */
export function splitWishOf({ parts, study }: SplitStudy): LayoutWish {
  const titles = parts.map(({ wish }) => `${namesOf(wish.names)} of ${wish.file} to ${wish.to}`);
  const [first = ''] = titles;
  const kept = study.layout.keepsOldNames ? ' The old module passes on what has left it.' : '';
  return {
    intent: {
      kind: 'split',
      text: parts.map(({ wish }) => wish.text).join('\n'),
      options: study.layout.keepsOldNames ? { 'keep-old-name': '' } : {},
    },
    title: `Move ${first}${titles.length > 1 ? ` and ${titles.length - 1} more` : ''}`,
    why: `${titles.join('; ')}. The tree as it will be was compiled: every name means what it meant, every module exports what it exported but for what has left it, no cycle of imports is new, and nothing is said that is not said now.${kept}`,
    what: 'the split',
    target: parts.map(factOf),
  };
}

function namesOf(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function factOf({ wish, moved, along }: SplitPart): Fact {
  const names = moved.flatMap((one) => one.names).join(', ');
  const own = along.flatMap((one) => one.names);
  const more = own.length === 0 ? '' : `, with ${own.join(', ')}, which only they need`;
  return { subject: wish.to, detail: `holds ${names} of ${wish.file}${more}` };
}
