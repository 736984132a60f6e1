import * as z from 'zod';
import { exitCodes, fail } from '#core/error';
import { type Fact, type Plan, type Step, stepsOf } from '#core/plan';
import type { Check } from '#core/report';
import type { RunState } from '#core/run-state';
import { planAgain } from '#core/shell';
import { columnFacts } from '#db/facts';
import type { Snapshot } from '#db/schema';
import { planTag } from '#db/undo-tables';
import { isOnTheWayBack, isUntouched, waysOn } from '#run/choose-run';
import { statusOf } from '#run/control';
import { asJson } from '../as-json.ts';
import { planOfRun } from '../choose-plan.ts';
import { withDomainOf } from '../domain-of.ts';
import { withReader } from '../domains.ts';
import { type Measurement, measure } from '../measure.ts';
import { verifyOutput } from '../outputs.ts';
import type { Verb } from '../verb.ts';

const input = z.strictObject({
  plan: z.string().optional().describe('Folder of the plan, its plan.json or its id (default: that of the newest run)'),
});

/** Measures again whether the state of a run is what the plan says. */
export const verify: Verb<z.infer<typeof input>> = {
  name: 'verify',
  summary: 'Measure again: schema, counts and checksums, old against new; in a working tree its last gate',
  description:
    'Repeats the measurements of the plan that hold in the present state of its run: every step so far while old and new stand side by side, the final state after contract, the origin after a rollback, with all that the rollback could not bring back. Of a database it only reads; in a working tree the checks of the project are run. Exits 6 when one does not hold.',
  examples: [{ command: 'godwit verify', says: 'before you pass the deploy gate, and after the end' }],
  isReadOnly: true,
  argument: 'plan',
  input,
  output: verifyOutput,
  execute: (input, surroundings) =>
    withDomainOf(input.plan, surroundings, async (opened) => {
      const { domain } = opened;
      const { plan, notes } = await planOfRun(input.plan, { surroundings, domain });
      const status = await statusOf({ plan, domain });
      if (status === undefined) throw noRun(plan);
      const { runId, state } = status;
      const checks: Check[] = [];
      if (isUntouched(state)) checks.push(originCheck(plan, await domain.fingerprint(plan.origin)));
      if (isOnTheWayBack(state)) checks.push(halfBackCheck(plan, state));
      for (const measurement of measurementsOf(plan, state)) {
        checks.push(await measure(measurement, { domain, runId, surroundings }));
      }
      const { database } = opened;
      if (state.state === 'done' && database !== undefined) {
        const snapshot = await withReader(database, surroundings.signal, (session) => database.driver.inspect(session));
        checks.push(...plan.target.filter(isColumn).map((fact) => factCheck(fact, snapshot)));
      }
      checks.push(...(status.restored?.exceptions ?? []).map(exceptionCheck));
      const ok = checks.every((check) => check.ok);
      return {
        json: asJson({ ok, checks, runId, planHash: plan.planHash, state: state.state }),
        report: {
          kind: 'checks',
          title: `${plan.id}: ${verdictOf(checks)} (${state.state})`,
          checks,
        },
        exit: ok ? exitCodes.done : exitCodes.verification,
        notes,
      };
    }),
};

/** The application may have changed since what a data step wrote, so there can be nothing that must hold any more. */
function verdictOf(checks: readonly Check[]): string {
  if (checks.length === 0) return 'nothing in it can be measured again';
  return checks.every(({ ok }) => ok) ? 'everything holds' : 'something does not hold';
}

/**
 * What still holds. Once contract has begun it takes away what the phases before it have proved side by side; and in
 * the end nothing is left of the plan's own helpers, by whose tag their names are known.
 */
function measurementsOf(plan: Plan, state: RunState): readonly Measurement[] {
  return [...gateMeasurements(plan, state), ...stepMeasurements(plan, state)];
}

/** In a working tree the last gate to which the run has come is what has to hold; elsewhere gates are about the application. */
function gateMeasurements({ phases, origin }: Plan, state: RunState): readonly Measurement[] {
  if (origin.kind !== 'working-tree' || state.direction === 'back') return [];
  const reached = phases.findLast(({ id }) => state.gatesPassed.includes(id) || state.gateWaiting === id);
  return reached?.gate?.evidence ?? [];
}

function stepMeasurements(plan: Plan, state: RunState): readonly Measurement[] {
  const verified = stepsOf(plan).filter(({ step }) => state.steps[step.id]?.state === 'verified');
  const hasContract = verified.some(({ phase }) => phase.kind === 'contract');
  const tag = planTag(plan);
  return verified
    .filter(({ phase }) => !hasContract || phase.kind === 'contract')
    .filter(({ step }) => step.verify.kind !== 'none')
    .filter(({ step }) => state.state !== 'done' || !JSON.stringify(step.verify).includes(tag))
    .filter(({ step }, place, all) => !all.slice(place + 1).some((later) => subjectOf(later.step) === subjectOf(step)))
    .map(({ step }) => ({ id: step.id, title: step.title, action: step.verify }));
}

/** What a verification is about, without what it wants of it: a later step may want the opposite of the same thing. */
function subjectOf({ verify }: Step): string {
  const text = typeof verify.query === 'string' ? verify.query : JSON.stringify(verify);
  return text.replaceAll(/'(absent|present|nullable|not null|valid|not valid|table|view)'/g, '');
}

/** Half undone, what the steps have proved holds neither as on the way forward nor as at the start. */
function halfBackCheck({ id }: Plan, state: RunState): Check {
  const detail = `The run is on its way back and not there yet (${state.state}): until it is, there is nothing that has to hold.`;
  return { id: 'way-back', ok: false, detail, next: `${waysOn(id, state)}.` };
}

function originCheck(plan: Plan, now: string): Check {
  const { origin } = plan;
  const objects = origin.objects.join(', ') || 'nothing';
  const id = 'origin';
  if (now === origin.fingerprint)
    return { id, ok: true, detail: `${objects}: as when the plan was made (${now.slice(0, 8)}).` };
  return {
    id,
    ok: false,
    detail: `${objects}: no longer as when the plan was made (${origin.fingerprint.slice(0, 8)} then, ${now.slice(0, 8)} now).`,
    next: `Make a new plan: \`${planAgain(plan)}\`.`,
  };
}

/** What a rollback could not bring back stays so, though the schema is that of before. */
function exceptionCheck(exception: string): Check {
  const next = 'Look whether these rows are as you want them; godwit cannot bring them back.';
  return { id: 'restored', ok: false, detail: exception, next };
}

function isColumn({ subject }: Fact): boolean {
  return subject.split('.').length === 3;
}

function factCheck({ subject, detail }: Fact, snapshot: Snapshot): Check {
  const found = columnFacts(snapshot).find((fact) => fact.subject === subject);
  const wanted = shapeOf(detail);
  const present = found === undefined ? undefined : shapeOf(found.detail);
  if (present === wanted) return { id: subject, ok: true, detail: detail };
  return {
    id: subject,
    ok: false,
    detail: `It should be ${wanted}, and is ${present ?? 'not there'}.`,
    next: 'Find out who changed it since; `godwit rollback` refuses to touch what has drifted.',
  };
}

/** Type, NOT NULL and identity; expressions the server prints in words of its own. */
function shapeOf(detail: string): string {
  return (detail.split(';')[0] ?? '').replace(/ (DEFAULT .*|GENERATED ALWAYS AS \(.*)$/, '');
}

function noRun(plan: Plan): Error {
  return fail('no-run', {
    what: `The plan ${plan.id} has no run here.`,
    why: 'It was never applied to this target, so that there is nothing to verify.',
    next: `Start it with \`godwit apply migrations/${plan.id}\`.`,
  });
}
