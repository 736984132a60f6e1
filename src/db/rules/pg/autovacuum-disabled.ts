import type { Node } from 'libpg-query';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import { isSwitchedOff } from '../../lint/switched-off.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const autovacuumDisabled: Rule = {
  id: 'pg/autovacuum-disabled',
  severity: 'warning',
  summary: 'Autovacuum is switched off for a table and stays off',
  why: 'Without autovacuum dead rows are never cleared and statistics are never gathered: the table swells, plans go wrong, and the day comes on which an emergency vacuum must go over all of it.',
  instead:
    'Where a load needs it off for a while, ALTER TABLE … RESET (autovacuum_enabled) at the end of the same migration.',
  aliases: { MigrationPilot: ['MP066'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'ALTER TABLE orders SET (autovacuum_enabled = false);' },
    { sql: 'ALTER TABLE orders SET (fillfactor = 70, toast.autovacuum_enabled = off);' },
    { sql: 'CREATE TABLE drafts (id bigint) WITH (autovacuum_enabled = false);' },
  ],
  good: [
    {
      sql: 'ALTER TABLE orders SET (autovacuum_enabled = false);\nALTER TABLE orders RESET (autovacuum_enabled);',
      inTransaction: true,
    },
    {
      sql: 'ALTER TABLE orders SET (autovacuum_enabled = false);\nALTER TABLE orders SET (autovacuum_enabled);',
      inTransaction: true,
    },
    { sql: 'ALTER TABLE orders SET (autovacuum_vacuum_scale_factor = 0.01);' },
    { sql: 'CREATE TABLE drafts (id bigint) WITH (fillfactor = 70);' },
  ],
  on: [],
  onFileWith: ['CreateStmt', 'AT_SetRelOptions'],
  check: () => [],
  checkFile(units) {
    return units.flatMap((unit, place) => {
      const off = switchesOf(unit).filter(({ isOn }) => !isOn);
      const later = units.slice(place + 1).flatMap(switchesOf);
      const isBack = off.every(({ key }) => later.some((one) => one.key === key && one.isOn));
      if (off.length === 0 || isBack) return [];
      return [
        { unit, message: `Autovacuum is off for ${tableOf(unit)}, and nothing in this file switches it on again.` },
      ];
    });
  },
};

type Switch = { readonly key: string; readonly isOn: boolean };

/** What a statement says of autovacuum, by table and option. */
function switchesOf(unit: Unit): readonly Switch[] {
  const options = optionsOf(unit);
  const isReset = unit.kind === 'AT_ResetRelOptions';
  return options.flatMap((option) => {
    if (!('DefElem' in option) || option.DefElem.defname !== 'autovacuum_enabled') return [];
    const { defnamespace = '', arg } = option.DefElem;
    return [{ key: `${tableOf(unit)} ${defnamespace}`, isOn: isReset || !isSwitchedOff(arg) }];
  });
}

function optionsOf({ node, kind, command }: Unit): readonly Node[] {
  if ('CreateStmt' in node) return node.CreateStmt.options ?? [];
  if (kind !== 'AT_SetRelOptions' && kind !== 'AT_ResetRelOptions') return [];
  return command?.def !== undefined && 'List' in command.def ? (command.def.List.items ?? []) : [];
}

function tableOf({ node }: Unit): string {
  if ('CreateStmt' in node) return writtenName(node.CreateStmt.relation);
  return 'AlterTableStmt' in node ? writtenName(node.AlterTableStmt.relation) : '';
}
