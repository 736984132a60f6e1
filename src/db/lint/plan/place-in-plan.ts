import type { Finding } from '#core/finding';
import { lineStarts } from '../text/line-starts.ts';
import { positionOf } from '../text/position-of.ts';
import type { PlannedAction } from './plan-actions.ts';
import type { PlanScript, ScriptStretch } from './plan-script.ts';

/** A finding about a plan, at the place in plan.json where its SQL is written; the action, and the words it is about. */
export type PlacedFinding = {
  readonly finding: Finding;
  readonly action: PlannedAction | undefined;
  readonly said: string;
};

/**
 * Takes a finding from a script of a plan to plan.json, and names the step. What a finding would write into the file goes:
 * a plan that is changed is no plan any more.
 */
export function placeInPlan(
  { edit: _, ...finding }: Finding,
  { script, path, text }: { readonly script: PlanScript; readonly path: string; readonly text: string },
): PlacedFinding {
  const starts = lineStarts(script.text);
  const offsetOf = (line: number, column: number): number => (starts[line - 1] ?? 0) + column - 1;
  const { line = 1, column = 1 } = finding;
  const start = offsetOf(line, column);
  const end = offsetOf(finding.endLine ?? line, finding.endColumn ?? column + 1);
  const stretch = stretchAt(script, start);
  if (stretch === undefined) return { finding: { ...finding, file: path }, action: undefined, said: '' };
  const from = positionOf(text, placeOf(stretch, start));
  const to = positionOf(text, placeOf(stretch, Math.max(end, start + 1)));
  return {
    finding: {
      ...finding,
      message: `Step ${stretch.action.step}: ${finding.message}`,
      file: path,
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
    },
    action: stretch.action,
    said: script.text.slice(start, end),
  };
}

/** The stretch around a place; of what the runner says by itself the next one, which it is said for. */
function stretchAt({ stretches }: PlanScript, at: number): ScriptStretch | undefined {
  return stretches.find(({ end }) => at < end) ?? stretches.at(-1);
}

function placeOf({ start, places }: ScriptStretch, at: number): number {
  const index = Math.min(Math.max(at - start, 0), places.length - 1);
  return places[index] ?? 0;
}
