import { asksForEdits } from '#code/upgrade/edits-needed';
import type { Outcome } from '#core/executor';
import type { Finding } from '#core/finding';
import { hazardsOf, type Plan } from '#core/plan';

/**
 * What is said of a rehearsal that waits at a gate, where nobody edits anything: nothing with `gateId` undefined. What the
 * plan names beforehand is no fault of it; what was measured besides is named apart. Pure.
 */
export function waitingAtGate(
  plan: Plan,
  gateId: string | undefined,
  measured: Outcome | undefined,
): readonly Finding[] {
  if (gateId === undefined) return [];
  const needs = plan.phases.find(({ id }) => id === gateId)?.gate?.needs ?? '';
  const isSaid = asksForEdits(needs);
  return [
    {
      rule: 'rehearsal/edits-needed',
      severity: isSaid ? 'warning' : 'error',
      message: `The run waits at ${gateId} until a person has edited the tree. Measured there: ${(measured?.detail ?? 'nothing').replace(/\.$/, '')}.`,
      cure: `${isSaid ? named(unnamed(plan, needs, measured)) : 'The plan did not foresee this: look at it before you apply.'} apply goes up to there, and goes on when the gate holds.`,
      object: gateId,
    },
  ];
}

function named(others: readonly string[]): string {
  if (others.length === 0) return 'The plan names edits in these files: see whether they are the reason.';
  const shown = `${others.slice(0, 5).join(', ')}${others.length > 5 ? ' …' : ''}`;
  return `The plan names edits for this gate, and none of them is in ${shown}: that may come right with them, or wants another edit.`;
}

/** Files of errors that the plan says nothing of; checks where an error has no file. */
function unnamed(plan: Plan, needs: string, measured: Outcome | undefined): readonly string[] {
  const errors = measured?.findings?.filter(({ severity }) => severity === 'error') ?? [];
  const said = new Set(hazardsOf(plan).flatMap(({ file }) => file ?? []));
  const places = errors.flatMap(({ file, object }) => file ?? object ?? []);
  return [...new Set(places)].filter((place) => !said.has(place) && !needs.includes(`- ${place}:`));
}
