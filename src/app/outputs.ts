import * as z from 'zod';
import { severitySchema } from '#core/finding';
import { runStates } from '#core/run-state';

/*
 * What verbs answer, as data. Loose, since a later version may say more: who reads it takes what it knows.
 */

const finding = z.looseObject({
  rule: z.string().describe('`explain` knows it'),
  severity: severitySchema,
  message: z.string(),
  cure: z.string().optional(),
});
const findings = z.array(finding);
const check = z.looseObject({
  id: z.string(),
  ok: z.boolean(),
  detail: z.string(),
  next: z.string().optional().describe('What to do about it'),
});

/** Of `doctor`. */
export const checksOutput = z.looseObject({ ok: z.boolean(), checks: z.array(check) });

/** Of `verify`: with the run that was looked at. */
export const verifyOutput = checksOutput.extend({
  runId: z.string(),
  planHash: z.string(),
  state: z.enum(runStates),
});

/** Of `inspect`: what there is of each. */
export const inspectOutput = z.looseObject({
  database: z.looseObject({ fingerprint: z.string() }).optional(),
  code: z.looseObject({}).optional(),
  python: z.looseObject({}).optional(),
  findings: findings.optional(),
});

/** Of `plan`: null where nothing has to be done, without `dir` where nothing was written. */
export const planOutput = z.looseObject({
  dir: z.string().nullish().describe('Folder with plan.json and PLAN.md'),
  plan: z
    .looseObject({
      id: z.string(),
      planHash: z.string().describe('What `apply` has to be given'),
      title: z.string(),
      phases: z.array(z.looseObject({ id: z.string(), kind: z.string() })),
    })
    .nullable(),
  findings: findings.optional(),
});

/** Of `lint`. */
export const lintOutput = z.looseObject({ findings, summary: z.looseObject({}) });

/** Of `rehearse`. */
export const rehearseOutput = z.looseObject({
  planHash: z.string(),
  ok: z.boolean(),
  findings,
  steps: z.array(
    z.looseObject({
      id: z.string(),
      ms: z.number(),
      locks: z.array(z.looseObject({ relation: z.string(), mode: z.string(), heldMs: z.number() })),
      rewrites: z.array(z.string()),
      scans: z.array(z.string()),
      longestWaitMs: z.number(),
    }),
  ),
});

/** Of `status`, `pause` and `resume`: where a run stands. */
export const runOutput = z.looseObject({
  runId: z.string(),
  planHash: z.string(),
  planId: z.string().optional(),
  state: z.enum(runStates),
  phase: z.string().optional(),
  why: z.string().optional().describe('Of a run that stopped'),
  gate: z
    .looseObject({
      id: z.string(),
      needs: z.string().describe('What a person has to do'),
      evidence: z.array(z.looseObject({ id: z.string(), title: z.string(), ok: z.boolean().optional() })),
    })
    .optional(),
  steps: z.array(z.looseObject({ id: z.string(), state: z.string() })).optional(),
  exceptions: z.array(z.string()).optional(),
  restored: z.looseObject({ schema: z.boolean(), data: z.boolean(), exceptions: z.array(z.string()) }).optional(),
  findings: findings.optional(),
});

/** Of `apply` and `rollback`: where the run stands, or with `dryRun` what would be done. */
export const stepsOutput = runOutput.partial().extend({
  dryRun: z.boolean().optional(),
  direction: z.enum(['forward', 'back']).optional(),
  steps: z
    .array(
      z.looseObject({
        id: z.string().optional().describe('Of a step of the run'),
        stepId: z.string().optional().describe('The same with `dryRun`; a gate has none'),
        state: z.string(),
      }),
    )
    .optional(),
});

/** Of `purge`. */
export const purgeOutput = z.looseObject({
  runId: z.string(),
  planHash: z.string(),
  state: z.enum(runStates),
  purged: z.array(z.string()),
});

/** Of `report`: a run, or a plan with its rehearsal. */
export const reportOutput = z.looseObject({
  plan: z.looseObject({}).optional(),
  runId: z.string().optional(),
  planHash: z.string().optional(),
});

/** Of `explain`. */
export const explainOutput = z.looseObject({
  topics: z.array(z.looseObject({ id: z.string(), kind: z.string(), text: z.array(z.string()) })),
});
