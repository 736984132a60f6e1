import type { Node } from 'libpg-query';
import { nodesIn, stringsOf } from '../../drivers/postgres/sql/walk.ts';
import type { LintColumn, Relation } from '../catalog/catalog.ts';
import type { Unit } from '../unit.ts';

/** A column that a sequence numbers; `isBehind` says on which side of its rows the unit stands. */
type Numbered = { readonly table: Relation; readonly column: LintColumn; readonly isBehind: boolean };

/**
 * Does a unit set the sequence of a column to where its rows are? Behind the rows any setval or RESTART for it does;
 * before them one to a plain number, which leaves room for the rows.
 */
export function resetsSequence({ node, kind, command }: Unit, numbered: Numbered): boolean {
  const { table, column, isBehind } = numbered;
  if ('CreateStmt' in node) return node.CreateStmt.relation?.relname === table.name && startsAt(node, column.name);
  if ('AlterSeqStmt' in node) {
    const name = node.AlterSeqStmt.sequence?.relname ?? '';
    return isAbout(name, numbered) && hasOption(node.AlterSeqStmt.options, 'restart');
  }
  if ('AlterTableStmt' in node && kind === 'AT_SetIdentity') {
    const isOwn = node.AlterTableStmt.relation?.relname === table.name && command?.name === column.name;
    return isOwn && [...nodesIn(command)].some((one) => 'DefElem' in one && one.DefElem.defname === 'restart');
  }
  if ('DoStmt' in node) return isBehind && textsIn(node).some((text) => /\bsetval\b|\brestart\b/i.test(text));
  return [...nodesIn(node)].some((one) => {
    if (!('FuncCall' in one) || stringsOf(one.FuncCall.funcname).at(-1) !== 'setval') return false;
    const [sequence, value] = one.FuncCall.args ?? [];
    const texts = textsIn(sequence);
    const isMeant = texts.length === 0 || texts.some((text) => isAbout(text, numbered));
    return isMeant && (isBehind || (value !== undefined && 'A_Const' in value));
  });
}

/** By the names that the server gives to sequences (`table_column_seq`), or the one that the default names. */
function isAbout(name: string, { table, column }: Numbered): boolean {
  const own = column.default === undefined ? [] : textsIn(column.default);
  const bare = name.toLowerCase().replaceAll('"', '');
  return [table.name.toLowerCase(), ...own.map((text) => text.toLowerCase())].some((known) => bare.includes(known));
}

function textsIn(tree: unknown): readonly string[] {
  return [...nodesIn([tree])].flatMap((node) => {
    if ('String' in node) return [node.String.sval ?? ''];
    return 'A_Const' in node && node.A_Const.sval?.sval !== undefined ? [node.A_Const.sval.sval] : [];
  });
}

/** A column of a new table whose identity begins elsewhere than at 1. */
function startsAt(node: Node, column: string): boolean {
  return [...nodesIn(node)].some(
    (one) =>
      'ColumnDef' in one &&
      one.ColumnDef.colname === column &&
      (one.ColumnDef.constraints ?? []).some(
        (constraint) => 'Constraint' in constraint && hasOption(constraint.Constraint.options, 'start'),
      ),
  );
}

function hasOption(options: readonly Node[] | undefined, name: string): boolean {
  return (options ?? []).some((option) => 'DefElem' in option && option.DefElem.defname === name);
}
