import { cachedPlans } from '../hazards.ts';
import type { Draft, PlanContext } from '../operation.ts';
import { plainName, type Table, usersTriggers } from '../schema.ts';

/** Open sessions prepare the functions anew that read a table whose column gets another type. */
export function recompile(table: Table, before: Table, { spelling }: PlanContext): string {
  return spelling.recompile(table, [...new Set([before.name, table.name])]);
}

/** What the role does not own, nobody but its owner can have prepared anew. */
export function notRecompiled(table: Table, { before, rights, spelling }: PlanContext): NonNullable<Draft['risks']> {
  const fired = new Set(usersTriggers(table).map((trigger) => plainName(trigger.function)));
  const others = new Set(rights.notOwnedFunctions);
  const found = before.functions.filter(
    (one) =>
      one.language === 'plpgsql' &&
      others.has(plainName(one)) &&
      (fired.has(plainName(one)) || spelling.mentionsTable(one.definition, table)),
  );
  return found.map((one) => cachedPlans(table, one));
}
