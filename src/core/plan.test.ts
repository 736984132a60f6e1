import { describe, expect, it } from 'vitest';
import { definePlan, hazardsOf, type Plan, type PlanDraft, planHash, planSchema, stepsOf } from './plan.ts';

const hazard = { rule: 'hazard/prepared-statement', severity: 'warning', message: 'breaks' } as const;
const draft: PlanDraft = {
  domain: 'postgres',
  title: 'Rename',
  why: 'It is clearer.',
  intent: { kind: 'sql', text: 'ALTER TABLE t RENAME a TO b', options: {} },
  origin: { kind: 'database', fingerprint: 'f', objects: ['public.t'] },
  current: [{ subject: 't', detail: '3 rows' }],
  target: [],
  phases: [
    {
      id: 'expand',
      kind: 'expand',
      title: 'Expand',
      steps: [
        {
          id: 'expand-1',
          title: 'Add',
          action: { kind: 'db/sql', statements: ['A'] },
          rollback: { kind: 'db/sql', statements: ['B'] },
          verify: { kind: 'db/check', query: 'C' },
          hazards: [hazard],
        },
      ],
    },
    {
      id: 'deploy',
      kind: 'deploy',
      title: 'Deploy',
      steps: [],
      gate: { id: 'deploy', needs: 'x', needsBack: 'y', evidence: [] },
    },
  ],
  risks: [{ ...hazard, rule: 'risk/size' }],
  estimates: [],
};
const name = { day: '20260101', slug: 'rename' };

/** The plan with one text in its JSON changed. */
function changed(plan: Plan, from: string, to: string): Plan {
  const text = JSON.stringify(plan);
  expect(text).toContain(from);
  return planSchema.parse(JSON.parse(text.replace(from, to)));
}

describe('a plan', () => {
  const plan = definePlan(draft, name);

  it('reads back as it was defined, also where its draft held more than a plan does', () => {
    const more = { ...hazard, file: 'a.ts', line: 1, offset: 7, length: 2 };
    const defined = definePlan({ ...draft, findings: [more] }, name);
    const read = planSchema.parse(JSON.parse(JSON.stringify(defined)));
    expect(read).toEqual(defined);
    expect(planHash(read)).toBe(defined.planHash);
  });

  it('is named after its day, its intent and its hash', () => {
    expect(plan.id).toBe(`20260101-rename-${plan.planHash.slice(0, 8)}`);
    expect(plan.planHash).toMatch(/^[0-9a-f]{64}$/);
    expect(plan.planHash).toBe(planHash(planSchema.parse(JSON.parse(JSON.stringify(plan)))));
  });

  it('has another hash when anything that will be done or must hold is different', () => {
    const edits = [
      ['RENAME a', 'RENAME c'],
      ['"title":"Rename"', '"title":"Add"'],
      ['"fingerprint":"f"', '"fingerprint":"g"'],
      ['["A"]', '["A2"]'],
      ['["B"]', '["B2"]'],
      ['"query":"C"', '"query":"D"'],
      ['"needs":"x"', '"needs":"z"'],
      ['"message":"breaks"', '"message":"is fine"'],
      ['"domain":"postgres"', '"domain":"other"'],
      ['"title":"Rename"', '"title":"Harmless"'],
      ['It is clearer.', 'It changes nothing.'],
    ] as const;
    for (const [from, to] of edits) expect(planHash(changed(plan, from, to)), from).not.toBe(plan.planHash);
  });

  it('keeps its hash when only what is measured is different', () => {
    expect(planHash(changed(plan, '3 rows', '4 rows'))).toBe(plan.planHash);
    expect(definePlan({ ...draft, estimates: [{ stepId: 'expand-1', ms: 5, source: 'guess' }] }, name).planHash).toBe(
      plan.planHash,
    );
  });

  it('lists its steps in order and its hazards together', () => {
    expect(stepsOf(plan).map(({ phase, step }) => `${phase.id} ${step.id}`)).toEqual(['expand expand-1']);
    expect(hazardsOf(plan).map(({ rule }) => rule)).toEqual(['risk/size', 'hazard/prepared-statement']);
  });
});
