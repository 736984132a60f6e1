import { type Action, definePlan, type Phase, type Plan, type Step } from '#core/plan';
import { oppositeOf } from './fake-deeds.ts';

/** What a step does: parts in order. The plan maker adds keys, ways back and proofs. */
export type PartShape =
  | { readonly kind: 'put'; readonly key: string; readonly value: number }
  | { readonly kind: 'add'; readonly key: string; readonly batches: number }
  | { readonly kind: 'none' };
export type PlanShape = {
  readonly expand: readonly (readonly PartShape[])[];
  readonly migrate: readonly (readonly PartShape[])[];
  readonly contract: readonly (readonly PartShape[])[];
};

/** A plan with all that matters to a runner: parts, sequences, a gate, and steps that build on one another. */
export const typicalShape: PlanShape = {
  expand: [
    [{ kind: 'put', key: 'a', value: 1 }],
    [
      { kind: 'put', key: 'b', value: 2 },
      { kind: 'add', key: 'a', batches: 2 },
    ],
  ],
  migrate: [[{ kind: 'add', key: 'c', batches: 3 }], [{ kind: 'none' }]],
  contract: [[{ kind: 'put', key: 'a', value: 7 }, { kind: 'none' }, { kind: 'put', key: 'c', value: 9 }]],
};

/** Makes the plan of a shape, for an empty fake world. Plans that share a world need different names. */
export function planOf(shape: PlanShape, name = 'change'): Plan {
  const values = new Map<string, number>();
  const steps = (id: string, shapes: PlanShape['expand']): readonly Step[] =>
    shapes.map((parts, index) => stepOf({ id: `${id}-${index + 1}`, name }, parts, values));
  const phases: readonly Phase[] = [
    { id: 'expand', kind: 'expand', title: 'Expand', steps: steps('expand', shape.expand) },
    { id: 'migrate', kind: 'migrate', title: 'Migrate', steps: steps('migrate', shape.migrate) },
    { id: 'deploy', kind: 'deploy', title: 'Deploy', steps: [], gate: gate() },
    { id: 'contract', kind: 'contract', title: 'Contract', steps: steps('contract', shape.contract) },
  ];
  return definePlan(
    {
      domain: 'fake',
      title: 'A change',
      why: 'To see.',
      intent: { kind: 'fake', text: JSON.stringify(shape), options: {} },
      origin: { kind: 'database', fingerprint: '[]', objects: ['a'] },
      current: [],
      target: [],
      phases,
      risks: [],
      estimates: [],
    },
    { day: '20260101', slug: name },
  );
}

function gate(): NonNullable<Phase['gate']> {
  const evidence = [{ id: 'new', title: 'The new application runs', action: { kind: 'expect-new-application' } }];
  return { id: 'deploy', needs: 'Deploy the new application.', needsBack: 'Deploy the old application.', evidence };
}

function stepOf(
  { id, name }: { readonly id: string; readonly name: string },
  shapes: readonly PartShape[],
  values: Map<string, number>,
): Step {
  const parts = shapes.map((shape, index): Action => {
    if (shape.kind === 'none') return { kind: 'none' };
    const before = values.get(shape.key) ?? 0;
    values.set(shape.key, shape.kind === 'put' ? shape.value : before + shape.batches);
    return { ...shape, keep: `${name}/${id}/${index}` };
  });
  const [only] = parts;
  const action: Action = parts.length === 1 && only !== undefined ? only : { kind: 'sequence', actions: parts };
  const keys = [...new Set(shapes.flatMap((shape) => (shape.kind === 'none' ? [] : [shape.key])))];
  const proofs = keys.map((key) => ({ kind: 'expect', key, value: values.get(key) ?? 0 }));
  const verify: Action = proofs.length === 0 ? { kind: 'none' } : { kind: 'sequence', actions: proofs };
  return { id, title: `Step ${id}`, action, rollback: oppositeOf(action), verify, hazards: [] };
}
