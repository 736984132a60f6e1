import { describe, expect, it } from 'vitest';
import { definePlan, type Plan, type PlanDraft, type Step } from '#core/plan';
import type { Rehearsal, Report } from '#core/report';
import { replay } from '#core/run-state';
import { formats } from './index.ts';

const headings = [
  'Migration Overview',
  'Current State',
  'Target State',
  'Migration Plan',
  'Detailed Steps',
  'Risks and Mitigations',
  'Rollback Plan',
  'Timeline',
];

/** Text of a user that would break a page that does not look out. */
const nasty = '# x | y ``` z ` <img src=x>\n## Timeline\n- item';

const step: Step = {
  id: 'expand-1-a',
  title: `Add ${nasty}`,
  action: {
    kind: 'db/sql',
    statements: ['ALTER TABLE "t" ADD COLUMN "a|b" text', "COMMENT ON TABLE t IS '```\n## Timeline'"],
    locks: [{ relation: 'public.t', mode: 'AccessExclusiveLock' }],
    lockTimeoutMs: 500,
    statementTimeoutMs: 5_000,
  },
  rollback: {
    kind: 'sequence',
    actions: [{ kind: 'db/sql', statements: ['ALTER TABLE "t" DROP COLUMN "a|b"'] }, { kind: 'none' }],
  },
  verify: { kind: 'db/check', query: 'SELECT true AS ok', code: 'verification-failed', next: 'x' },
  hazards: [{ rule: 'hazard/x', severity: 'warning', message: nasty, cure: nasty }],
};
const draft: PlanDraft = {
  domain: 'postgres',
  title: nasty,
  why: nasty,
  intent: { kind: 'sql', text: nasty, options: { up: 'a ` b' } },
  origin: { kind: 'database', fingerprint: 'f'.repeat(64), objects: ['public.`t`'] },
  current: [{ subject: 'public.`t`', detail: nasty }],
  target: [],
  phases: [
    { id: 'expand', kind: 'expand', title: nasty, steps: [step] },
    {
      id: 'deploy',
      kind: 'deploy',
      title: 'Deploy',
      steps: [],
      gate: {
        id: 'deploy',
        needs: nasty,
        needsBack: nasty,
        evidence: [{ id: 'e', title: nasty, action: { kind: 'none' } }],
      },
    },
    {
      id: 'contract',
      kind: 'contract',
      title: 'Contract',
      steps: [{ ...step, id: 'contract-1-b', rollback: { kind: 'irreversible', why: nasty } }],
    },
  ],
  risks: [],
  estimates: [{ stepId: 'expand-1-a', ms: 90, source: 'estimated' }],
};
const plan: Plan = definePlan(draft, { day: '20260101', slug: 'x' });
const rehearsal: Rehearsal = {
  planHash: plan.planHash,
  ok: true,
  server: 'PostgreSQL 18.4',
  rows: 10_000,
  at: '2026-01-01T00:00:00.000Z',
  steps: [{ id: 'contract-1-b', ms: 1_234, locks: [], rewrites: [], scans: [], longestWaitMs: 12 }],
  findings: [],
};
const reports: Readonly<Record<Report['kind'], Report>> = {
  plan: { kind: 'plan', plan, rehearsal },
  run: {
    kind: 'run',
    plan,
    runId: 'r',
    state: replay([]),
    restored: { schema: true, data: false, exceptions: ['one'] },
    timings: [],
  },
  checks: { kind: 'checks', title: 'Checks', checks: [{ id: 'a', ok: false, detail: 'x | y', next: 'do it' }] },
  findings: { kind: 'findings', title: 'Findings', findings: step.hazards },
};

function rendered(id: string, kind: Report['kind']): string {
  return formats.find((format) => format.id === id)?.render(reports[kind]) ?? '';
}

/** The lines of a page outside fenced blocks. */
function outsideFences(page: string): readonly string[] {
  let fence: string | undefined;
  return page.split('\n').filter((line) => {
    const mark = /^(`{3,})/.exec(line)?.[1];
    if (fence === undefined && mark !== undefined) fence = mark;
    else if (fence !== undefined && line === fence) fence = undefined;
    else return fence === undefined;
    return false;
  });
}

describe('PLAN.md', () => {
  const page = rendered('markdown', 'plan');
  const lines = outsideFences(page);

  it('has one #, exactly the eight ##, and phases as ###, whatever the user wrote', () => {
    expect(lines.filter((line) => /^# /.test(line))).toHaveLength(1);
    expect(lines.filter((line) => /^## /.test(line))).toEqual(headings.map((heading) => `## ${heading}`));
    expect(lines.filter((line) => /^### /.test(line))).toHaveLength(3);
  });

  it('has tables whose rows all have as many cells as their header', () => {
    const rows = lines
      .filter((line) => line.startsWith('|'))
      .map((line) => line.replaceAll('\\|', '').split('|').length - 2);
    expect(lines).toContain('| Phase | Action | Rollback | Verification |');
    expect(new Set(rows)).toEqual(new Set([4, 5]));
  });

  it('shows all SQL in full, with the locks it takes', () => {
    expect(page).toContain('ALTER TABLE "t" ADD COLUMN "a|b" text;');
    expect(page).toContain('AccessExclusiveLock on public.t');
    expect(page).toContain('````sql');
  });

  it('takes times from the rehearsal, else from the estimate, and says which', () => {
    expect(page).toMatch(
      /\| contract \|.*\| 1\.2 s \| 12 ms \| measured in rehearsal on PostgreSQL 18\.4 with 10,000 rows \|/,
    );
    expect(page).toMatch(/\| expand \|.*\| 90 ms \| {2}\| estimated \|/);
  });

  it('lets no tag through outside code', () => {
    expect(lines.join('\n')).not.toContain('<img');
  });
});

describe('every format', () => {
  const all = formats.flatMap(({ id }) =>
    (['plan', 'run', 'checks', 'findings'] as const).map((kind) => [id, kind] as const),
  );

  it.each(all)('%s renders a %s, ending in a newline', (id, kind) => {
    expect(rendered(id, kind)).toMatch(/\S[\s\S]*\n$/);
  });

  it('tells what could not be restored', () => {
    expect(rendered('text', 'run')).toContain('restored: schema yes, data no');
    expect(rendered('markdown', 'run')).toContain('Restored: schema yes, data no');
    expect(JSON.parse(rendered('json', 'run'))).toMatchObject({ restored: { data: false } });
  });
});
