import { kindOf } from '../drivers/postgres/sql/walk.ts';
import { isUnread } from './body/is-unread.ts';
import { applyStatement } from './catalog/apply.ts';
import { applyCommand } from './catalog/apply-alter-table.ts';
import type { Catalog } from './catalog/catalog.ts';
import { doubt } from './catalog/doubt.ts';
import type { Majors } from './effects/command-place.ts';
import { effectsOf, effectsOfCommand } from './effects/effects-of.ts';
import type { LintStatement, Unit } from './unit.ts';

/**
 * The units of a statement, each with its effects on the catalog as it is before it; the catalog is changed once the
 * caller asks for the next one.
 */
export function* unitsOf(statement: LintStatement, catalog: Catalog, majors: Majors): Generator<Unit> {
  if (catalog.isCertain && isUnread(statement, catalog)) catalog.isCertain = false;
  const settle = statement.within === undefined ? undefined : doubt(statement.node, catalog);
  yield* unitsIn(statement, catalog, majors);
  settle?.();
}

function* unitsIn(statement: LintStatement, catalog: Catalog, majors: Majors): Generator<Unit> {
  const { node } = statement;
  if ('AlterTableStmt' in node) {
    const stmt = node.AlterTableStmt;
    const commands = (stmt.cmds ?? []).flatMap((cmd) => ('AlterTableCmd' in cmd ? [cmd.AlterTableCmd] : []));
    for (const [place, command] of commands.entries()) {
      yield {
        kind: command.subtype ?? 'AlterTableStmt',
        node,
        command,
        piece: commands.length > 1 ? place : undefined,
        statement,
        effects: effectsOfCommand(command, stmt, { catalog, majors }),
      };
      applyCommand(command, stmt, catalog);
    }
    return;
  }
  const kind = kindOf(node);
  yield { kind, node, command: undefined, piece: undefined, statement, effects: effectsOf(node, catalog) };
  applyStatement(node, catalog, statement.transaction);
}
