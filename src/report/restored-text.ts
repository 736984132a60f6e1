import type { Plan } from '#core/plan';
import type { Restored } from '#core/report';

/** What came back, in the words of what the plan is for: a database, or a working tree. */
export function restoredText({ origin }: Pick<Plan, 'origin'>, { schema, data }: Restored): string {
  return origin.kind === 'database'
    ? `schema ${yes(schema)}, data ${yes(data)}`
    : `versions and files ${yes(schema)}, untracked files of before ${yes(data)}`;
}

function yes(claim: boolean): string {
  return claim ? 'yes' : 'no';
}
