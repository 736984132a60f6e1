import { expect, it } from 'vitest';
import { withDatabase } from '../../../test/support/database.ts';
import { executionContext, executionTools } from '../../../test/support/execution.ts';
import { checkExecutor } from './check.ts';

function checkAction(query: string) {
  return { kind: 'db/check', query, code: 'drift', next: 'Do this.' };
}

it.each([
  { query: "SELECT true AS ok, '3 rows' AS detail", ok: true, detail: '3 rows' },
  { query: "SELECT 1 > 2 AS ok, '2 are left' AS detail", ok: false, detail: '2 are left. Do this.' },
  { query: 'SELECT NULL::boolean AS ok, NULL::text AS detail', ok: false, detail: 'Do this.' },
])('answers what the query says: $query', async ({ query, ok, detail }) => {
  await withDatabase(async ({ url }) => {
    const context = executionContext('run-1', { deed: 'step-1#verify', direction: 'check' });
    const outcome = await checkExecutor(executionTools(url, undefined)).execute(checkAction(query), context);
    expect(outcome).toMatchObject({
      ok,
      detail,
      ...(ok ? {} : { findings: [{ rule: 'check/drift', cure: 'Do this.' }] }),
    });
  });
});

it('stops the run as a step of its own, with the code of the plan', async () => {
  await withDatabase(async ({ url }) => {
    const action = checkAction("SELECT false AS ok, '2 are left' AS detail");
    const checking = checkExecutor(executionTools(url, undefined)).execute(action, executionContext('run-1'));
    await expect(checking).rejects.toMatchObject({
      code: 'drift',
      explanation: { why: '2 are left', next: 'Do this.' },
    });
  });
});

it('changes nothing, whatever the query tries', async () => {
  await withDatabase(async ({ url, query }) => {
    await query('CREATE TABLE public.t (id int)');
    const action = checkAction(
      "WITH w AS (INSERT INTO public.t VALUES (1) RETURNING 1) SELECT true AS ok, '' AS detail FROM w",
    );
    const checking = checkExecutor(executionTools(url, undefined)).execute(action, executionContext('run-1'));
    await expect(checking).rejects.toMatchObject({ code: 'step-failed' });
    expect(await query('SELECT count(*)::int AS rows FROM t')).toEqual([{ rows: 0 }]);
  });
});
