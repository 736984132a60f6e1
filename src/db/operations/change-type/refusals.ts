import { type Failure, fail } from '#core/error';
import type { ChangeOf } from '../../diff.ts';
import type { PlanContext } from '../../operation.ts';
import { dependentsOf, leaningOn } from '../../planning/dependents.ts';
import { takesOptions } from '../../planning/retype/sequences.ts';
import { plainColumn } from '../../planning/shadow.ts';

type Retype = ChangeOf<'change-type'>;

/**
 * Throws `not-built` by the name of whatever stands in the way: the server refuses a new type below views, rules, policies
 * and triggers that name the column.
 */
export function refuseAttached(change: Retype, context: PlanContext): void {
  const { table, before } = change;
  const found = [
    ...dependentsOf(table.before, before, context),
    ...leaningOn(table.before, before, context),
    ...(before.generated === undefined ? [] : ['its generation expression']),
    ...(hasOddSequence(change, context) ? ['the options of its sequence'] : []),
  ];
  if (found.length > 0) throw refused(change, found);
}

/** An identity gets a new sequence with the options of the old one, which the new type must take. */
function hasOddSequence({ before: { identity, sequence }, after }: Retype, { before }: PlanContext): boolean {
  if (identity === undefined || sequence === undefined) return false;
  const found = before.sequences.find(({ schema, name }) => schema === sequence.schema && name === sequence.name);
  return found !== undefined && !takesOptions(found, after.type);
}

function refused({ table, before }: Retype, attached: readonly string[]): Failure {
  const isOne = attached.length === 1;
  return fail('not-built', {
    what: `The type of ${plainColumn(table.before, before.name)} cannot be changed yet: ${attached.join(', ')} ${isOne ? 'depends' : 'depend'} on it.`,
    why: 'Replacing the column would have to replace these too, in step with it, and that is not built.',
    next: `Take ${isOne ? 'this' : 'these'} away first and put ${isOne ? 'it' : 'them'} back afterwards, by hand or in plans of their own.`,
  });
}
