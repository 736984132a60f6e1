import * as z from 'zod';
import { hashOf, type Json } from './canonical.ts';

const at = { at: z.string() };
const step = { stepId: z.string(), part: z.number(), direction: z.enum(['forward', 'back']) };

/** Something that happened in a run. `part` counts the actions of a `sequence` from 0; a plain action is part 0. */
export const journalEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run-started'),
    planHash: z.string(),
    planId: z.string(),
    godwit: z.string(),
    /** The objects that the plan's origin names: another plan that touches one of them has to wait. */
    objects: z.array(z.string()).readonly().optional(),
    ...at,
  }),
  z.object({ kind: z.literal('step-started'), ...step, ...at }),
  z.object({
    kind: z.literal('step-done'),
    ...step,
    ms: z.number(),
    detail: z.string().optional(),
    /** Named numbers of the deed, e.g. `rows` that it changed. */
    measures: z.record(z.string(), z.number()).optional(),
    ...at,
  }),
  z.object({
    kind: z.literal('step-verified'),
    stepId: z.string(),
    ok: z.boolean(),
    detail: z.string(),
    /** What the proof took, beside the deed itself. */
    ms: z.number().optional(),
    ...at,
  }),
  z.object({ kind: z.literal('step-failed'), ...step, code: z.string(), message: z.string(), ...at }),
  z.object({ kind: z.literal('step-undone'), stepId: z.string(), ...at }),
  z.object({ kind: z.literal('step-complete'), stepId: z.string(), ...at }),
  z.object({ kind: z.literal('gate-reached'), gate: z.string(), ...at }),
  z.object({ kind: z.literal('gate-passed'), gate: z.string(), by: z.string(), evidence: z.array(z.string()), ...at }),
  z.object({ kind: z.literal('gate-reopened'), gate: z.string(), ...at }),
  z.object({ kind: z.literal('paused'), by: z.string(), why: z.string(), ...at }),
  z.object({ kind: z.literal('resumed'), by: z.string(), ...at }),
  z.object({ kind: z.literal('interrupted'), ...at }),
  z.object({ kind: z.literal('failed'), code: z.string(), message: z.string(), ...at }),
  z.object({ kind: z.literal('approved'), approval: z.string(), ...at }),
  z.object({ kind: z.literal('rollback-started'), toPhase: z.string().optional(), ...at }),
  z.object({ kind: z.literal('exception'), stepId: z.string(), message: z.string(), ...at }),
  z.object({
    kind: z.literal('rolled-back'),
    toPhase: z.string().optional(),
    /** Of a whole rollback: the fingerprint of the origin was back at that moment. */
    isSchemaBack: z.boolean().optional(),
    ...at,
  }),
  z.object({ kind: z.literal('done'), ...at }),
  z.object({ kind: z.literal('purged'), by: z.string(), ...at }),
]);
export type JournalEvent = Readonly<z.infer<typeof journalEventSchema>>;

/** A journal event as stored: numbered, and chained by hash to the one before. */
export type JournalEntry = {
  readonly seq: number;
  readonly previousHash: string;
  readonly hash: string;
  readonly event: JournalEvent;
};

/** The entry that follows `last` (none at the start of a run). */
export function chain(last: Pick<JournalEntry, 'seq' | 'hash'> | undefined, event: JournalEvent): JournalEntry {
  const seq = (last?.seq ?? 0) + 1;
  const previousHash = last?.hash ?? '';
  return { seq, previousHash, hash: hashOf({ seq, previousHash, event: toJson(event) }), event };
}

/** The first seq whose hash or predecessor does not fit, or undefined when the chain is whole. */
export function brokenLink(entries: readonly JournalEntry[]): number | undefined {
  let last: JournalEntry | undefined;
  for (const entry of entries) {
    const expected = chain(last, entry.event);
    if (entry.seq !== expected.seq || entry.hash !== expected.hash) return entry.seq;
    last = entry;
  }
  return undefined;
}

/** As it will be read back: without what is undefined. JSON.parse can give nothing but JSON. */
function toJson(event: JournalEvent): Json {
  return JSON.parse(JSON.stringify(event));
}
