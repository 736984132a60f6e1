import type { DropStmt } from 'libpg-query';
import type { Edit } from '../../../edit.ts';
import type { QualifiedName } from '../../../schema.ts';
import { type Reader, refused, wordsOf } from './reading.ts';
import { stringsOf } from './walk.ts';

/** Reads DROP TABLE and DROP INDEX, with one edit for each name. */
export const readDrop: Reader = (node, reading) => {
  if (!('DropStmt' in node)) return [];
  const drop = node.DropStmt;
  const make = dropped[drop.removeType ?? ''];
  if (make === undefined) {
    throw refused(reading.statement, {
      what: wordsOf(reading.statement),
      why: 'godwit plans the dropping of tables, columns, indexes and constraints; nothing is passed through.',
      next: 'Leave it out of this intent, and run it by itself once nothing uses it.',
    });
  }
  if (drop.removeType === 'OBJECT_INDEX' && drop.behavior === 'DROP_CASCADE') {
    throw refused(reading.statement, {
      what: 'DROP INDEX … CASCADE',
      why: 'CASCADE also drops constraints that rest on the index, without naming them.',
      next: 'Drop the constraint by name with ALTER TABLE … DROP CONSTRAINT.',
    });
  }
  const objects = (drop.objects ?? []).flatMap((object) => ('List' in object ? [stringsOf(object.List.items)] : []));
  return objects.map((names) => ({ edit: make(reading.named(names), drop) }));
};

const dropped: Readonly<Record<string, (name: QualifiedName, drop: DropStmt) => Edit>> = {
  OBJECT_TABLE: (table, drop) => ({
    kind: 'drop-table',
    table,
    ifExists: drop.missing_ok === true,
    cascade: drop.behavior === 'DROP_CASCADE',
  }),
  OBJECT_INDEX: (index, drop) => ({ kind: 'drop-index', index, ifExists: drop.missing_ok === true }),
};

/** Reads ALTER TABLE … RENAME of a table or column. */
export const readRename: Reader = (node, reading) => {
  if (!('RenameStmt' in node)) return [];
  const { renameType, relationType, relation, subname, newname = '' } = node.RenameStmt;
  if (renameType === 'OBJECT_TABLE') {
    return [{ edit: { kind: 'rename-table', table: reading.relation(relation), to: newname } }];
  }
  if (renameType === 'OBJECT_COLUMN' && relationType === 'OBJECT_TABLE' && subname !== undefined) {
    return [{ edit: { kind: 'rename-column', table: reading.relation(relation), column: subname, to: newname } }];
  }
  throw refused(reading.statement, {
    what: `"${reading.statement.text.replace(/\s+/g, ' ').slice(0, 80)}"`,
    why: 'godwit plans the renaming of tables and columns; nothing is passed through.',
    next: 'Leave it out of this intent, and run it by itself: the name of such an object seldom stands in an application.',
  });
};
