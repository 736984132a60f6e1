import * as z from 'zod';
import { fail, isFailure } from '#core/error';
import type { Executor, Outcome } from '#core/executor';
import type { NamedChange } from '#core/named-change';
import type { CodeUse } from '#core/plan';
import { unreadableRule } from '#run/gate';
import type { Surroundings } from '../verb.ts';
import { type CodeLook, lookAtCode } from './look-at-code.ts';
import { objectOf, toldUses } from './with-code-uses.ts';

const table = z.object({ schema: z.string(), name: z.string() });
const changeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rename-column'), table, column: z.string(), to: z.string() }),
  z.object({ kind: z.literal('drop-column'), table, column: z.string() }),
  z.object({ kind: z.literal('change-type'), table, column: z.string() }),
  z.object({ kind: z.literal('rename-table'), table, to: z.string() }),
  z.object({ kind: z.literal('drop-table'), table }),
]);
const actionSchema = z.object({
  kind: z.literal('code/name-uses'),
  folders: z.array(z.string()),
  changes: z.array(changeSchema),
});
const shownMax = 20;

/** The database of now, as far as reading texts in SQL wants to know it. */
export type NamedDatabase = {
  readonly driver: CodeLook['driver'];
  known(): Promise<Pick<CodeLook, 'snapshot' | 'searchPath'>>;
};

/**
 * `code/name-uses`: whether the code still uses names that go, looked for anew in the files as they are now and with the
 * database as it is now. Where the code is not at hand, answers ok with a finding `evidence/unreadable`.
 */
export function nameUsesExecutor(database: NamedDatabase, surroundings: Surroundings): Executor {
  return {
    kind: 'code/name-uses',
    execute: async (given, { direction }) => {
      const { folders, changes } = actionSchema.parse(given);
      const outcome = await measured({ folders, changes }, database, surroundings);
      if (outcome.ok || direction === 'check') return outcome;
      throw fail('verification-failed', {
        what: 'The code still uses the old names.',
        why: outcome.detail,
        next: cure,
      });
    },
  };
}

/** The same for a copy of the database, on which no version of the code runs. */
export const unmeasuredNameUses: Executor = {
  kind: 'code/name-uses',
  execute: () => Promise.resolve({ ok: true, detail: 'the code is looked at when the plan is applied' }),
};

const cure = 'Make the edits of the patches beside plan.json, deploy, and run the same command again.';

type Asked = { readonly folders: readonly string[]; readonly changes: readonly NamedChange[] };

async function measured(
  { folders, changes }: Asked,
  database: NamedDatabase,
  surroundings: Surroundings,
): Promise<Outcome> {
  const { driver } = database;
  const names = changes.map(objectOf).join(', ');
  try {
    const found = await lookAtCode({ folders, changes, driver, ...(await database.known()) }, surroundings);
    return answerFor(names, toldUses(found, changes, surroundings));
  } catch (error) {
    if (!isFailure(error, 'bad-input') && !isFailure(error, 'no-repository')) throw error;
    const message = `Whether the code uses ${names} could not be looked at: ${error.explanation.what}`;
    const next =
      'Make sure by hand that no version of the application that runs uses the old names, or run this where the code is.';
    return {
      ok: true,
      detail: message,
      findings: [{ rule: unreadableRule, severity: 'warning', message, cure: next }],
    };
  }
}

function answerFor(names: string, uses: readonly CodeUse[]): Outcome {
  const certain = uses.filter(({ certainty }) => certainty === 'certain');
  const possible = uses.filter(({ certainty }) => certainty === 'possible');
  const measures = { uses: certain.length, possible: possible.length };
  if (certain.length === 0) {
    const perhaps = possible.length === 0 ? '' : `; ${possible.length} possible: ${placesOf(possible)}`;
    return { ok: true, detail: `no use of ${names} in the code${perhaps}`, measures };
  }
  // Who is told what to edit is not told what to look at, too: that comes once nothing is left to edit.
  const perhaps = possible.length === 0 ? '' : `; ${possible.length} possible`;
  const count = `${certain.length} ${certain.length === 1 ? 'use' : 'uses'} of ${names}`;
  return { ok: false, detail: `${count} left in the code: ${placesOf(certain)}${perhaps}`, measures };
}

function placesOf(uses: readonly CodeUse[]): string {
  const places = uses.slice(0, shownMax).map(({ file, line }) => `${file}:${line}`);
  return uses.length > shownMax ? `${places.join(', ')} and ${uses.length - shownMax} more` : places.join(', ');
}
