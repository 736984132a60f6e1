import type { Finding } from '#core/finding';
import { plainName, type QualifiedName, type Table, type Trigger, usersTriggers } from './schema.ts';

/** How rows are changed: quietly where the role may (and it is wished), and in which column that was there before. */
type Changing = { readonly isQuiet: boolean; readonly columnId?: string };

/** The user's row triggers fire for the backfill. */
export function userTriggersFire(table: Table, changing: Changing): readonly Finding[] {
  const triggers = firing(table, changing);
  if (triggers.length === 0) return [];
  return [
    {
      rule: 'hazard/user-triggers-fire',
      severity: 'warning',
      message: `${namesOf(triggers)} on ${plainName(table)} fire for every row of the backfill${reason(changing)}. What they write is not taken back by a rollback.`,
      cure: cureOf(changing),
      object: plainName(table),
      unrestored: whatTriggersWrote(table, triggers),
    },
  ];
}

/** The same for the rows that the way back of a step fills. */
export function userTriggersFireBack(table: Table, changing: Changing): readonly Finding[] {
  const triggers = firing(table, changing);
  if (triggers.length === 0) return [];
  return [
    {
      rule: 'hazard/user-triggers-fire',
      severity: 'warning',
      message: `If the plan is taken back after this, ${namesOf(triggers)} on ${plainName(table)} fire for every row that is filled then${reason(changing)}. What they write stays.`,
      cure: cureOf(changing),
      object: plainName(table),
      unrestored: whatTriggersWrote(table, triggers),
    },
  ];
}

/** For `restored.exceptions`, once rows were changed under triggers of the user. */
export function whatTriggersWrote(table: QualifiedName, triggers: readonly Trigger[]): string {
  return `What the triggers of ${plainName(table)} (${namesOf(triggers)}) wrote while rows were changed for the plan is not taken back.`;
}

/**
 * Quiet means session_replication_role = replica, under which triggers enabled as ALWAYS or REPLICA fire all the same
 * (https://www.postgresql.org/docs/18/sql-altertable.html). A trigger for UPDATE OF columns fires when one of them is set.
 */
function firing(table: Table, { isQuiet, columnId }: Changing): readonly Trigger[] {
  const modes = isQuiet ? ['always', 'replica'] : ['always', 'origin'];
  return usersTriggers(table).filter(({ firesOnUpdate, enabled, definition, dependsOn }) => {
    if (!firesOnUpdate || !modes.includes(enabled)) return false;
    const isOfColumns = / UPDATE OF /.test(definition.split(' ON ')[0] ?? '');
    return !isOfColumns || (columnId !== undefined && dependsOn.includes(columnId));
  });
}

function reason({ isQuiet }: Changing): string {
  return isQuiet ? ', since they are enabled ALWAYS or for REPLICA' : ', since they are not quieted';
}

/** Rows whose own columns change are never filled quietly, so that no right helps there. */
function cureOf({ isQuiet, columnId }: Changing): string {
  if (isQuiet) return 'See that they may fire so often, or enable them in the usual way.';
  if (columnId !== undefined) return 'See that they may fire so often.';
  return 'Grant SET on parameter session_replication_role to the role (PostgreSQL 15 or newer), then plan again: a plan keeps to the rights that there were when it was made. Or see that the triggers may fire.';
}

function namesOf(triggers: readonly Trigger[]): string {
  return triggers.map(({ name }) => name).join(', ');
}
