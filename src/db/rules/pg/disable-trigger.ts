import { isNew } from '../../lint/context.ts';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

const disabling = ['AT_DisableTrig', 'AT_DisableTrigAll', 'AT_DisableTrigUser'];
const enabling = ['AT_EnableTrig', 'AT_EnableTrigAll', 'AT_EnableTrigUser', 'AT_EnableAlwaysTrig'];

export const disableTrigger: Rule = {
  id: 'pg/disable-trigger',
  severity: 'warning',
  summary: 'Triggers of a table are switched off for everybody',
  why: 'DISABLE TRIGGER takes SHARE ROW EXCLUSIVE and holds for all sessions, not for the own one. ALL includes the triggers that check foreign keys: rows that break one get in, and nothing looks at them afterwards.',
  instead:
    "SET LOCAL session_replication_role = 'replica' switches triggers off for one transaction alone; or disable and enable them in the same transaction, so that nobody writes meanwhile.",
  aliases: { MigrationPilot: ['MP064'] },
  needs: 'static',
  claims: [{ lock: 'SHARE ROW EXCLUSIVE' }],
  bad: [
    { sql: 'ALTER TABLE users DISABLE TRIGGER ALL;' },
    { sql: 'ALTER TABLE users DISABLE TRIGGER users_touch;' },
    { sql: 'ALTER TABLE orders DISABLE TRIGGER USER;' },
    {
      sql: 'BEGIN;\nALTER TABLE users DISABLE TRIGGER USER;\nCOMMIT;\nALTER TABLE users ENABLE TRIGGER USER;',
    },
  ],
  good: [
    { sql: 'ALTER TABLE users ENABLE TRIGGER ALL;' },
    {
      sql: 'BEGIN;\nALTER TABLE users DISABLE TRIGGER users_touch;\nUPDATE users SET age = 30 WHERE id = 1;\nALTER TABLE users ENABLE TRIGGER users_touch;\nCOMMIT;',
    },
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts DISABLE TRIGGER ALL;' },
  ],
  on: [],
  onFileWith: disabling,
  check: () => [],
  checkFile(units, context) {
    return units.flatMap((unit) => {
      if (!('AlterTableStmt' in unit.node) || !disabling.includes(unit.kind)) return [];
      const { relation } = unit.node.AlterTableStmt;
      if (isNew(context, relation) || isEnabledTogether(unit, units)) return [];
      const what = unit.command?.name === undefined ? 'Triggers' : `Trigger ${unit.command.name}`;
      const checks = unit.kind === 'AT_DisableTrigAll' ? ', those that check its foreign keys too' : '';
      return [
        {
          unit,
          message: `${what} of ${writtenName(relation)} ${unit.command?.name === undefined ? 'are' : 'is'} off for all sessions${checks}.`,
        },
      ];
    });
  },
};

/** Are they switched on again before the same transaction ends? */
function isEnabledTogether(unit: Unit, units: readonly Unit[]): boolean {
  if (!unit.statement.isInTransaction) return false;
  const table = tableOf(unit);
  return units
    .slice(units.indexOf(unit))
    .some(
      (later) =>
        later.statement.transaction === unit.statement.transaction &&
        enabling.includes(later.kind) &&
        tableOf(later) === table &&
        (later.command?.name === undefined || later.command.name === unit.command?.name),
    );
}

function tableOf({ node }: Unit): string {
  return 'AlterTableStmt' in node ? writtenName(node.AlterTableStmt.relation) : '';
}
