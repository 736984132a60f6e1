import type { Finding } from '#core/finding';
import type { Plan } from '#core/plan';
import type { PlannedAction } from './plan-actions.ts';

/** What a finding is about: the action, and its words. */
type Asked = { readonly action: PlannedAction; readonly said: string; readonly plan: Plan };

/** What rules warn of and a plan may have seen to: how it has, or undefined where it has not. */
type Answer = { readonly rules: readonly string[]; readonly reason: (asked: Asked) => string | undefined };

/** Whoever knows the old name or shape fails: that is what the gate asks the application to give up first. */
const answers: readonly Answer[] = [
  {
    rules: ['bc/rename-column', 'bc/rename-table', 'bc/rename-or-set-schema', 'bc/drop-or-change-view'],
    reason: ({ action: { isAfterGate }, plan }) => {
      const gate = plan.phases.find((phase) => phase.gate !== undefined)?.gate;
      return isAfterGate && gate !== undefined ? `it runs after the gate ${gate.id}: ${gate.needs}` : undefined;
    },
  },
  {
    rules: ['ds/drop-column', 'ds/drop-table', 'ds/rename-looks-like-drop-add'],
    reason: ({ action: { step, hasWayBack } }) =>
      hasWayBack ? `the plan can take step ${step} back, values and all` : undefined,
  },
  {
    rules: ['ds/unbatched-dml'],
    reason: ({ action: { action } }) =>
      action?.kind === 'db/batches'
        ? `the runner does it range by range, each in a transaction of about ${action.targetMs} ms`
        : undefined,
  },
  {
    rules: ['tx/no-lock-timeout', 'tx/no-statement-timeout', 'pg/cic-vs-lock-timeout', 'pg/invalid-index-left-behind'],
    reason: ({ action: { action } }) =>
      action?.kind === 'db/index'
        ? 'the runner builds it without lock_timeout, ends it at the deadline of the plan, and drops what is not valid before it builds'
        : undefined,
  },
  {
    rules: ['pg/create-trigger', 'pg/fk-locks-both-tables'],
    reason: ({ action: { action } }) =>
      action?.kind === 'db/sql' && action.lockTimeoutMs > 0
        ? `the runner waits ${action.lockTimeoutMs} ms for its locks, and tries again later where that runs out`
        : undefined,
  },
  {
    rules: ['pg/drop-constraint'],
    reason: ({ said }) =>
      ownConstraint.test(said) ? 'the constraint is one that this plan makes, and takes away again' : undefined,
  },
  {
    rules: ['sec/grant-change'],
    reason: ({ said }) =>
      ownFunction.test(said) ? 'it is about a function that this plan makes for itself' : undefined,
  },
  {
    rules: ['hy/not-idempotent'],
    reason: () => 'the runner looks what is there and does each step once',
  },
];

/** Names of a plan's own objects bear its mark; its functions stand in a schema of their own. */
const ownFunction = /^(?:GRANT|REVOKE) \w+ ON FUNCTION "godwit"\."godwit_[^"]*"\([^)]*\) (?:TO|FROM) PUBLIC$/;
const ownConstraint = /\bDROP CONSTRAINT (?:IF EXISTS )?"?godwit_[0-9a-f]{8}_/i;

/** How a plan has seen to what a rule says of one of its actions, or undefined where it has no answer. */
export function answerOf(rule: string, asked: Asked): string | undefined {
  return answers.find(({ rules }) => rules.includes(rule))?.reason(asked);
}

/**
 * A step of SQL has a limit for each of its statements: one that reads or writes a large table while others wait is
 * cancelled, and nothing was done. So it is a risk that depends, and no error.
 */
export function withLimit(finding: Finding, { action }: PlannedAction): Finding {
  const limitMs = action?.kind === 'db/sql' ? action.statementTimeoutMs : 0;
  const isBlocking = finding.rewrite === true || finding.scan === true;
  if (finding.severity !== 'error' || limitMs === 0 || !isBlocking || finding.sqlstates !== undefined) return finding;
  const message = `${finding.message} The step cancels it after ${limitMs / 1_000} s, and nothing is done then.`;
  return { ...finding, severity: 'warning', message };
}
