import type { Finding } from '#core/finding';
import type { Phase, Step } from '#core/plan';
import type { Check } from '../gate/check.ts';

const none = { kind: 'none' };

/** The first phase of a plan for a tree of packages: a branch of its own, and the baseline by its checks. `fresh` are paths of new files. Pure. */
export function preparePhase(checks: readonly Check[], fresh: readonly string[] = []): Phase {
  const shown = checks.flatMap((check) =>
    check.commands.map((command) => (check.in === '.' ? command.shown : `${command.shown} in ${check.in}`)),
  );
  const baseline: Step = {
    id: 'prepare-baseline',
    title: `Measure the tree as it is: ${shown.length === 0 ? 'it has no checks' : shown.join(', ')}`,
    action: { kind: 'code/baseline' },
    rollback: none,
    verify: none,
    hazards: checks.length === 0 ? [noChecks] : [],
  };
  return preparePhaseWith(baseline, fresh);
}

/** The first phase of every plan for a working tree, with the step that measures the baseline. Pure. */
export function preparePhaseWith(baseline: Step, fresh: readonly string[] = []): Phase {
  return {
    id: 'prepare',
    kind: 'prepare',
    title: 'Prepare',
    steps: [
      {
        id: 'prepare-branch',
        title: 'Go to a branch of its own, and keep what git does not track',
        action: { kind: 'code/start', ...(fresh.length === 0 ? {} : { fresh: [...fresh] }) },
        rollback: { kind: 'code/return' },
        verify: none,
        hazards: [],
      },
      baseline,
    ],
  };
}

const noChecks: Finding = {
  rule: 'gate/no-checks',
  severity: 'warning',
  message:
    'The tree has no type check, build, lint or tests that godwit knows how to run: the gate can only prove that the install works.',
  cure: 'Add a `test` script, or name the commands under `tree.checks` in godwit.config, and plan again.',
};
