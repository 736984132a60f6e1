import type { Finding } from '#core/finding';
import { plainName, type QualifiedName, type Table, usersTriggers } from './schema.ts';
import { whatTriggersWrote } from './trigger-hazards.ts';

/** A data step is done once, while the application goes on writing. */
export function laterWrites(table: QualifiedName): Finding {
  return {
    rule: 'hazard/later-rows',
    severity: 'advice',
    message: `Rows of ${plainName(table)} that the application writes after the data step has passed them stay as it writes them.`,
    cure: 'Let the application write rows as they shall be before the plan is applied.',
    object: plainName(table),
  };
}

/** The user's triggers fire for a data step as for the user's own statement. */
export function dataTriggers(table: Table, statement: 'INSERT' | 'UPDATE' | 'DELETE'): readonly Finding[] {
  const fires = new RegExp(`\\b${statement}\\b.* ON `, 's');
  const triggers = usersTriggers(table).filter(
    ({ enabled, definition }) => enabled !== 'disabled' && fires.test(definition.split(' EXECUTE ')[0] ?? ''),
  );
  if (triggers.length === 0) return [];
  return [
    {
      rule: 'hazard/user-triggers-fire',
      severity: 'warning',
      message: `${triggers.map(({ name }) => name).join(', ')} on ${plainName(table)} fire for every row of the data step, on the way back too; what they write elsewhere is not taken back.`,
      cure: 'See that they may fire so often, or let them stand aside for the role that applies the plan.',
      object: plainName(table),
      unrestored: whatTriggersWrote(table, triggers),
    },
  ];
}

/** INSERT … SELECT copies the rows that are there. */
export function laterSourceRows(source: QualifiedName, table: QualifiedName): Finding {
  return {
    rule: 'hazard/later-rows',
    severity: 'advice',
    message: `Rows that the application writes into ${plainName(source)} after the data step has passed them do not come into ${plainName(table)}.`,
    cure: 'Let the application write into both before the plan is applied.',
    object: plainName(table),
  };
}
