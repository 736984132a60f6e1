import { assert } from '#core/assert';
import { fail } from '#core/error';
import { nearestNames } from '#core/nearest-names';
import type { Change } from '../diff.ts';
import type { PlanContext } from '../operation.ts';

/** The place of a change within its plan, from 1: part of the names of what is made for it. */
export function ordinalOf(change: Change, { changes }: Pick<PlanContext, 'changes'>): number {
  const place = changes.indexOf(change);
  assert(place >= 0, 'a change is planned that is not part of the plan');
  return place + 1;
}

/** `godwit_<tag>_<words>`, cut to what the server keeps whole. */
export function ownName(
  { tag, spelling }: Pick<PlanContext, 'tag' | 'spelling'>,
  ...words: readonly (string | number)[]
): string {
  return cut(['godwit', tag, ...words].join('_'), spelling.nameBytesMax);
}

function cut(name: string, bytesMax: number): string {
  let short = name;
  while (Buffer.byteLength(short) > bytesMax) short = [...short].slice(0, -1).join('');
  return short;
}

/** Throws `bad-input` for a name that the server would cut or that is empty. */
export function checkName(name: string, bytesMax: number): void {
  const bytes = Buffer.byteLength(name);
  if (bytes > 0 && bytes <= bytesMax) return;
  throw fail('bad-input', {
    what: `The name ${JSON.stringify(name)} has ${bytes} bytes.`,
    why: `The server keeps names of 1 to ${bytesMax} bytes and would cut this one in silence.`,
    next: 'Choose a shorter name.',
  });
}

/** ` Did you mean x?` for the nearest of the names that are there, or nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearestNames(name, known);
  if (near.length > 0) return `Did you mean ${near.join(' or ')}?`;
  return known.length === 0 ? 'There is none at all.' : `There are: ${known.slice(0, 12).join(', ')}.`;
}
