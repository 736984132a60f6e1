import type { Outcome } from '#core/executor';
import type { Finding } from '#core/finding';

/** What the steps of a rehearsal told, each once, and what it means on a copy. Pure. */
export function toldBy(outcomes: readonly Outcome[]): readonly Finding[] {
  const told = outcomes.flatMap(({ findings }) => findings ?? []);
  return [...new Map(told.map((finding) => [JSON.stringify(finding), onCopy(finding)])).values()];
}

/** Where a gate does not hold, whether that was foreseen is said apart. */
function onCopy(finding: Finding): Finding {
  if (finding.rule.startsWith('gate/') && finding.severity === 'error') return { ...finding, severity: 'warning' };
  return finding.rule === 'gate/not-run' ? { ...finding, cure: noEnvironment } : finding;
}

const noEnvironment =
  'A rehearsal has no virtual environment: with one in your tree (.venv) that has it, `godwit apply` measures it at the gate.';
