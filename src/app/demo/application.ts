import { hazardsOf, type Plan } from '#core/plan';
import { usersShape, usersVersion } from '#db/workload/users';
import { startWorkload, type Workload } from '#db/workload/workload';
import type { DemoOptions } from './demo-result.ts';
import type { Stage } from './stage.ts';

/** Starts the application in its old version on a table; failures that the plan named are counted apart. */
export function applicationOn(
  stage: Stage,
  table: string,
  given: {
    readonly plan: Plan | undefined;
    readonly options: Pick<DemoOptions, 'rows' | 'connections' | 'rate' | 'seed'>;
  },
): Promise<Workload> {
  const { plan, options } = given;
  const named = plan === undefined ? [] : hazardsOf(plan).flatMap(({ sqlstates }) => sqlstates ?? []);
  return startWorkload({
    url: stage.url,
    shape: usersShape(options.rows),
    versions: [{ version: usersVersion('old', table, 'name'), weight: 1 }],
    connections: options.connections,
    rate: options.rate,
    seed: options.seed,
    named: new Set(named),
  });
}
