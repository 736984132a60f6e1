import * as z from 'zod';
import { findingSchema } from '#core/finding';

export const requestSchema = z.object({
  root: z.string(),
  upgrades: z.array(z.object({ name: z.string(), from: z.string(), to: z.string() })),
  compile: z.enum(['both-versions', 'none']),
  timeoutMs: z.number(),
});
export type PredictionRequest = z.infer<typeof requestSchema>;

/** What the process of a prediction prints. */
export const resultSchema = z.object({
  findings: z.array(findingSchema),
  facts: z.array(findingSchema),
  unknown: z.array(z.object({ what: z.string(), why: z.string() })),
  seconds: z.number(),
  cpuSeconds: z.number(),
  megabytes: z.number(),
});
export type PredictionResult = z.infer<typeof resultSchema>;
