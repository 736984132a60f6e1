import { z } from 'zod';

/** How much a finding matters: `error` fails, loses data or blocks; `warning` depends; `advice` is policy or an instant. */
export const severitySchema = z.enum(['error', 'warning', 'advice']);
export type Severity = z.infer<typeof severitySchema>;

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
  /** SQLSTATE codes that an application may see while this hazard lasts. */
  sqlstates: z.array(z.string()).readonly().optional(),
  /** What no rollback brings back once the step has changed rows, as a sentence for `restored.exceptions`. */
  unrestored: z.string().optional(),
});
export type Finding = Readonly<z.infer<typeof findingSchema>>;
