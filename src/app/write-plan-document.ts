import { join } from 'node:path';
import type { Plan } from '#core/plan';
import { planDocument } from '#report/plan-document';
import { writeWhole } from '#run/write-whole';
import { readRehearsal } from './prerequisites.ts';

/** Name of the plan for people, beside plan.json. */
export const planDocumentName = 'PLAN.md';

/** Writes PLAN.md from the plan and the rehearsal beside it, whole or not at all. */
export async function writePlanDocument(dir: string, plan: Plan): Promise<void> {
  const rehearsal = await readRehearsal(dir);
  const measured = rehearsal?.planHash === plan.planHash ? rehearsal : undefined;
  await writeWhole(join(dir, planDocumentName), planDocument(plan, measured));
}
