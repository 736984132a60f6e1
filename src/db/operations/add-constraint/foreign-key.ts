import type { ChangeOf } from '../../diff.ts';
import type { Draft, PlanContext } from '../../operation.ts';
import { referencedTable } from '../../planning/new-reference.ts';
import { areThereBefore, statedNames } from '../../planning/stated-names.ts';
import { lock, slugOf } from '../../planning/steps.ts';
import { early, noOrphans } from '../../planning/violations.ts';
import type { Table } from '../../schema.ts';
import { tightened, unindexedReference } from '../../table-hazards.ts';
import { provenStep } from './proven.ts';

type Add = ChangeOf<'add-constraint'>;

/** Both tables are locked against writers for an instant only, when the key is added without a look at the rows. */
export function foreignKeyDraft(change: Add, context: PlanContext): Draft {
  const { constraint, table, stated } = change;
  const { name } = constraint;
  const other = referencedTable(constraint, context);
  const definition = context.spelling.renameInDefinition(
    constraint.definition,
    statedNames(change.columns, table.after, table),
  );
  return {
    ...(stated.isNotValid ? {} : earlyLook(change, other.before, context)),
    deployNeeds: [
      `Deploy the version that writes only rows into ${table.after.name} whose ${ownColumns(change, table.after).join(', ')} ${other.after.name} holds, and end the last instance of the old one.`,
    ],
    contract: [
      provenStep(
        change,
        {
          definition,
          look: orphans(change, table.after, other.after, context),
          adding: [lock(table.after, 'SHARE ROW EXCLUSIVE'), lock(other.after, 'SHARE ROW EXCLUSIVE')],
          proving: [lock(table.after, 'SHARE UPDATE EXCLUSIVE'), lock(other.after, 'ROW SHARE')],
          dropping: [lock(table.after, 'ACCESS EXCLUSIVE'), lock(other.after, 'ACCESS EXCLUSIVE')],
          hazard: tightened(table.after, `${name}, ${definition}`, ['23503']),
        },
        context,
      ),
    ],
    risks: isIndexed(table.after, constraint.columns) ? [] : [unindexedReference(table.after, name, other.after)],
  };
}

function earlyLook(change: Add, before: Table | undefined, context: PlanContext): Draft {
  const { constraint, table } = change;
  const referenced = constraint.references?.columns ?? [];
  const areThere = referenced.every((name) => before?.columns.some((column) => column.name === name));
  if (before === undefined || !areThere || !areThereBefore(constraint.columns, table, context)) return {};
  const look = {
    slug: `look-${slugOf(constraint.name)}`,
    title: `Look for rows that ${constraint.name} would not take`,
    action: orphans(change, table.before, before, context),
  };
  return early(look, table, context);
}

function orphans(change: Add, view: Table, other: Table, context: PlanContext) {
  const referenced = change.constraint.references?.columns ?? [];
  return noOrphans(view, { columns: ownColumns(change, view), table: other, referenced }, context);
}

function ownColumns({ constraint, table }: Add, view: Table): readonly string[] {
  const columns = [...view.columns, ...table.after.columns];
  return constraint.columns.flatMap((id) => columns.find((column) => column.id === id)?.name ?? []);
}

/** An index that begins with these columns, in any order, serves the search for rows that refer to one. */
function isIndexed({ indexes }: Table, columns: readonly string[]): boolean {
  return indexes.some(
    (index) =>
      index.predicate === undefined && columns.every((id) => index.columns.slice(0, columns.length).includes(id)),
  );
}
