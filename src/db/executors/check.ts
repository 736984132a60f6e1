import * as z from 'zod';
import { fail } from '#core/error';
import type { Executor, Outcome } from '#core/executor';
import { type CheckAction, checkActionSchema } from '../action.ts';
import { type ExecutionTools, withSession } from '../execution.ts';
import { firstRow } from '../rows.ts';

const answerSchema = z.object({ ok: z.boolean().nullable(), detail: z.string().nullable() });

/**
 * `db/check`: a query in a read-only transaction whose first row says `ok` and `detail`. As a verification it answers;
 * as a step's own action it throws the action's code where it is not ok.
 */
export function checkExecutor(tools: ExecutionTools): Executor {
  return {
    kind: 'db/check',
    execute: async (given, context) => {
      const action = checkActionSchema.parse(given);
      const result = await withSession(tools, { purpose: 'check', signal: context.signal }, (session) =>
        session.transaction(() => session.query(action.query), { isReadOnly: true }),
      );
      const { ok, detail } = firstRow(result, answerSchema);
      const said = detail ?? '';
      if (ok === true) return { ok, detail: said };
      if (context.direction === 'check') return refused(action, said);
      throw fail(action.code, { what: 'A check of the plan does not hold.', why: said, next: action.next });
    },
  };
}

function refused(action: CheckAction, detail: string): Outcome {
  const finding = { rule: `check/${action.code}`, severity: 'error', message: detail, cure: action.next } as const;
  const said = detail === '' || /[.!?]$/.test(detail) ? detail : `${detail}.`;
  return { ok: false, detail: `${said} ${action.next}`.trim(), findings: [finding] };
}
