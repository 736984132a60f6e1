import type { ChangeOf } from '../../diff.ts';
import type { Draft, PlanContext } from '../../operation.ts';
import { areThereBefore, statedNames } from '../../planning/stated-names.ts';
import { lock, slugOf } from '../../planning/steps.ts';
import { checkedExpression, early, noRowsAgainst } from '../../planning/violations.ts';
import type { Table } from '../../schema.ts';
import { tightened } from '../../table-hazards.ts';
import { provenStep } from './proven.ts';

type Add = ChangeOf<'add-constraint'>;

/** Added for new rows first, then proven for those that are there. */
export function checkDraft(change: Add, context: PlanContext): Draft {
  const { constraint, table } = change;
  const { name } = constraint;
  const rule = `${name}, ${constraint.definition}`;
  const look = {
    slug: `look-${slugOf(name)}`,
    title: `Look for rows that ${name} would not take`,
    action: noRowsAgainst(table.before, conditionAt(change, table.before, context), context),
  };
  const hasEarlyLook = !change.stated.isNotValid && areThereBefore(constraint.columns, table, context);
  return {
    ...(hasEarlyLook ? early(look, table, context) : {}),
    deployNeeds: [
      `Deploy the version that writes only rows into ${table.after.name} that keep to ${rule}, and end the last instance of the old one.`,
    ],
    contract: [
      provenStep(
        change,
        {
          definition: definitionAt(change, table.after, context),
          look: noRowsAgainst(table.after, conditionAt(change, table.after, context), context),
          adding: [lock(table.after, 'ACCESS EXCLUSIVE')],
          proving: [lock(table.after, 'SHARE UPDATE EXCLUSIVE')],
          dropping: [lock(table.after, 'ACCESS EXCLUSIVE')],
          hazard: tightened(table.after, rule, ['23514']),
        },
        context,
      ),
    ],
  };
}

function definitionAt({ constraint, columns, table }: Add, view: Table, { spelling }: PlanContext): string {
  return spelling.renameInDefinition(constraint.definition, statedNames(columns, view, table));
}

function conditionAt(change: Add, view: Table, context: PlanContext): string {
  return checkedExpression(definitionAt(change, view, context));
}
