import * as z from 'zod';
import { isFailure } from '#core/error';
import type { Finding } from '#core/finding';
import type { Action } from '#core/plan';
import { checkActionSchema } from './action.ts';
import { firstRow } from './rows.ts';
import { plainName, type Table } from './schema.ts';
import type { Session } from './session.ts';

/** A look at the rows of now, for what a change will not take: a `db/check` that needs nothing of the plan to be done. */
export type Look = {
  /** e.g. `Look for duplicates that users_email_key would not take` */
  readonly title: string;
  readonly table: Table;
  readonly action: Action;
  readonly cure: string;
};

/** A table with more rows than this is not read only to make a plan. */
const rowsMax = 1_000_000;
const timeoutMaxMs = 2_000;

const answerSchema = z.object({ ok: z.boolean().nullable(), detail: z.string().nullable() });

/**
 * Looks for rows that are in the way of a plan, and says which: each look reads for at most two seconds, and none reads
 * a large table. What was not looked at is said too; `apply` looks at it before it changes anything, or at contract.
 */
export async function lookBeforehand(looks: readonly Look[], session: Session): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const look of looks) {
    const found = look.table.rows > rowsMax ? notLooked(look, largeTable(look.table)) : await lookAt(look, session);
    if (found !== undefined) findings.push(found);
  }
  return findings;
}

async function lookAt(look: Look, session: Session): Promise<Finding | undefined> {
  const { query } = checkActionSchema.parse(look.action);
  try {
    const result = await session.transaction(
      async () => {
        await session.query(`SELECT pg_catalog.set_config('statement_timeout', $1, true)`, [`${timeoutMaxMs}ms`]);
        return session.query(query);
      },
      { isReadOnly: true },
    );
    const { ok, detail } = firstRow(result, answerSchema);
    return ok === true ? undefined : inTheWay(look, detail ?? '');
  } catch (error) {
    // A look is a service: what keeps it from being made is told, and does not keep the plan from being made.
    if (
      !isFailure(error) ||
      !['statement-timeout', 'lock-timeout', 'rights-missing', 'step-failed'].includes(error.code)
    )
      throw error;
    return notLooked(look, error.code === 'statement-timeout' ? tookTooLong : error.explanation.why);
  }
}

function inTheWay({ title, table, cure }: Look, detail: string): Finding {
  return {
    rule: 'data/in-the-way',
    severity: 'error',
    message: `${title}: ${detail}. With these the plan cannot be carried to its end.`,
    cure,
    object: plainName(table),
  };
}

function notLooked({ title, table }: Look, why: string): Finding {
  return {
    rule: 'data/not-looked',
    severity: 'advice',
    message: `${title}: not looked now. ${why}`,
    cure: 'Nothing is to be done: apply looks itself, and changes nothing that it could not take back.',
    object: plainName(table),
  };
}

const tookTooLong = `It took longer than ${timeoutMaxMs / 1_000} seconds.`;

function largeTable({ schema, name, rows }: Table): string {
  return `${plainName({ schema, name })} has about ${rows.toLocaleString('en-US')} rows.`;
}
