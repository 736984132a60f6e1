import type { Node } from 'libpg-query';
import { kindOf } from '../drivers/postgres/sql/walk.ts';
import { applyStatement } from './catalog/apply.ts';
import { applyCommand } from './catalog/apply-alter-table.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Majors } from './effects/command-place.ts';
import { effectsOf, effectsOfCommand } from './effects/effects-of.ts';
import type { LintStatement, Unit } from './unit.ts';

/**
 * The units of a statement, each with its effects on the catalog as it is before it; the catalog is changed once the
 * caller asks for the next one.
 */
export function* unitsOf(statement: LintStatement, catalog: Catalog, majors: Majors): Generator<Unit> {
  const { node } = statement;
  if (isUnread(statement)) catalog.isCertain = false;
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

/** What a body does hangs upon conditions, and what is taken back was never done. */
function isUnread({ node, within }: LintStatement): boolean {
  if (within !== undefined) return !isRead(node);
  if ('TransactionStmt' in node) return /ROLLBACK/.test(node.TransactionStmt.kind ?? '');
  return 'DoStmt' in node || 'CallStmt' in node || 'DropOwnedStmt' in node;
}

function isRead(node: Node): boolean {
  return 'SelectStmt' in node || 'InsertStmt' in node || 'UpdateStmt' in node || 'DeleteStmt' in node;
}
