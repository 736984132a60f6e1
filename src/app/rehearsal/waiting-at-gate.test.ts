import { expect, it } from 'vitest';
import { measuredGate } from '#code/plan-parts/measured-gate';
import type { Finding } from '#core/finding';
import { definePlan } from '#core/plan';
import { waitingAtGate } from './waiting-at-gate.ts';

const error = (place: Partial<Finding>): Finding => ({ rule: 'gate/x', severity: 'error', message: 'No.', ...place });

function said(open: readonly Finding[], measured: readonly Finding[]) {
  const plan = definePlan(
    {
      domain: 'working-tree',
      title: 'Change',
      why: 'A test.',
      intent: { kind: 'recipe', text: 'x', options: {} },
      origin: { kind: 'working-tree', fingerprint: 'f', objects: [] },
      current: [],
      target: [],
      phases: [measuredGate({ id: 'gate-1', what: 'x', open })],
      risks: [],
      estimates: [],
    },
    { day: '20260101', slug: 'x' },
  );
  const outcome = { ok: false, detail: 'lint 2 new errors.', findings: measured };
  return waitingAtGate(plan, 'gate-1', outcome).map(
    ({ severity, cure, message }) => `${severity} ${message} ${cure}`,
  )[0];
}

it('errors in files that the plan names were foreseen; others, and checks without a file, are named apart', () => {
  const open = [error({ file: 'src/a.ts', line: 3 })];
  expect(said(open, [error({ file: 'src/a.ts' })])).toMatch(
    /^warning The run waits .* Measured there: lint 2 new errors\. The plan names edits in these files: see whether they are the reason\. apply goes/,
  );
  expect(said(open, [error({ file: 'src/a.ts' }), error({ file: 'bin/www.js' }), error({ object: 'test' })])).toMatch(
    /^warning .* none of them is in bin\/www\.js, test: that may come right with them, or wants another edit\. apply goes/,
  );
  expect(said([], [error({ file: 'bin/www.js' })])).toMatch(/^error .* did not foresee this/);
});
