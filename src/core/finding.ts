import * as z from 'zod';

/** How much a finding matters: `error` fails, loses data or blocks; `warning` depends; `advice` is policy or an instant. */
export const severitySchema = z.enum(['error', 'warning', 'advice']);
export type Severity = z.infer<typeof severitySchema>;

const leastFirst: readonly Severity[] = ['advice', 'warning', 'error'];

/** Does a severity weigh as much as the least that fails a run, or more? */
export function isOver(severity: Severity, failOn: Severity | 'never'): boolean {
  return failOn !== 'never' && leastFirst.indexOf(severity) >= leastFirst.indexOf(failOn);
}

/** Something noticed: about SQL, a step (then it is a hazard), a run or the surroundings. */
export const findingSchema = z.object({
  /** Stable id, e.g. `hazard/prepared-statement`; `godwit explain <rule>` knows it. */
  rule: z.string(),
  severity: severitySchema,
  /** What, with the user's own names. */
  message: z.string(),
  /** What to do instead or against it. */
  cure: z.string().optional(),
  /** The object it is about, e.g. `public.users.name`. */
  object: z.string().optional(),
  /** What to write instead, of a rule about SQL. */
  instead: z.string().optional(),
  /** Names that other tools have for the rule. */
  aliases: z.array(z.string()).readonly().optional(),
  /** The strongest table lock that it takes, in PostgreSQL's words: `ACCESS EXCLUSIVE`. */
  lock: z.string().optional(),
  /** Relations that are so locked, or that it is about: `public.users`. */
  tables: z.array(z.string()).readonly().optional(),
  /** Is a table written anew, is every row of one read, while the lock is held? */
  rewrite: z.boolean().optional(),
  scan: z.boolean().optional(),
  /** SQLSTATE codes that an application may see while this hazard lasts. */
  sqlstates: z.array(z.string()).readonly().optional(),
  /** What no rollback brings back once the step has changed rows, as a sentence for `restored.exceptions`. */
  unrestored: z.string().optional(),
  /**
   * Where it is: path from the root of the tree with slashes, line and column from 1. Columns count UTF-16 code units, and
   * `endColumn` is the one after the last.
   */
  file: z.string().optional(),
  line: z.int().min(1).optional(),
  column: z.int().min(1).optional(),
  endLine: z.int().min(1).optional(),
  endColumn: z.int().min(1).optional(),
  /** Tells it from all others of a run, and stays when lines move or white space and comments change (see baseline.ts). */
  fingerprint: z.string().optional(),
  /** The npm package whose API it is about, and the two versions that were compared. */
  package: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  /** What of the package it is about, as its users would write it, e.g. `Response.param` or `default`. */
  symbol: z.string().optional(),
  /** Signatures, or text, before and after. */
  before: z.string().optional(),
  after: z.string().optional(),
  /** What the claim rests on: lines of a changelog, a doc comment, the compiler's own words. */
  evidence: z.string().optional(),
  /** A proposed change of the file: `text` takes the place of what stands at `offset` (UTF-16 code units, mark included). */
  edit: z
    .object({ offset: z.int().min(0), length: z.int().min(0), before: z.string(), text: z.string() })
    .readonly()
    .optional(),
});
export type Finding = Readonly<z.infer<typeof findingSchema>>;
