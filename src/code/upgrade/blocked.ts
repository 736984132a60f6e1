import * as z from 'zod';
import { type Failure, fail, isFailure } from '#core/error';

/** What somebody can do about a package that blocks. */
const wayOutSchema = z.discriminatedUnion('kind', [
  /** The lead stays where it is, or goes to a line below. */
  z.object({ kind: z.literal('hold-back'), name: z.string(), at: z.string() }),
  /** The package that blocks is given up for another; what its publisher says of it, where that is something. */
  z.object({ kind: z.literal('replace'), name: z.string(), said: z.string().optional() }),
  /** What to write behind `--override`, but for the reason. */
  z.object({ kind: z.literal('override'), wanter: z.string(), name: z.string(), range: z.string() }),
  /** A version that fits, and why it was not taken. */
  z.object({ kind: z.literal('take'), name: z.string(), version: z.string(), why: z.string() }),
]);
export type WayOut = Readonly<z.infer<typeof wayOutSchema>>;

/** A package that no version of fits. */
const blockerSchema = z.object({
  name: z.string(),
  /** The version now. */
  current: z.string(),
  /** The newest that could be taken. */
  newest: z.string(),
  /**
   * What the newest wants of which package: as a peer, or because both are published as one. `wanted`: the other wants a range of
   * this, none of which can be taken.
   */
  wants: z.object({ kind: z.enum(['peer', 'group', 'wanted']), name: z.string(), range: z.string() }),
  /** How it comes to that, where it is not the lead that is wanted, as sentences. */
  via: z.array(z.string()).readonly(),
  /** The first of the versions, up to the newest, none of which fits; undefined where no version ever did. */
  since: z.string().optional(),
  /** When that was published, as YYYY-MM-DD. */
  sinceDate: z.string().optional(),
});
export type Blocker = Readonly<z.infer<typeof blockerSchema>>;

/** Why there is no hop to a line of a package. */
export const blockedSchema = z.object({
  lead: z.object({ name: z.string(), from: z.string(), line: z.string() }),
  blockers: z.array(blockerSchema).readonly(),
  /** False where the search became too long to tell whether there is a way. */
  isKnown: z.boolean(),
  waysOut: z.array(wayOutSchema).readonly(),
});
export type Blocked = Readonly<z.infer<typeof blockedSchema>>;

/** The failure that says it in sentences and carries the data with it. */
export function blockedFailure(blocked: Blocked): Failure {
  return fail('no-solution', { what: whatOf(blocked), why: whyOf(blocked), next: nextOf(blocked) }, blocked);
}

/** The data of such a failure; undefined for any other error. */
export function blockedOf(error: unknown): Blocked | undefined {
  return isFailure(error, 'no-solution') ? blockedSchema.safeParse(error.cause).data : undefined;
}

export function whatOf({ lead, blockers, isKnown }: Blocked): string {
  if (!isKnown) return `Whether ${lead.name} can go from ${lead.from} to ${lead.line} could not be found out.`;
  const names = [...new Set(blockers.map(({ name }) => name))];
  const by =
    names.length === 0
      ? 'No versions of its companions fit'
      : `${names.join(' and ')} ${names.length === 1 ? 'blocks' : 'block'} it`;
  return `${lead.name} cannot go from ${lead.from} to ${lead.line}: ${by}.`;
}

/** One sentence for each blocker: its newest version, what it wants, and since when. */
export function whyOf({ blockers, isKnown }: Blocked): string {
  if (!isKnown) return 'The search for versions that fit together became too long.';
  return blockers.map(sentenceOf).join(' ');
}

function sentenceOf({ name, newest, current, wants, via, since, sinceDate }: Blocker): string {
  const which =
    newest === current
      ? `${name} ${newest}, the newest that can be taken,`
      : `${name} up to ${newest} (now ${current})`;
  const when = sinceDate === undefined ? '' : ` of ${sinceDate}`;
  const from =
    since === undefined ? 'no version that was published fits' : `no version since ${since}${when} fits either`;
  const said = {
    peer: `${which} wants ${wants.name} ${wants.range}; ${from}.`,
    group: `${which} goes with ${wants.name} ${wants.range} only, whose versions it shares.`,
    wanted: `${wants.name} wants ${name} ${wants.range} then, of which none can be taken.`,
  };
  return [...via, said[wants.kind]].join(' ');
}

export function nextOf({ waysOut }: Blocked): string {
  return waysOut.map(spelled).join(' ');
}

function spelled(way: WayOut): string {
  switch (way.kind) {
    case 'hold-back':
      return `Hold ${way.name} back at ${way.at}.`;
    case 'replace':
      return `Or replace ${way.name}${way.said === undefined ? '' : `, of which its publisher says: ${way.said}`}.`;
    case 'take':
      return `Or take ${way.name}@${way.version}, which fits (${way.why}).`;
    case 'override':
      return `Or, if you know that it works: \`--override "${way.wanter}>${way.name}=${way.range}:REASON"\`.`;
  }
}
