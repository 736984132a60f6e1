import type { Finding } from '#core/finding';
import type { SilencedFinding } from '#core/report';
import { placeInPlan } from '#db/lint/plan/place-in-plan';
import { answerOf, withLimit } from '#db/lint/plan/plan-answers';
import type { PlanScript } from '#db/lint/plan/plan-script';
import type { Judged } from './judge-files.ts';
import type { ReadPlan } from './read-plans.ts';

/**
 * Takes what was found in the scripts of plans to the plans themselves. What a plan has seen to is silenced, with its
 * answer as the reason.
 */
export function judgePlans(judged: Judged, plans: readonly ReadPlan[]): Judged {
  const owners = new Map(plans.flatMap((plan) => plan.files.map(({ path }) => [path, plan] as const)));
  const findings: Finding[] = [];
  const silenced: SilencedFinding[] = [];
  for (const finding of judged.findings) {
    const plan = owners.get(finding.file ?? '');
    const one = plan === undefined ? { finding, reason: undefined } : placed(finding, plan);
    if (one === undefined) continue;
    if (one.reason === undefined) findings.push(one.finding);
    else silenced.push({ finding: one.finding, by: 'plan', reason: one.reason });
  }
  for (const one of judged.silenced) {
    const plan = owners.get(one.finding.file ?? '');
    const found = plan === undefined ? one : placed(one.finding, plan);
    if (found !== undefined) silenced.push({ ...one, finding: found.finding });
  }
  const texts = [...owners.values()].map(({ path, text }) => [path, text] as const);
  const others = Object.entries(judged.sources).filter(([path]) => !owners.has(path));
  const statements = plans.reduce((sum, { unsaid }) => sum - unsaid, judged.statements);
  return { findings, silenced, sources: Object.fromEntries([...others, ...texts]), statements };
}

type Placed = { readonly finding: Finding; readonly reason: string | undefined };

/** Undefined for what is found in statements that only say what is there. */
function placed(finding: Finding, plan: ReadPlan): Placed | undefined {
  const script: PlanScript | undefined = plan.scripts.get(finding.file ?? '');
  if (script === undefined) return undefined;
  const { action, said, ...found } = placeInPlan(finding, { script, path: plan.path, text: plan.text });
  if (action === undefined) return { ...found, reason: undefined };
  const reason = answerOf(finding.rule, { action, said, plan: plan.plan });
  return { finding: reason === undefined ? withLimit(found.finding, action) : found.finding, reason };
}
