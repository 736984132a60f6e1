import type { AlterTableCmd, Node } from 'libpg-query';
import type { Edit } from '../../../edit.ts';
import type { QualifiedName } from '../../../schema.ts';
import { collationText } from './definition-text.ts';
import { printExpression } from './print.ts';
import { defaultOf, readColumn } from './read-column.ts';
import { readConstraint } from './read-constraint.ts';
import { pieceText, type ReadEdit, type Reader, type Reading, refused } from './reading.ts';
import { typeText } from './type-text.ts';
import { stringsOf } from './walk.ts';

/** One command, with what its reader may need. */
type Command = {
  readonly table: QualifiedName;
  readonly command: AlterTableCmd;
  readonly piece: number;
  readonly reading: Reading;
};
type CommandReader = (command: Command) => readonly Edit[];

/**
 * Reads ALTER TABLE with all its commands. They come out in the order in which the server carries them out (drops, type
 * changes, new columns, NOT NULL, keys, then the rest), which is not the order of the text: see AlterTablePass in the
 * server's tablecmds.c.
 */
export const readAlterTable: Reader = (node, reading) => {
  if (!('AlterTableStmt' in node)) return [];
  const { relation, cmds = [], objtype } = node.AlterTableStmt;
  if (objtype !== 'OBJECT_TABLE') throw refusedCommand(reading, 0);
  const table = reading.relation(relation);
  const edits = cmds.flatMap((item, piece): readonly ReadEdit[] => {
    if (!('AlterTableCmd' in item)) return [];
    const read = readers[item.AlterTableCmd.subtype ?? ''];
    if (read === undefined) throw refusedCommand(reading, piece);
    return read({ table, command: item.AlterTableCmd, piece, reading }).map((edit) => ({ edit, piece }));
  });
  return edits.toSorted((left, right) => passOf(left.edit) - passOf(right.edit));
};

const readers: Readonly<Record<string, CommandReader>> = {
  AT_AddColumn: addColumn,
  AT_DropColumn: ({ table, command }) => [
    {
      kind: 'drop-column',
      table,
      column: command.name ?? '',
      ifExists: command.missing_ok === true,
      cascade: command.behavior === 'DROP_CASCADE',
    },
  ],
  AT_AlterColumnType: changeType,
  AT_SetNotNull: ({ table, command }) => [{ kind: 'set-not-null', table, column: command.name ?? '' }],
  AT_DropNotNull: ({ table, command }) => [{ kind: 'drop-not-null', table, column: command.name ?? '' }],
  AT_ColumnDefault: changeDefault,
  AT_AddConstraint: addConstraint,
  AT_DropConstraint: dropConstraint,
};

const passes: Readonly<Partial<Record<Edit['kind'], number>>> = {
  'drop-column': 0,
  'drop-constraint': 0,
  'drop-not-null': 0,
  'drop-default': 0,
  'change-type': 1,
  'add-column': 2,
  'set-not-null': 3,
  'set-default': 6,
};

function passOf(edit: Edit): number {
  if (edit.kind !== 'add-constraint') return passes[edit.kind] ?? 6;
  return edit.constraint.kind === 'unique' || edit.constraint.kind === 'primary-key' ? 4 : 6;
}

function addColumn({ table, command, piece, reading }: Command): readonly Edit[] {
  const { def, missing_ok } = command;
  if (def === undefined || !('ColumnDef' in def)) return [];
  const ifNotExists = missing_ok === true;
  const { column, constraints } = readColumn(def.ColumnDef, reading, { table, piece, isWhole: false });
  if (ifNotExists && constraints.length > 0) {
    throw refused(reading.statement, {
      what: `IF NOT EXISTS with a constraint at column ${column.name}`,
      why: 'Whether the constraint is wanted then depends on whether the column is there.',
      next: 'Leave IF NOT EXISTS away, or add the constraint in a command of its own.',
      piece,
    });
  }
  return [
    { kind: 'add-column', table, column, ifNotExists },
    ...constraints.map((constraint): Edit => ({ kind: 'add-constraint', table, constraint })),
  ];
}

function changeType({ table, command }: Command): readonly Edit[] {
  const { name = '', def } = command;
  if (def === undefined || !('ColumnDef' in def)) return [];
  const { typeName = {}, collClause, raw_default } = def.ColumnDef;
  const using = raw_default === undefined ? undefined : printExpression(raw_default);
  return [
    {
      kind: 'change-type',
      table,
      column: name,
      type: typeText(typeName),
      collation: collationText(collClause?.collname),
      using,
    },
  ];
}

function changeDefault({ table, command, reading }: Command): readonly Edit[] {
  const column = command.name ?? '';
  const { defaultExpression, defaultVolatility } = defaultOf(command.def, reading);
  if (defaultExpression === undefined || defaultVolatility === undefined)
    return [{ kind: 'drop-default', table, column }];
  return [{ kind: 'set-default', table, column, expression: defaultExpression, volatility: defaultVolatility }];
}

function addConstraint({ table, command, piece, reading }: Command): readonly Edit[] {
  const constraint = constraintIn(command.def);
  if (constraint?.contype !== 'CONSTR_NOTNULL') {
    return [{ kind: 'add-constraint', table, constraint: readConstraint(constraint ?? {}, reading, { table, piece }) }];
  }
  if (constraint.conname !== undefined || constraint.is_no_inherit === true || constraint.skip_validation === true) {
    throw refused(reading.statement, {
      what: `NOT NULL as a constraint with a name or options`,
      why: 'godwit sets NOT NULL on the column and lets the server name it.',
      next: `Write ALTER COLUMN ${stringsOf(constraint.keys).join(', ')} SET NOT NULL.`,
      piece,
    });
  }
  return stringsOf(constraint.keys).map((column) => ({ kind: 'set-not-null', table, column }));
}

function dropConstraint({ table, command, piece, reading }: Command): readonly Edit[] {
  const constraint = command.name ?? '';
  if (command.behavior === 'DROP_CASCADE') {
    throw refused(reading.statement, {
      what: `DROP CONSTRAINT ${constraint} CASCADE`,
      why: 'CASCADE also drops what depends on it, such as foreign keys of other tables, without naming it.',
      next: 'Drop what depends on it by name first, and leave CASCADE away.',
      piece,
    });
  }
  return [{ kind: 'drop-constraint', table, constraint, ifExists: command.missing_ok === true }];
}

function constraintIn(node: Node | undefined) {
  return node !== undefined && 'Constraint' in node ? node.Constraint : undefined;
}

function refusedCommand(reading: Reading, piece: number): Error {
  return refused(reading.statement, {
    what: `"${pieceText(reading.statement, piece)}"`,
    why: 'There is no online way for this command in godwit yet, and nothing is passed through.',
    next: 'Leave it out of this intent, and run it by itself if its lock is short.',
    piece,
  });
}
