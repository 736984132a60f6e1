import { describe, expect, it } from 'vitest';
import { definePlan, type Phase, type Plan } from '#core/plan';
import { replay } from '#core/run-state';
import { planDocument } from '../plan-document.ts';
import { formats } from './index.ts';

const needs = [
  'Look at 3 places of express 4 → 5, and make the edits that they need on the branch (not committed is fine):',
  '- src/plural.js:66, 73: `req.param` is gone',
  '- src/<img>.js:3: `a|b` is gone',
].join('\n');
const gate: Phase = {
  id: 'gate-hop-1',
  kind: 'deploy',
  title: 'Gate of express 4 → 5',
  steps: [],
  gate: {
    id: 'gate-hop-1',
    needs,
    needsBack: '',
    evidence: [{ id: 'no-worse', title: 'no worse', action: { kind: 'code/gate' } }],
  },
};
const hop: Phase = {
  id: 'hop-1',
  kind: 'migrate',
  title: 'express 4 → 5',
  steps: [
    {
      id: 'hop-1-edits',
      title: 'Edit',
      action: { kind: 'code/hand-edits' },
      rollback: { kind: 'none' },
      verify: { kind: 'none' },
      hazards: [],
    },
  ],
};
const plan: Plan = definePlan(
  {
    domain: 'working-tree',
    title: 'Upgrade express 4 → 5',
    why: 'It was asked for.',
    intent: { kind: 'upgrade', text: 'express@5', options: {} },
    origin: { kind: 'working-tree', fingerprint: 'f'.repeat(64), objects: ['working tree'] },
    current: [],
    target: [],
    phases: [hop, gate],
    risks: [],
    estimates: [],
  },
  { day: '20260101', slug: 'x' },
);
const measured = {
  planHash: plan.planHash,
  ok: true,
  server: 'a worktree',
  rows: 0,
  at: '',
  steps: [
    { id: 'hop-1-edits', ms: 198_719, locks: [], rewrites: [], scans: [], longestWaitMs: 0 },
    { id: 'gate-hop-1', ms: 60_000, locks: [], rewrites: [], scans: [], longestWaitMs: 0 },
  ],
  findings: [],
};

describe('the plan for a working tree', () => {
  it('lists the edits of a gate once, a place a line, and points to them from the table', () => {
    const page = planDocument(plan, undefined);
    expect(page).toContain('(not committed is fine), listed below |');
    expect(page).toContain(
      '(not committed is fine):\n\n- src/plural.js:66, 73: `req.param` is gone\n- src/&lt;img>.js:3: `a|b` is gone\n',
    );
    expect(page.split('src/plural.js:66')).toHaveLength(2);
    const text = formats.find(({ id }) => id === 'text')?.render({ kind: 'plan', plan });
    expect(text).toContain(
      'that they need on the branch (not committed is fine):\n      - src/plural.js:66, 73: `req.param` is gone\n      - src/',
    );
  });

  it('has a sentence instead of a table of times where nothing is known', () => {
    const timeline = planDocument(plan, undefined).split('## Timeline\n\n')[1];
    expect(timeline).toBe(
      `Nothing is estimated: \`godwit rehearse migrations/${plan.id}\` measures every step, and a gate lasts as long as the edits by hand take.\n`,
    );
    expect(planDocument(plan, { ...measured, ok: false, steps: [] })).toContain('Nothing is estimated');
  });

  it('shows what a rehearsal measured, of steps and of gates', () => {
    const page = planDocument(plan, measured);
    expect(page).toContain('| hop-1 | Edit | 3 min 19 s | 0 ms | measured in rehearsal on a worktree |');
    expect(page).toContain('as long as the edits by hand take, and its checks | **60 s** |');
  });

  it('says what came back in words of a tree', () => {
    const report = {
      kind: 'run',
      plan,
      runId: 'r',
      state: replay([]),
      restored: { schema: true, data: false, exceptions: [] },
      timings: [],
    } as const;
    const said = formats.map((format) => format.render(report));
    expect(said[0]).toContain('restored: versions and files yes, untracked files of before no');
    expect(said[1]).toContain('Restored: versions and files yes, untracked files of before no');
    expect(JSON.parse(said[2] ?? '')).toMatchObject({ restored: { schema: true, data: false } });
  });
});
