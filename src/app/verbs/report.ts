import * as z from 'zod';
import type { Domain } from '#core/domain';
import { exitCodes } from '#core/error';
import type { Report } from '#core/report';
import { formats } from '#report/formats/index';
import { statusOf } from '#run/control';
import { asJson } from '../as-json.ts';
import { planAnywhere, planOfRun } from '../choose-plan.ts';
import { hasDomain, withDomainOf } from '../domain-of.ts';
import { reportOutput } from '../outputs.ts';
import type { FoundPlan } from '../plan-folder.ts';
import { readRehearsal } from '../prerequisites.ts';
import { runAnswer } from '../run-answer.ts';
import type { Surroundings, Verb } from '../verb.ts';

const input = z.strictObject({
  plan: z.string().optional().describe('Folder of the plan, its plan.json or its id (default: that of the newest run)'),
  of: z.enum(['run', 'plan']).optional().describe('Report the run, or the plan (default: the run, where there is one)'),
  format: z.enum(['text', 'markdown', 'json']).default('text').describe('How it is written'),
});
type Input = z.infer<typeof input>;

/** A plan or a run in a format of one's choice. */
export const report: Verb<Input> = {
  name: 'report',
  summary: 'A plan or a run, as text, Markdown or JSON',
  description:
    'Writes the report to standard output. Where a plan has no run, or no database is named, the plan itself is reported.',
  examples: [
    { command: 'godwit report --format markdown', says: 'the newest run on this target, for a ticket' },
    {
      command: 'godwit report migrations/20260101-rename-name-1a2b3c4d --of plan --format markdown',
      says: 'PLAN.md again',
    },
  ],
  isReadOnly: true,
  argument: 'plan',
  input,
  output: reportOutput,
  async execute(input, surroundings) {
    const made = await reportOf(input, surroundings);
    const format = formats.find(({ id }) => id === input.format);
    const json = made.kind === 'run' ? runJson(made) : asJson(made);
    return { json, report: made, exit: exitCodes.done, text: format?.render(made) ?? '' };
  },
};

async function reportOf(input: Input, surroundings: Surroundings): Promise<Report> {
  const isOffline = input.of === 'plan' || !(await hasDomain(input.plan, surroundings));
  if (isOffline) return planReport(await planAnywhere(input.plan, surroundings));
  return withDomainOf(input.plan, surroundings, async ({ domain }) => {
    const found = await planOfRun(input.plan, { surroundings, domain });
    return (await runReport(found, domain)) ?? planReport(found);
  });
}

async function planReport({ dir, plan }: FoundPlan): Promise<Report> {
  const rehearsal = await readRehearsal(dir);
  return { kind: 'plan', plan, ...(rehearsal?.planHash === plan.planHash ? { rehearsal } : {}) };
}

async function runReport({ plan }: FoundPlan, domain: Domain): Promise<Report | undefined> {
  const status = await statusOf({ plan, domain });
  return status === undefined ? undefined : runAnswer(plan, status).report;
}

function runJson(made: Extract<Report, { readonly kind: 'run' }>) {
  const { plan, runId, state, restored } = made;
  const result = { runId, planHash: plan.planHash, state, findings: [] };
  return runAnswer(plan, restored === undefined ? result : { ...result, restored }).json;
}
