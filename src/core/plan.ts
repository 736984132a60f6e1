import * as z from 'zod';
import { hashOf, type Json } from './canonical.ts';
import { findingSchema } from './finding.ts';

const jsonSchema: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(jsonSchema), z.record(z.string(), jsonSchema)]),
);

/**
 * What to do, as data: a `kind` that names its executor, and JSON. Two kinds belong to the runner itself:
 * `none` (nothing to do) and `sequence` (`actions`, each journaled and done in order, or skipped when done before).
 */
export const actionSchema = z.object({ kind: z.string() }).catchall(jsonSchema);
export type Action = Readonly<z.infer<typeof actionSchema>>;

/** A rollback that does not exist, with the reason. */
export const irreversibleSchema = z.object({ kind: z.literal('irreversible'), why: z.string() });

export const stepSchema = z.object({
  /** Unique in the plan, kebab-case, e.g. `expand-2-sync-triggers`. */
  id: z.string(),
  title: z.string(),
  action: actionSchema,
  rollback: z.union([irreversibleSchema, actionSchema]),
  /** Run after the action; its outcome must be ok. */
  verify: actionSchema,
  hazards: z.array(findingSchema).readonly(),
  /** Measured before a rollback that takes this step back touches anything: it must be ok, or nothing is taken back. */
  beforeRollback: actionSchema.optional(),
});
/** One small deed with its way back and its proof. */
export type Step = Readonly<z.infer<typeof stepSchema>>;

/** A place in the application's code that uses what the plan renames, drops or changes. */
export const codeUseSchema = z.object({
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1),
  /** What is used, e.g. `public.users.name`. */
  object: z.string(),
  /** How it is named there, e.g. `sql`, `prisma/field`. */
  kind: z.string(),
  /** A possible use is for a person to look at: `reason` says why it is not certain, or why a certain one has no patch. */
  certainty: z.enum(['certain', 'possible']),
  reason: z.string().optional(),
  /** The line as it stands. */
  text: z.string(),
});
export type CodeUse = Readonly<z.infer<typeof codeUseSchema>>;

/** Edits of the application's code, as `git apply` takes them. */
export const codePatchSchema = z.object({
  /** Name of the file beside plan.json. */
  file: z.string(),
  title: z.string(),
  diff: z.string(),
});
export type CodePatch = Readonly<z.infer<typeof codePatchSchema>>;

export const gateSchema = z.object({
  /** What `--confirm` names. Equal to the id of its phase. */
  id: z.string(),
  /** What the application must do before the next phase, in the user's names. */
  needs: z.string(),
  /** Same, for going back over this gate; empty where nothing is needed. */
  needsBack: z.string(),
  /** False where the evidence alone passes the gate: what it measures is all that is asked for. */
  needsWord: z.boolean().optional(),
  /** Measurements that close the gate: verify-like actions. */
  evidence: z.array(z.object({ id: z.string(), title: z.string(), action: actionSchema })).readonly(),
  /** Where the code uses what changes, as it was when the plan was made; only where code was looked at. */
  uses: z.array(codeUseSchema).readonly().optional(),
  /** Proposed edits, one for each deployment, in their order. */
  patches: z.array(codePatchSchema).readonly().optional(),
});
export type Gate = Readonly<z.infer<typeof gateSchema>>;

export const phaseKindSchema = z.enum(['prepare', 'expand', 'migrate', 'deploy', 'contract']);
export type PhaseKind = z.infer<typeof phaseKindSchema>;

export const phaseSchema = z.object({
  id: z.string(),
  kind: phaseKindSchema,
  title: z.string(),
  /** Only on a deploy phase; it has no steps of its own. */
  gate: gateSchema.optional(),
  steps: z.array(stepSchema).readonly(),
});
export type Phase = Readonly<z.infer<typeof phaseSchema>>;

export const intentSchema = z.object({
  /** `sql` for DDL and DML; later `target`, `upgrade`, `recipe`, `move`. */
  kind: z.string(),
  /** The text as the user wrote it. */
  text: z.string(),
  /** Transformations given beside the text, e.g. `up`, `down`. */
  options: z.record(z.string(), z.string()),
});
/** What is wanted. */
export type Intent = Readonly<z.infer<typeof intentSchema>>;

export const originSchema = z.object({
  kind: z.enum(['database', 'working-tree']),
  /** SHA-256 over the touched objects and what depends on them. */
  fingerprint: z.string(),
  /** The objects that the fingerprint covers, e.g. `public.users`; sorted. */
  objects: z.array(z.string()).readonly(),
});
export type Origin = Readonly<z.infer<typeof originSchema>>;

/** One fact of the current or target state, for reading. */
const factSchema = z.object({ subject: z.string(), detail: z.string() });
export type Fact = Readonly<z.infer<typeof factSchema>>;

/** An estimated or measured duration with its source. Never part of the hash. */
export const timingSchema = z.object({ stepId: z.string(), ms: z.number(), source: z.string() });
export type Timing = Readonly<z.infer<typeof timingSchema>>;

export const planSchema = z.object({
  formatVersion: z.literal(1),
  /** Folder name below `migrations/`. */
  id: z.string(),
  planHash: z.string(),
  /** The domain that carries it out, e.g. `postgres`. */
  domain: z.string(),
  title: z.string(),
  why: z.string(),
  intent: intentSchema,
  origin: originSchema,
  current: z.array(factSchema).readonly(),
  target: z.array(factSchema).readonly(),
  phases: z.array(phaseSchema).readonly(),
  /** Risks of the plan as a whole; those of a step stand in its hazards. */
  risks: z.array(findingSchema).readonly(),
  /** What the change will break, and where in the code. */
  findings: z.array(findingSchema).readonly().optional(),
  estimates: z.array(timingSchema).readonly(),
});
/** A change made safe: phases of steps, content-addressed. */
export type Plan = Readonly<z.infer<typeof planSchema>>;

/** A plan before it has its hash and id. */
export type PlanDraft = Omit<Plan, 'formatVersion' | 'id' | 'planHash'>;

/**
 * SHA-256 over all that a plan does and says of itself: title, reason, intent, origin, domain, risks, findings and phases (actions,
 * rollbacks, verifications, hazards, gates). What is measured or estimated (current, target, estimates) is left out.
 */
export function planHash(plan: Pick<Plan, (typeof hashed)[number]>): string {
  const stated = hashed.filter((part) => plan[part] !== undefined);
  return hashOf(jsonSchema.parse(Object.fromEntries(stated.map((part) => [part, plan[part]]))));
}

const hashed = ['title', 'why', 'intent', 'origin', 'domain', 'risks', 'findings', 'phases'] as const;

const draftSchema = planSchema.omit({ formatVersion: true, id: true, planHash: true });

/**
 * Adds hash and id to a draft, of which only what a plan holds goes in: what a reader would leave out would make another
 * hash there. `day` is `YYYYMMDD`; `slug` is kebab-case from the intent.
 */
export function definePlan(draft: PlanDraft, name: { readonly day: string; readonly slug: string }): Plan {
  const held = draftSchema.parse(draft);
  const hash = planHash(held);
  return { formatVersion: 1, id: `${name.day}-${name.slug}-${hash.slice(0, 8)}`, planHash: hash, ...held };
}

/** All steps of a plan in the order in which they are applied, each with its phase. */
export function stepsOf(plan: Plan): readonly { readonly phase: Phase; readonly step: Step }[] {
  return plan.phases.flatMap((phase) => phase.steps.map((step) => ({ phase, step })));
}

/** All hazards that the plan names beforehand. */
export function hazardsOf(plan: Plan): Plan['risks'] {
  return [...plan.risks, ...stepsOf(plan).flatMap(({ step }) => step.hazards)];
}
