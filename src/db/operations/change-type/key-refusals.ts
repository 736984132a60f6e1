import { fail } from '#core/error';
import type { ChangeOf } from '../../diff.ts';
import type { PlanContext } from '../../operation.ts';
import { keysOn, type LinkedKey } from '../../planning/linked-changes.ts';
import { typesCompare } from '../../planning/new-reference.ts';
import { plainColumn } from '../../planning/shadow.ts';
import { columnById, plainName, type Table } from '../../schema.ts';

type Retype = ChangeOf<'change-type'>;

/**
 * Throws `not-built` for a foreign key that cannot be moved to the new column, and `unsafe-change` where its two ends
 * would not compare, which the server refuses too.
 */
export function refuseKeys(change: Retype, context: PlanContext): void {
  for (const key of keysOn(change.before.id, context)) {
    const reason = notMoved(key, context);
    if (reason !== undefined) throw refused(change, key, reason);
    refuseOdd(key);
  }
  refuseNew(change, context);
}

function notMoved({ constraint, from, to, columns, referenced }: LinkedKey, context: PlanContext): string | undefined {
  const { definition, isInherited } = constraint;
  const odd = [from, to].find(({ before }) => before.kind !== 'table' || before.inherits.length > 0);
  if (odd !== undefined || isInherited) return `${plainName((odd ?? from).before)} is not a plain table`;
  if (/\bPERIOD\b/.test(definition)) return 'it is over a period';
  if (/\bNOT ENFORCED\b/.test(definition)) return 'it is not enforced';
  const isGone = (table: Table, ids: readonly string[]) =>
    !context.after.tables.some(({ id }) => id === table.id) || ids.some((id) => columnById(table, id) === undefined);
  if (isGone(from.after, columns) || isGone(to.after, referenced)) return 'the same intent drops one of its ends';
  return undefined;
}

function refused({ table, before }: Retype, { constraint, from }: LinkedKey, reason: string) {
  return fail('not-built', {
    what: `The type of ${plainColumn(table.before, before.name)} cannot be changed yet: foreign key ${constraint.name} of ${plainName(from.before)} cannot be moved to the new column.`,
    why: `A second foreign key takes its place, and that is not built where ${reason}.`,
    next: `Take ${constraint.name} away first and put it back afterwards, by hand or in plans of their own.`,
  });
}

function refuseOdd({ constraint, from, to, columns, referenced }: LinkedKey): void {
  for (const [place, id] of columns.entries()) {
    const [own, other] = [columnById(from.after, id), columnById(to.after, referenced[place] ?? '')];
    if (own === undefined || other === undefined || typesCompare(own.type, other.type)) continue;
    throw fail('unsafe-change', {
      what: `${plainColumn(from.after, own.name)} would be of type ${own.type}, and ${plainColumn(to.after, other.name)}, to which it refers, of type ${other.type}.`,
      why: `The server makes no foreign key between them, and ${constraint.name} is one.`,
      next: 'Change the type of both columns in one intent, or drop the foreign key in it.',
    });
  }
}

/** A new table is made in expand with its foreign keys, which would stand on the old column. */
function refuseNew({ table, before, after }: Retype, { changes }: PlanContext): void {
  const names = [plainName(table.before), plainName(table.after)];
  const columns = [before.name, after.name];
  for (const change of changes) {
    if (change.kind !== 'create-table') continue;
    const key = change.table.constraints.find(
      ({ references }) =>
        references !== undefined &&
        names.includes(plainName(references.table)) &&
        references.columns.some((name) => columns.includes(name)),
    );
    if (key === undefined) continue;
    throw fail('not-built', {
      what: `The new table ${plainName(change.table)} refers to ${plainColumn(table.before, before.name)}, whose type the same intent changes.`,
      why: 'The table is made before the type is changed, and its foreign key would stand on the old column.',
      next: 'Make it two plans: change the type first.',
    });
  }
}
